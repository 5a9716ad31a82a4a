"""Reports: from the opened form to what is stored, the recipient's list, coming back; and what growth does to them.

The peers' figures were recorded on two cores (GlobaLeaks 5, Hush Line) and stand beside ours; what is measured here and
now is ours, a floor written by hand, and each figure against itself with fewer reports.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from tests.benchmarks.measure import Figure, counted, take_turns
from tests.benchmarks.tables.models import AuditlogNote
from tests.benchmarks.writers import rate
from tests.benchmarks.writes import make_tables
from tests.reports.pages import recipient
from tests.reports.public.visitor import Visitor
from tests.reports.recipients import Desk, build_desk
from vetting.crypto.models import Envelope
from vetting.reports.models import Member, Message, Report
from vetting.reports.returning import come_back

SIZES = tuple(int(size) for size in os.environ.get("BENCH_REPORTS", "1000,10000,100000").split(","))
ROUNDS, BATCH, OPEN, TOGETHER = 15, 5_000, 1_000, 5.0
GROWTH, LIST_MS, LIST_BYTES, STORED_MS = 1.3, 50, 60_000, 50
PEERS_MS = {"GlobaLeaks, recorded": (71.0, 484.0), "Hush Line, recorded": (57.0, 132.0)}
STORY = "Han sade att jag visste vad som händer om tillståndet inte ges."


@dataclass(frozen=True, slots=True)
class Taken:
    """What was measured at one size, in milliseconds."""

    size: int
    ms: dict[str, float]
    queries: int
    page_bytes: int


def figures() -> Iterator[Figure]:
    """All of them; needs an empty database, which it fills up to the largest size."""
    make_tables()
    desk = build_desk()
    taken: list[Taken] = []
    for size in SIZES:
        fill(desk, size)
        taken.append(measured(desk, size))
    first, last = taken[0], taken[-1]
    for peer, (stored, listed) in PEERS_MS.items():
        yield Figure(
            "reports", "form opened → stored", first.size, "ms", first.ms["stored"], peer, stored,
            ("≤", round(STORED_MS / stored, 2)),
        )  # fmt: skip
        yield Figure(
            "reports", "recipient's list, a page of 50", first.size, "ms", first.ms["list"], peer, listed,
            ("≤", round(LIST_MS / listed, 2)), first.queries, first.page_bytes,
        )  # fmt: skip
    floor = ("one durable row by hand", first.ms["floor"])
    yield Figure("reports", "form opened → stored", first.size, "ms", first.ms["stored"], *floor)
    bytes_ = ("bytes allowed", float(LIST_BYTES))
    yield Figure("reports", "recipient's list", last.size, "B", float(last.page_bytes), *bytes_, ("≤", 1.0))
    for name in ("stored", "list", "back"):
        for late in taken[1:]:
            itself = f"itself at {first.size}"
            yield Figure(
                "growth", f"reports: {name}", late.size, "ms", late.ms[name], itself, first.ms[name],
                ("≤", GROWTH),
            )  # fmt: skip
    yield from _together()


def measured(desk: Desk, size: int) -> Taken:
    """One report stored by the pages, the list of a recipient, and a return with the code."""
    receipt, client = desk.send(), recipient(desk, "rita", is_open=False)
    typed = "".join(receipt.code.groups)

    def listed() -> Any:
        return client.get("/anmalningar/?visa=oppna")

    with counted() as statements:
        answer = listed()
    assert answer.status_code == 200
    assert STORY not in answer.content.decode()
    works = {"stored": store, "list": listed, "back": lambda: come_back(typed), "floor": _one_row}
    ms = {name: seconds * 1000 for name, seconds in take_turns(works, ROUNDS).items()}
    return Taken(size, ms, len(statements), len(answer.content))


def store() -> None:
    """The form opened, filled in, looked over and sent, through the door; sealed to every recipient."""
    visitor = Visitor()
    page = visitor.get("/anmal/kort/")
    overview = visitor.post("/anmal/steg/", {"t": page.token, "to": "on", "story": STORY, "kind": ["threat"]})
    receipt = visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})
    assert "rep-groups" in receipt.text


def _one_row() -> None:
    with transaction.atomic():
        AuditlogNote.objects.create(text="x")


def _together() -> Iterator[Figure]:
    """Two workers at once: how many a second, and that none is lost."""
    before = Report.objects.count()
    made = rate(store, 2, TOGETHER)
    stored = Report.objects.count() - before
    if stored < made * TOGETHER:
        raise AssertionError(f"{made * TOGETHER:.0f} receipts, {stored} stored.")
    for peer, theirs in (("Hush Line, 2 workers, recorded", 40.0), ("GlobaLeaks, recorded", 12.0)):
        yield Figure("reports", "stored, writers:", 2, "/s", made, peer, theirs, ("≥", round(60 / theirs, 2)))


def fill(desk: Desk, size: int) -> None:
    """Up to `size` reports: copies of one that was sent, a thousand of them open. What they hold is its ciphertext.

    Past the log on purpose: a hundred thousand true acts would take an hour and measure the same list.
    """
    receipt = desk.send()
    model = desk.report(receipt)
    members = list(Member.objects.filter(report=model))
    message = Message.objects.get(report=model)
    envelopes = list(Envelope.objects.using("keystore").filter(owner=model.pk))
    have = Report.objects.count()
    for begin in range(have, size, BATCH):
        numbers = range(begin, min(begin + BATCH, size))
        ids = {number: uuid4() for number in numbers}
        _add(Report, (_copy(model, pk, **_said(n)) for n, pk in ids.items()))
        _add(Member, (_copy(m, uuid4(), report_id=pk) for pk in ids.values() for m in members))
        _add(Message, (_copy(message, uuid4(), report_id=pk) for pk in ids.values()))
        copies = (_copy(one, None, owner=pk, tag=_tag(one)) for pk in ids.values() for one in envelopes)
        models.QuerySet(Envelope, using="keystore").bulk_create(list(copies), batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


_NUMBERS = count(1)


def _said(number: int) -> dict[str, Any]:
    is_open = number < OPEN
    closed: dict[str, Any] = {} if is_open else {"closed_on": "2026-01-02"}
    return {"reference": f"P-{next(_NUMBERS):09}", "state": "in_action" if is_open else "closed", **closed}


def _tag(envelope: Envelope) -> bytes | None:
    return os.urandom(len(envelope.tag)) if envelope.tag is not None else None


def _copy(row: Any, pk: UUID | None, **changed: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**values | {row._meta.pk.attname: pk} | changed)


def _add(model: type[models.Model], rows: Iterator[Any]) -> None:
    models.QuerySet(model).bulk_create(list(rows), batch_size=200)
