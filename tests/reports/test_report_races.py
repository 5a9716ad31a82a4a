"""Many at once: every report is stored with a code of its own, and one that is sent twice is one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from tests.reports.recipients import CANARY, build_desk
from vetting.crypto.models import Envelope
from vetting.crypto.written import Code
from vetting.reports.models import Member, Message, Report
from vetting.reports.returning import come_back
from vetting.reports.submit import Submission, submit

MANY = 20


def at_once(count: int, what: Callable[[int], Any]) -> list[Any]:
    """Run `what` in threads that begin together; results, or the errors."""
    start, found = Barrier(count), [None] * count

    def run(place: int) -> None:
        try:
            start.wait()
            found[place] = what(place)
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.deadline(120)
def test_twenty_at_once_are_twenty_stored_with_twenty_codes(real_db: object) -> None:
    build_desk()
    codes = [Code.new() for _ in range(MANY)]
    found = at_once(
        MANY,
        lambda place: submit(Submission("pressure", "full", "anonymous", f"{CANARY} {place}"), codes[place]),
    )
    assert [getattr(each, "code", each) for each in found] == codes
    assert Report.objects.count() == Message.objects.count() == MANY
    assert Member.objects.count() == 3 * MANY
    for place, code in enumerate(codes):
        back = come_back("-".join(code.groups))
        assert back is not None
        assert [text.text for text in back.texts] == [f"{CANARY} {place}"]
    assert len({receipt.reference for receipt in found}) == MANY


@pytest.mark.deadline(120)
def test_the_same_form_sent_many_times_at_once_is_one_report(real_db: object) -> None:
    build_desk()
    told, code = Submission("pressure", "full", "confidential", CANARY, name="Eva"), Code.new()
    found = at_once(8, lambda place: submit(told, code))
    assert {getattr(each, "reference", each) for each in found} == {Report.objects.get().reference}
    assert len(set(found)) == 1
    # Two for the code, one and a part of the name for each recipient: nothing is left of those that came second.
    assert Envelope.objects.using("keystore").count() == 8
