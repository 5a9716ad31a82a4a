"""Whoever worked here not long ago shows no new extract: the statute's exemption, its last day, and who confirms it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from audit import clock
from audit.models import Entry
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.raw import extract_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.policy.calendar import STOCKHOLM, add_months
from vetting.policy.exemption import exempt_until
from vetting.recruitment import search_index
from vetting.recruitment.actions.candidacy_outcome import mark_protected, withdraw_candidacy
from vetting.recruitment.actions.decision import Extract, Terms, sign_decision
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.reuse import reuse_check
from vetting.recruitment.actions.shown import is_to_be_shown
from vetting.recruitment.engine.progress import may_start
from vetting.recruitment.models import Check, Decision

PERSON = b"one and the same person ........"


def at(day: date) -> Any:
    return clock.at(datetime.combine(day, time(9), STOCKHOLM))


def worked_here(world: World, months: int, position: str = "assistant") -> tuple[Walk, Any]:
    """Somebody who began as a pupil's assistant so many months ago, to the day."""
    began = add_months(world.today, -months)
    with at(began):
        world.today, today = began, world.today
        walk = Walk(world, position, form="fixed_term").open()
        finalist = walk.finalist()
        search_index.store(walk.case().candidacy(finalist.pk), PERSON)
        walk.ready(finalist)
        walk.sign(finalist)
        walk.start(finalist)
        world.today = today
    return walk, finalist


def applies_again(world: World, position: str = "assistant") -> tuple[Walk, Any]:
    """The same person, with everything before the decision done."""
    walk = Walk(world, position, form="fixed_term").open()
    finalist = walk.finalist()
    search_index.store(walk.case().candidacy(finalist.pk), PERSON)
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    return walk, finalist


def confirm(walk: Walk, finalist: Any, earlier: Check, by: str = "manager") -> None:
    case = walk.case()
    check = case.check_named("crim_school", case.candidacy(finalist.pk))
    assert check is not None
    reuse_check(case, by=walk.world.actor(by), check=check, earlier=earlier)


def decide(walk: Walk, finalist: Any, start: date) -> None:
    case = walk.case()
    sign_decision(
        case, by=walk.world.actor("manager"), candidacy=case.candidacy(finalist.pk), terms=Terms(start, start)
    )


@pytest.mark.parametrize(
    ("code", "began", "last"),
    [
        ("crim_school", date(2026, 1, 15), date(2027, 1, 15)),
        ("crim_school", date(2024, 2, 29), date(2025, 2, 28)),
        ("crim_hvb", date(2026, 8, 31), date(2027, 2, 28)),
        ("crim_lss_child", date(2026, 1, 15), None),
        ("crim_leading", date(2026, 1, 15), None),
        ("id_check", date(2026, 1, 15), None),
    ],
)
def test_the_last_day_is_counted_in_calendar_months_from_the_earlier_start(
    code: str, began: date, last: date | None
) -> None:
    assert exempt_until(code, began) == last


def test_it_is_offered_with_section_and_last_day_and_takes_one_click(world: World) -> None:
    before, old = worked_here(world, 5)
    walk, finalist = applies_again(world)
    last = add_months(world.today, 7)
    client = signed_in(world, "manager")
    where = url("sign_decision", walk, candidacy=finalist.pk)
    page = client.get(where)
    (offer,) = page.context["exemptions"]
    assert "2:31–33" in offer["note"]
    assert before.case().recruitment.reference in offer["words"]
    assert f"{last.day} " in offer["words"]
    assert str(last.year) in offer["words"]
    answer = post(client, offer["url"], earlier=str(offer["earlier"]))
    assert (answer.status_code, answer["Location"]) == (302, where)
    page = client.get(where)
    assert page.context["exemptions"] == []
    assert "crim_school" not in [each["check"].code for each in page.context["extracts"]]
    check = extract_of(walk, finalist)
    assert (check.state, check.valid_until) == ("done", last)
    assert check.reused_from_id == extract_of(before, old).pk
    assert check.recorded_by_id == world.person_id("manager")
    assert check.evidence is None
    told = Entry.objects.filter(subject=walk.pk, action="check.reused").count()
    assert told == 1
    decide(walk, finalist, last)
    assert Decision.objects.filter(candidacy=finalist).exists()
    walk.finish({"start"}, finalist)
    case = walk.case()
    assert may_start(case, case.candidacy(finalist.pk))
    shown = client.get(where).content.decode()
    assert "undantag vid ny anställning till och med" in shown or "Beslutet är fattat" in shown


