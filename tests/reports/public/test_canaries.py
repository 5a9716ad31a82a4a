"""Many reports with canaries, by the pages: none is found in either database, in a header or in a line of the log.

The long campaign sends a thousand (SOAK=canaries).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from tests.reports.public.test_flows import on, ticks
from tests.reports.public.visitor import ADDRESS, BROWSER, Answer, Visitor
from tests.reports.recipients import Desk
from vetting.crypto.written import Code
from vetting.reports.models import Report
from vetting.reports.public import padding
from vetting.reports.returning import come_back

REPORTS = 1_000 if os.environ.get("SOAK") else 8
CANARIES = ("Steglitsan", "0701740699", "Gulhämplingen", "Domherren")
STORY, NUMBER, NAME, OTHER = CANARIES
QUIET = ("django.db", "django.template")
"""Statements and missing variables, which are never printed (settings.LOGGING)."""


class Overheard(logging.Handler):
    """Every line that any part of the service would write."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, with a traceback where it has one."""
        if not record.name.startswith(QUIET):
            self.lines.append(logging.Formatter().format(record))


@contextmanager
def overheard() -> Iterator[list[str]]:
    """The lines of the block, from the lowest level on."""
    root, ear = logging.getLogger(), Overheard()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        yield ear.lines
    finally:
        root.removeHandler(ear)
        root.setLevel(level)


def everything() -> bytes:
    """Every value of every table of both databases: what a copy of them would hold."""
    found: list[bytes] = []
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += [_raw(value) for row in cursor.fetchall() for value in row]
    return b"\n".join(found)


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def tell(visitor: Visitor, place: int) -> Answer:
    """One report by the pages: named with a number, for somebody else, or in a minute; the receipt."""
    way = ("fullt", "annan", "kort")[place % 3]
    page = visitor.get(f"/anmal/{way}/")
    if way == "fullt":
        page = on(visitor, page, story=f"{STORY} {place}")
        page = on(visitor, page, when="ongoing")
        page = on(visitor, page, readers=list(ticks(page).values()))
        page = on(visitor, page, name=NAME, contact=NUMBER)
    elif way == "annan":
        page = on(visitor, page, "skip", story=f"{STORY} {place}", other_person=OTHER)
    else:
        page = on(visitor, page, story=f"{STORY} {place}")
    return on(visitor, page, "send")


def sent(visitor: Visitor) -> list[str]:
    """All of them, and the codes that open them; each comes back once."""
    codes = []
    for place in range(REPORTS):
        codes.append(tell(visitor, place).code)
        assert STORY in visitor.post("/anmal/inkorg/", {"code": codes[-1]}).text
    return codes


def test_a_thousand_reports_leave_no_trace_that_can_be_read(desk: Desk) -> None:
    """Nothing of what was told, of who told it or of the code: in the databases, in a header, in the log."""
    visitor = Visitor()
    with overheard() as lines:
        codes = sent(visitor)
    assert Report.objects.count() == len(set(codes)) == REPORTS
    back = come_back(codes[0])
    assert back is not None
    assert back.texts[0].text.startswith(STORY)

    assert not any(answer.header("Set-Cookie") for answer in visitor.answers)
    sizes = {len(answer.body) for answer in visitor.answers}
    assert sizes <= set(padding.SIZES)
    assert len(sizes) <= 3

    secrets = {secret for code in codes for secret in (code, Code.read(code).bits.hex())}
    told = [line for line in lines if any(each in line for each in ("anmal", ADDRESS, BROWSER, *CANARIES))]
    told += [line for line in lines if any(word in secrets for word in line.split())]
    assert told == []

    kept = everything()
    for each in (*CANARIES, ADDRESS, BROWSER):
        assert each.encode() not in kept, each
        assert each.encode("utf-16-le") not in kept, each
    for code in codes:
        assert code.encode() not in kept
        assert Code.read(code).bits not in kept
