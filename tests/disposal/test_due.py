"""What is due follows from the agreed table and what has happened: the day before nothing, on the day the record."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

from django.core.management import call_command

from audit import clock
from tests.disposal.cases import Over, cancelled, months
from tests.recruitment.world import World
from vetting.disposal.queries.due import MONTHS_DIFFER, candidates_for, due, judged, may_be_over
from vetting.policy.calendar import add_months
from vetting.policy.disposal import CARRIED_OUT
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.engagement import begin_exit, complete_exit
from vetting.recruitment.actions.hold import set_hold

DAY = timedelta(days=1)
FAR = date(2100, 1, 1)


def told(row: str, on: date) -> set[str]:
    return {item.of.label for item in due(row, on)}


def everything(on: date) -> dict[str, set[str]]:
    found = {row: told(row, on) for row in CARRIED_OUT}
    return {row: labels for row, labels in found.items() if labels}


def test_each_kind_is_due_from_its_day_and_of_its_own_finalists(over: Over) -> None:
    # The decision is there: what checks have written down is due the day after, and nothing that waits for its end.
    today = over.walk.on
    assert everything(today) == {}
    assert everything(today + DAY) == {
        "evidence_not_needed": {"K1", "K2"},
        "shown_note_not_engaged": {"K2", "K3"},
    }
    assert told("candidacy_not_engaged", FAR) == set(), "nobody has noted that the decision is final"
    final = over.finalise()
    for row, labels in (
        ("candidacy_not_engaged", {"K2"}),
        ("candidacy_withdrawn", {"K3"}),
        ("references_summary", {"K1"}),
    ):
        day = months(final, 24)
        assert (told(row, day - DAY), told(row, day)) == (set(), labels)
    # Whoever was engaged is preserved, and what runs from the end of the engagement has not begun.
    assert everything(FAR).keys() == {
        "evidence_not_needed", "shown_note_not_engaged", "candidacy_not_engaged", "candidacy_withdrawn",
        "references_summary",
    }  # fmt: skip


def test_what_runs_from_the_end_of_the_engagement(over: Over) -> None:
    over.finalise()
    case, by = over.walk.case(), over.world.actor("manager")
    begin_exit(case, by=by, candidacy=case.candidacy(over.engaged.pk), last_day=over.walk.on)
    over.walk.finish({"exit"}, over.engaged)
    case = over.walk.case()
    complete_exit(case, by=by, candidacy=case.candidacy(over.engaged.pk), ended_on=over.walk.on)
    day = months(over.walk.on, 24)
    for row in ("shown_note_engaged", "employment_follow_up"):
        assert (told(row, day - DAY), told(row, day)) == (set(), {"K1"}), row


def test_what_the_database_leaves_out_is_never_due(over: Over) -> None:
    """Each kind on each day round which something changes: the same as when every record is judged."""
    final = over.finalise()
    case, by = over.walk.case(), over.world.actor("manager")
    begin_exit(case, by=by, candidacy=case.candidacy(over.engaged.pk), last_day=over.walk.on)
    over.walk.finish({"exit"}, over.engaged)
    case = over.walk.case()
    complete_exit(case, by=by, candidacy=case.candidacy(over.engaged.pk), ended_on=over.walk.on)
    cancelled(over.world)
    days = [months(final, 0)] + [months(start, term) for start in (final, over.walk.on) for term in (12, 24)]
    seen = set()
    for day in (each + timedelta(days=shift) for each in days for shift in range(-2, 3)):
        for row in CARRIED_OUT:
            whole = [item.of.pk for item in judged(row, day) if item.standing.is_due]
            assert [item.of.pk for item in due(row, day)] == whole, (row, day)
            seen |= {row} if whole else set()
    assert {
        "candidacy_not_engaged",
        "recruitment_cancelled",
        "shown_note_engaged",
        "evidence_not_needed",
    } <= seen
    # Somebody whose term runs is not read at all.
    assert (
        not candidates_for("candidacy_not_engaged")
        .filter(may_be_over("candidacy_not_engaged", final))
        .exists()
    )
    assert candidates_for("candidacy_not_engaged").exists()


def test_three_days_are_what_months_differ_by() -> None:
    day, last = date(2023, 1, 1), date(2028, 3, 1)
    while day < last:
        for term in (0, 1, 6, 12, 24):
            start = day
            due_on = add_months(start, term) + timedelta(days=1)
            assert start <= add_months(due_on, -term) + MONTHS_DIFFER
        day += timedelta(days=1)


def test_a_hold_stops_every_kind_and_says_so(over: Over) -> None:
    over.finalise()
    assert everything(FAR)
    set_hold(over.walk.case(), by=over.world.actor("hr"), ground="claim")
    assert everything(FAR) == {}
    codes = {item.standing.code for row in CARRIED_OUT for item in judged(row, FAR)}
    assert codes == {"held", "not_begun"}


def test_a_cancelled_recruitment_is_due_after_its_own_term(world: World) -> None:
    walk, _finalist = cancelled(world)
    day = months(walk.on, 24)
    assert (everything(day - DAY), everything(day)) == ({}, {"recruitment_cancelled": {"K1"}})


def test_a_protected_identity_has_a_row_of_its_own(over: Over) -> None:
    final = over.finalise()
    case = over.walk.case()
    mark_protected(
        case,
        by=over.world.actor("hr_head"),
        candidacy=case.candidacy(over.left.pk),
        alias="Alfa",
        kept_at="Kassaskåp 2",
        handlers=[over.world.person_id("hr")],
    )
    day = months(final, 24)
    assert told("protected_identity_mark", day) == {"K2"}
    assert told("candidacy_not_engaged", day) == set()


def test_the_command_lists_what_is_due_without_a_name(over: Over) -> None:
    day = months(over.finalise(), 24)
    out, summary = StringIO(), StringIO()
    moment = clock.now() + (day - over.walk.on)
    with clock.at(moment):
        call_command("dispose", stdout=out, stderr=summary)
    reference = over.walk.case().recruitment.reference
    lines = out.getvalue().splitlines()
    assert f"{reference} K2 candidacy_not_engaged due {day}" in lines
    assert summary.getvalue().strip() == f"{len(lines)} due"
    assert "Aktuell" not in out.getvalue()