def test_nobody_begins_after_its_last_day(world: World) -> None:
    before, old = worked_here(world, 11)
    walk, finalist = applies_again(world)
    confirm(walk, finalist, extract_of(before, old))
    last = add_months(world.today, 1)
    with pytest.raises(BadInput, match="planned_start: exemption_over"):
        decide(walk, finalist, last + timedelta(days=1))
    decide(walk, finalist, last)


@pytest.mark.parametrize("months", [12, 13])
def test_it_is_over_the_day_after(world: World, months: int) -> None:
    before, old = worked_here(world, months)
    walk, finalist = applies_again(world)
    page = signed_in(world, "manager").get(url("sign_decision", walk, candidacy=finalist.pk))
    if months == 12:  # its very last day
        confirm(walk, finalist, extract_of(before, old))
        return
    assert page.context["exemptions"] == []
    with pytest.raises(BadInput, match="exemption_over"):
        confirm(walk, finalist, extract_of(before, old))


def test_only_whoever_decides_confirms_it_and_for_herself(world: World) -> None:
    before, old = worked_here(world, 3)
    walk, finalist = applies_again(world)
    with pytest.raises((Denied, NotComplete)):
        confirm(walk, finalist, extract_of(before, old), by="hr")
    confirm(walk, finalist, extract_of(before, old))
    check = extract_of(walk, finalist)
    assert not is_to_be_shown(check, world.actor("manager"))
    assert is_to_be_shown(check, world.actor("head"))


def test_neither_another_employer_nor_one_that_never_began_nor_an_exemption_before_it(world: World) -> None:
    walk, finalist = applies_again(world)
    decided = Walk(world, "assistant", form="fixed_term").open()
    never = decided.finalist()
    search_index.store(decided.case().candidacy(never.pk), PERSON)
    decided.ready(never)
    decided.sign(never)
    with pytest.raises(BadInput, match="exemption_over"):
        confirm(walk, finalist, extract_of(decided, never))
    before, old = worked_here(world, 3)
    search_index.drop(before.case().candidacy(old.pk))
    with pytest.raises(WrongState):
        confirm(walk, finalist, extract_of(before, old))
    search_index.store(before.case().candidacy(old.pk), PERSON)
    confirm(walk, finalist, extract_of(before, old))
    chained, third = applies_again(world)
    with pytest.raises(BadInput, match="exemption_over"):
        confirm(chained, third, extract_of(walk, finalist))


def test_an_extract_that_is_shown_after_all_takes_its_place(world: World) -> None:
    before, old = worked_here(world, 3)
    walk, finalist = applies_again(world)
    confirm(walk, finalist, extract_of(before, old))
    case = walk.case()
    check = case.check_named("crim_school", case.candidacy(finalist.pk))
    assert check is not None
    check.recorded_by_id = world.person_id("head")  # as if another had confirmed it
    sign_decision(
        case, by=world.actor("manager"), candidacy=case.candidacy(finalist.pk),
        terms=Terms(world.today, world.today), extracts={"crim_school": Extract(world.today, world.today)},
    )  # fmt: skip
    check = extract_of(walk, finalist)
    assert (check.reused_from_id, check.valid_until, check.evidence_on) == (None, None, world.today)


def test_it_goes_with_her_when_she_withdraws_or_is_protected(world: World) -> None:
    before, old = worked_here(world, 3)
    for end in ("withdraw", "protect"):
        walk, finalist = applies_again(world)
        confirm(walk, finalist, extract_of(before, old))
        case = walk.case()
        candidacy, hr = case.candidacy(finalist.pk), world.actor("hr")
        if end == "withdraw":
            withdraw_candidacy(case, by=hr, candidacy=candidacy)
        else:
            mark_protected(
                case,
                by=hr,
                candidacy=candidacy,
                alias="A",
                kept_at="Skåp 1",
                handlers=[world.person_id("hr")],
            )
        check = extract_of(walk, finalist)
        assert (check.reused_from_id, check.valid_until, check.recorded_by_id) == (None, None, None), end
        assert check.state == ("not_applicable" if end == "withdraw" else "not_started")


def test_what_is_missing_is_told_before_it(world: World) -> None:
    """Not before the decision to go on: an extract is for whoever is proposed for the place alone."""
    before, old = worked_here(world, 3)
    walk = Walk(world, "assistant", form="fixed_term").open()
    finalist = walk.finalist()
    search_index.store(walk.case().candidacy(finalist.pk), PERSON)
    with pytest.raises(NotComplete):
        confirm(walk, finalist, extract_of(before, old))
