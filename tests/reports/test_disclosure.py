"""What the police are given: after the talk, by two, on a ground, and nothing but what was chosen."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from audit.models import Entry
from tests.reports.recipients import CANARY, Desk
from tests.reports.test_handling import Work, back
from vetting.access.door import Denied
from vetting.reports.actions import closing, disclosure, handling, police
from vetting.reports.actions.disclosure import Prepared
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, NotYours, WrongState
from vetting.reports.models import PoliceDisclosure

SAID = Prepared(
    ground="duty_to_inform",
    provision="2025:170",
    weighing="Hotet är allvarligt och kan upprepas.",
    parts=("message:1",),
    told="first",
    told_text="Vi lämnar din berättelse till polisen, inget mer.",
)
TALK = {"will": "wants", "talked_on": "2026-03-02"}


def talked(desk: Desk, **more: Any) -> Work:
    """A report in which the talk with the person is recorded."""
    work = Work(desk, **more)
    work.do("rita", police.record_police, TALK, sealed=True)
    return work


def prepare(work: Work, name: str = "rita", said: Prepared = SAID) -> Any:
    return work.do(name, disclosure.prepare_disclosure, said, sealed=True)


def test_one_prepares_another_decides_and_only_what_was_chosen_leaves(desk: Desk) -> None:
    work = talked(desk, contact="070-KANARIE")
    work.do("ragnar", handling.write_note, "Bara för oss", sealed=True)
    row = prepare(work)
    with pytest.raises(Denied):
        work.do("rita", disclosure.decide_disclosure, row, "Ja", sealed=True)
    given = work.do("ragnar", disclosure.decide_disclosure, row, "Behövs hos polisen", sealed=True)
    assert CANARY in given
    assert "6 § lagen (2025:170)" in given
    assert "070-KANARIE" not in given
    assert "Bara för oss" not in given
    fresh = PoliceDisclosure.objects.get()
    assert (fresh.state, fresh.answered_by_id, fresh.answered_on) == (
        "disclosed",
        desk.person("ragnar"),
        today(),
    )
    key = desk.vault("rosa").of(desk.case(work.receipt))
    assert key.text(fresh, "given") == given
    assert key.json(fresh, "content")["weighing"] == SAID.weighing
    told = Entry.objects.get(action="police_disclosure.decided")
    assert told.content["facts"]["digest"] == sha256(given.encode()).hexdigest()
    assert told.actor_person == desk.person("ragnar")
    with pytest.raises(WrongState):
        work.do("rosa", disclosure.decline_disclosure, fresh, "Nej", sealed=True)


def test_nothing_is_prepared_before_the_talk_with_the_person(desk: Desk) -> None:
    work = Work(desk)
    with pytest.raises(NotComplete, match="talk"):
        prepare(work)
    work.do("rosa", police.record_police, {"will": "not_answered"}, sealed=True)
    with pytest.raises(NotComplete, match="consent"):
        prepare(work, said=replace(SAID, ground="consent"))
    prepare(work)
    with pytest.raises(NotComplete, match="disclosure"):
        prepare(work, "rosa")


def test_the_reporter_reads_of_it_first_or_it_is_written_why_not(desk: Desk) -> None:
    work = talked(desk)
    row = prepare(work)
    assert back(work.receipt).texts[-1].text == SAID.told_text
    work.do("ragnar", disclosure.decline_disclosure, row, "Sekretessen väger tyngre", sealed=True)
    later = replace(SAID, told="later", told_text="Den misstänkte skulle varnas.")
    second = prepare(work, said=later)
    assert back(work.receipt).texts[-1].text == SAID.told_text, "why it waits is not told"
    key = desk.vault("rosa").of(desk.case(work.receipt))
    assert key.json(second, "content")["told_text"] == later.told_text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ground": "mood"}, "ground"),
        ({"provision": "10:99"}, "provision"),
        ({"told": "never"}, "told"),
        ({"parts": ()}, "parts"),
        ({"parts": ("message:1", "message:7")}, "parts"),
        ({"weighing": "  "}, "weighing"),
        ({"told_text": ""}, "told_text"),
    ],
)
def test_what_is_missing_is_said(desk: Desk, change: dict[str, Any], field: str) -> None:
    work = talked(desk)
    with pytest.raises(BadInput) as error:
        prepare(work, said=replace(SAID, **change))
    assert set(error.value.errors) == {field}
    assert not PoliceDisclosure.objects.exists()


def test_nobody_outside_the_circle_and_nothing_set_apart(desk: Desk) -> None:
    work = talked(desk, excluded=frozenset({desk.person("rosa")}))
    row = prepare(work)
    for name in ("rosa", "viola", "alva"):
        with pytest.raises((Denied, NotYours)):
            work.do(name, disclosure.decide_disclosure, row, "Ja", sealed=True)
    work.do("ragnar", closing.quarantine)
    with pytest.raises(WrongState):
        work.do("ragnar", disclosure.decide_disclosure, row, "Ja", sealed=True)


def test_the_employer_reports_after_the_talk_and_with_the_work_address(desk: Desk) -> None:
    """What blocks a report to the police: no talk, no day, somebody else than the employer, a will without a reason."""
    work = Work(desk)
    reported = TALK | {"reported": "yes", "reported_on": "2026-03-03", "by_employer": ["yes"]}
    with pytest.raises(NotComplete, match="talk"):
        work.do("rita", police.record_police, reported, sealed=True)
    with pytest.raises(BadInput, match="talked_on"):
        work.do("rita", police.record_police, {"will": "wants"}, sealed=True)
    work.do("rita", police.record_police, TALK, sealed=True)
    for without in ("reported_on", "by_employer"):
        said = {name: value for name, value in reported.items() if name != without}
        with pytest.raises(BadInput, match=without):
            work.do("rita", police.record_police, said, sealed=True)
    with pytest.raises(BadInput, match="note"):
        work.do("rita", police.record_police, reported | {"will": "does_not_want"}, sealed=True)
    work.do("rita", police.record_police, reported, sealed=True)
