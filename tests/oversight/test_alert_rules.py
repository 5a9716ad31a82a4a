"""What each rule finds, and what it leaves alone: ordinary work above all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.oversight.acts import Days, findings
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.crypto import blind_index
from vetting.oversight.models import Alert, StaffNumber
from vetting.policy.alerts import ENTRANCES, MISSES, OPENINGS, RULES, WORK
from vetting.policy.event_groups import READS
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.models import BlindIndex, Recusal

NUMBER = "199001072389"


@pytest.fixture
def days(world: World) -> Days:
    return Days(world)


# -- many sensitive recruitments ------------------------------------------------------------


def test_more_than_ten_sensitive_recruitments_in_a_day_is_pointed_out_once(days: Days) -> None:
    cases = days.cases(13)
    for number, case in enumerate(cases):
        days.read("security_head", case, number / 10)
    days.watch(2)
    (found,) = findings("many_sensitive")
    assert found["person"] == str(days.world.person_id("security_head"))
    assert (found["count"], found["threshold"]) == (11, 10)
    assert len(found["recruitments"]) == 11


def test_ten_are_not_nor_eleven_over_two_days_nor_the_same_one_again(days: Days) -> None:
    cases = days.cases(11)
    for number, case in enumerate(cases[:10]):
        days.read("security_head", case, number / 10)
        days.read("security_head", case, number / 10 + 0.05)
    days.read("security_head", cases[10], 25.5)
    days.watch(30)
    assert findings("many_sensitive") == []


def test_recruitments_of_lower_levels_do_not_count(days: Days) -> None:
    for number, case in enumerate(days.cases(15, level=2)):
        days.read("security_head", case, number / 10)
    days.watch(3)
    assert findings("many_sensitive") == []


def test_the_limit_is_the_same_for_whoever_usually_reads_many(days: Days) -> None:
    """Alerts are per rule; nobody is measured by her own habits."""
    cases = days.cases(11)
    for day in range(4):
        for number, case in enumerate(cases[:10]):
            days.read("registrar", case, 48 * day + number / 10, role="registrar")
    days.watch(24 * 8)
    assert findings("many_sensitive") == []
    for number, case in enumerate(cases):
        days.read("registrar", case, 24 * 10 + number / 10, role="registrar")
    days.watch(24 * 11)
    (found,) = findings("many_sensitive")
    assert (found["count"], found["threshold"]) == (11, 10)


def test_a_crossing_is_found_however_the_turns_fall(days: Days) -> None:
    cases = days.cases(12)
    for number, case in enumerate(cases):
        days.read("security_head", case, number / 10)
        days.watch(number / 10 + 0.01)
    assert len(findings("many_sensitive")) == 1


def test_going_through_recruitments_is_the_auditors_work(days: Days) -> None:
    for number, case in enumerate(days.cases(14)):
        days.read("auditor", case, number / 10, role="auditor")
    days.watch(3)
    assert findings("many_sensitive") == []


# -- own or a colleague's ------------------------------------------------------------------------------------------


def known(world: World, name: str) -> None:
    digest = blind_index.digest(INDEX_PURPOSE, NUMBER)
    StaffNumber.objects.create(person=world.person(name), digest=digest)


def finalist(world: World) -> Walk:
    """A recruitment whose finalist has the number."""
    walk = Walk(world, "clerk").open()
    candidacy = walk.finalist()
    BlindIndex.objects.create(candidacy=candidacy, digest=blind_index.digest(INDEX_PURPOSE, NUMBER))
    return walk


def test_reading_where_one_is_a_finalist_oneself_is_pointed_out(world: World) -> None:
    walk = finalist(world)
    known(world, "security_head")
    days = Days(world)
    days.read("security_head", walk.case().recruitment, 1)
    days.read("security_head", walk.case().recruitment, 2)
    days.watch(3)
    (found,) = findings("own_or_colleague")
    assert found["person"] == str(world.person_id("security_head"))
    assert found["recruitments"] == [str(walk.pk)]
    days.read("security_head", walk.case().recruitment, 30)
    days.watch(31)
    assert len(findings("own_or_colleague")) == 2, "another day"


@pytest.mark.parametrize(
    ("finalist_is", "found"),
    [
        ("other_hr", 1),  # the same nearest manager
        ("head", 1),  # the nearest manager herself
        ("registrar", 0),
        ("employee", 0),
    ],
)
def test_reading_where_somebody_beside_one_is_a_finalist(world: World, finalist_is: str, found: int) -> None:
    walk = finalist(world)
    known(world, finalist_is)
    days = Days(world)
    days.open("hr", walk.case().recruitment, 1)
    days.watch(2)
    assert len(findings("own_or_colleague")) == found


def test_a_role_in_the_same_unit_is_beside_and_whoever_reports_to_one_is_not(world: World) -> None:
    walk = finalist(world)
    world.hire("colleague", "hiring_manager", unit=world.units["school"])
    world.hire("below", None, manager="manager")
    known(world, "colleague")
    days = Days(world)
    days.open("manager", walk.case().recruitment, 1, role="hiring_manager")
    days.watch(2)
    assert len(findings("own_or_colleague")) == 1
    StaffNumber.objects.all().delete()
    known(world, "below")
    days.open("manager", walk.case().recruitment, 60, role="hiring_manager")
    days.watch(61)
    assert len(findings("own_or_colleague")) == 1


def test_a_connection_that_is_decided_to_lack_significance_is_left_alone(world: World) -> None:
    walk = finalist(world)
    known(world, "security_head")
    put(
        Recusal(
            recruitment=walk.case().recruitment,
            person=world.person("security_head"),
            state="participates",
            declared_on=world.today,
            decided_by=world.person("head"),
            decided_on=world.today,
            changed_at=world.person("hr").created_at,
        )
    )
    days = Days(world)
    days.read("security_head", walk.case().recruitment, 1)
    days.watch(2)
    assert findings("own_or_colleague") == []


def test_without_a_number_nothing_is_compared(world: World) -> None:
    walk = Walk(world, "clerk").open()
    walk.finalist("Security Head")
    known(world, "security_head")
    days = Days(world)
    days.read("security_head", walk.case().recruitment, 1)
    days.watch(2)
    assert findings("own_or_colleague") == []


# -- misses ------------------------------------------------------------


def test_ten_misses_in_a_day_are_pointed_out_once(days: Days) -> None:
    for number in range(6):
        days.search("hr", number / 10, by="name" if number % 2 else "number")
    for number in range(6):
        days.do("access.refused", "hr", 1 + number / 10, None, role="hr_officer", permission="check.record")
    days.watch(3)
    (found,) = findings("repeated_misses")
    assert found["person"] == str(days.world.person_id("hr"))
    assert (found["count"], found["recruitments"]) == (10, [])


def test_searches_with_answers_and_misses_over_two_days_are_left_alone(days: Days) -> None:
    for number in range(20):
        days.search("hr", number / 10, count=1)
    for number in range(9):
        days.search("hr", 3 + number / 10)
    days.search("hr", 40)
    days.watch(41)
    assert findings("repeated_misses") == []


# -- reading without work ------------------------------------------------------------


def test_details_opened_without_any_work_are_pointed_out_after_a_week(days: Days) -> None:
    (case,) = days.cases(1)
    days.open("hr", case, 1)
    days.open("hr", case, 3)
    days.watch(24 * 6)
    assert findings("reading_without_work") == []
    days.watch(24 * 8)
    (found,) = findings("reading_without_work")
    assert found["recruitments"] == [str(case.pk)]
    days.watch(24 * 20)
    assert len(findings("reading_without_work")) == 1


@pytest.mark.parametrize("hours", [-24 * 5, 24 * 5])
def test_work_within_a_week_before_or_after_settles_it(days: Days, hours: float) -> None:
    (case,) = days.cases(1)
    if hours < 0:
        days.work("hr", case, 24 * 10 + hours)
    days.open("hr", case, 24 * 10)
    if hours > 0:
        days.work("hr", case, 24 * 10 + hours)
    days.watch(24 * 30)
    assert findings("reading_without_work") == []


def test_a_name_opened_to_declare_is_done_with_the_declaration(days: Days) -> None:
    declared, not_declared, more = days.cases(3)
    for case, fields in ((declared, "name"), (not_declared, "name"), (more, "contact|name")):
        days.open("hr", case, 2, field=fields, purpose="declare_conflict")
    for case in (declared, more):
        days.work("hr", case, 3, event="declaration.given")
    days.watch(24 * 9)
    found = [alert["recruitments"] for alert in findings("reading_without_work")]
    assert sorted(found) == sorted([[str(not_declared.pk)], [str(more.pk)]])


@pytest.mark.parametrize("event", sorted(ENTRANCES))
def test_letting_oneself_in_is_not_work(days: Days, event: str) -> None:
    (case,) = days.cases(1)
    days.work("hr", case, 1, event=event)
    days.open("hr", case, 2)
    days.watch(24 * 9)
    assert len(findings("reading_without_work")) == 1


def test_somebody_elses_work_or_work_elsewhere_is_not_hers(days: Days) -> None:
    one, other = days.cases(2)
    days.work("other_hr", one, 1)
    days.work("hr", other, 1)
    days.open("hr", one, 2)
    days.watch(24 * 9)
    assert len(findings("reading_without_work")) == 1


# -- ordinary work ------------------------------------------------------------


def test_no_alert_is_made_for_ordinary_work(world: World) -> None:
    """A hire from need to start, with names opened on the way, an opinion, and a few readings outside assignments."""
    walk = Walk(world, "buyer").open()
    candidacy = walk.finalist()
    walk.ready(candidacy)
    days = Days(world)
    case = walk.case().recruitment
    days.open("hr", case, 0.1)
    days.open("security_one", case, 0.2, role="security_officer")
    days.do("opinion.vote_recorded", "security_one", 0.3, case.pk, role="security_officer")
    days.open("manager", case, 0.4, role="hiring_manager")
    days.do("decision.signed", "manager", 0.5, case.pk, role="hiring_manager")
    days.read("registrar", case, 0.6, role="registrar")
    days.search("hr", 0.7)
    days.watch(24 * 9)
    assert not Alert.objects.exists()


def test_what_the_rules_count_is_declared_and_apart() -> None:
    assert not OPENINGS & WORK
    assert not READS & WORK
    assert not ENTRANCES & WORK
    assert MISSES.isdisjoint(OPENINGS)
    assert {
        "candidacy.revealed",
        "check.revealed",
        "opinion.reason_revealed",
        "declaration.revealed",
        "note.revealed",
    } == OPENINGS
    assert all(rule.window > timedelta(0) and rule.source and rule.why for rule in RULES.values())
