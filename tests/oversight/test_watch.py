"""The worker's turn: each entry is looked at once, whatever stops it; every alert has one auditor; old ones go."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import clock
from audit.integrity import findings as broken
from audit.models import Entry
from tests.harness.databases import RealDatabase
from tests.oversight.acts import Days, findings
from tests.recruitment.world import World, build_world, put
from vetting.access.models import RoleGrant
from vetting.crypto import blind_index, keystore
from vetting.crypto.errors import NoKey
from vetting.oversight import jobs, watching
from vetting.oversight.actions import alerts as actions
from vetting.oversight.models import Alert, StaffNumber, Watch
from vetting.policy.alerts import RULES
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE


@pytest.fixture
def days(world: World) -> Days:
    return Days(world)


def many(days: Days, name: str = "security_head", hours: float = 0) -> None:
    for number, case in enumerate(days.cases(11)):
        days.read(name, case, hours + number / 100)


def test_looking_twice_finds_nothing_twice(days: Days) -> None:
    many(days)
    days.watch(2)
    days.watch(2)
    days.watch(3)
    assert Alert.objects.count() == 1
    assert Entry.objects.filter(action="alert.raised").count() == 1


def test_small_batches_find_the_same(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "BATCH", 7)
    monkeypatch.setattr(watching, "AT_MOST", 1000)
    many(days)
    days.search("hr", 1)
    days.watch(2)
    assert len(findings("many_sensitive")) == 1


def test_what_stops_half_way_is_found_at_the_next_turn(days: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    many(days)
    real = watching.raise_alert

    def dies(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        raise OSError("killed")

    monkeypatch.setattr(watching, "raise_alert", dies)
    with pytest.raises(OSError, match="killed"), transaction.atomic():
        days.watch(2)
    assert not Alert.objects.exists()
    monkeypatch.setattr(watching, "raise_alert", real)
    days.watch(2)
    assert Alert.objects.count() == 1


def test_a_rule_that_waits_does_not_pass_over_what_is_too_young(days: Days) -> None:
    (case,) = days.cases(1)
    days.open("hr", case, 1)
    days.watch(2)
    waits, newest = (
        Watch.objects.get(rule=code).position for code in ("reading_without_work", "many_sensitive")
    )
    assert waits < newest
    days.watch(24 * 8)
    assert len(findings("reading_without_work")) == 1


def test_the_rules_ask_as_often_whatever_lies_behind(days: Days, django_assert_num_queries: Any) -> None:
    many(days)
    days.watch(2)
    with django_assert_num_queries(2 + 2 * 4 * 5, exact=False):
        days.watch(3)


def test_it_goes_to_the_auditor_with_fewest_open_and_never_to_whom_it_concerns(days: Days) -> None:
    world = days.world
    world.hire("auditor_two", "auditor")
    many(days)
    many(days, "registrar", hours=1)
    days.watch(3)
    assert {alert.auditor_id for alert in Alert.objects.all()} == {
        world.person_id("auditor"),
        world.person_id("auditor_two"),
    }
    for number in range(10):
        days.search("auditor", 4 + number / 100)
    days.watch(5)
    (about_her,) = Alert.objects.filter(rule="repeated_misses")
    assert about_her.auditor_id == world.person_id("auditor_two")


def test_without_another_auditor_it_waits_and_is_handed_out_later(days: Days) -> None:
    for number in range(10):
        days.search("auditor", number / 100)
    days.watch(1)
    (alert,) = Alert.objects.all()
    assert alert.auditor_id is None
    jobs.hand_out()
    alert.refresh_from_db()
    assert alert.auditor_id is None
    days.world.hire("auditor_two", "auditor")
    jobs.hand_out()
    alert.refresh_from_db()
    assert alert.auditor_id == days.world.person_id("auditor_two")
    assert Entry.objects.filter(action="alert.assigned", subject=alert.pk).count() == 1
    jobs.hand_out()
    assert Entry.objects.filter(action="alert.assigned").count() == 1


def test_an_auditor_who_leaves_hands_on_what_is_open(days: Days) -> None:
    many(days)
    days.watch(2)
    days.world.hire("auditor_two", "auditor")
    grant = RoleGrant.objects.get(role="auditor", person=days.world.person("auditor"))
    grant.valid_to = days.world.today - timedelta(days=1)
    put(grant)
    jobs.watch_readings()
    assert Alert.objects.get().auditor_id == days.world.person_id("auditor_two")


def test_whom_it_concerns_stands_nowhere_in_the_clear(days: Days) -> None:
    many(days)
    days.watch(2)
    person = str(days.world.person_id("security_head"))
    alert = Alert.objects.get()
    told = Entry.objects.get(action="alert.raised")
    assert person not in bytes(told.leaf).decode()
    for statement in ("SELECT * FROM oversight_alert", "SELECT * FROM oversight_historicalalert"):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            rows = cursor.fetchall()
        assert rows
        assert not any(person in repr(row) or person.replace("-", "") in repr(row) for row in rows)
    assert alert.number.startswith("V-")


def closed(days: Days) -> Alert:
    many(days)
    days.watch(2)
    actions.close_alert(
        Alert.objects.get().pk,
        by=days.world.actor("auditor"),
        result="explained",
        reason="Hon gick igenom kön inför mötet.",
    )
    return Alert.objects.get()


def test_a_year_later_a_closed_one_is_gone_and_cannot_be_read(real_db: RealDatabase) -> None:
    days = Days(build_world())
    alert = closed(days)
    with clock.at(days.at(24 * 360)):
        jobs.dispose_alerts()
    assert Alert.objects.count() == 1
    with clock.at(days.at(24 * 370)):
        jobs.dispose_alerts()
    assert not Alert.objects.exists()
    assert Entry.objects.get(action="alert.disposed").facts["alert"] == alert.number
    assert Alert.history.count() == 3
    keystore.forget_all()
    with pytest.raises(NoKey):
        keystore.get(alert.pk)
    assert not list(broken())


def test_a_key_that_outlived_its_alert_goes_at_the_next_turn(days: Days) -> None:
    alert = closed(days)
    key = alert.pk
    with clock.at(days.at(24 * 370)):
        actions.dispose_alert(alert)
        # The test's own transaction keeps the destruction waiting, as a killed service would.
        assert keystore.made_at(key) is not None
        jobs.dispose_alerts()
    assert keystore.made_at(key) is None


def test_an_open_one_stays_until_it_is_closed(days: Days) -> None:
    many(days)
    days.watch(2)
    with clock.at(days.at(24 * 800)):
        jobs.dispose_alerts()
    assert Alert.objects.count() == 1


def test_numbers_of_staff_are_kept_as_digests_and_replaced_as_a_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = given(monkeypatch, "hr;19900107-2389\nMANAGER ; 9001072389\n\n")
    assert "2 members of staff" in out
    digest = blind_index.digest(INDEX_PURPOSE, "199001072389")
    assert {bytes(row.digest) for row in StaffNumber.objects.all()} == {digest}
    given(monkeypatch, "hr;19900107-2389\n")
    assert StaffNumber.objects.get().person_id == world.person_id("hr")
    entry = Entry.objects.filter(action="operation.commanded").latest("id")
    assert entry.facts == {"role": "system", "command": "staff_numbers", "result": "done"}


@pytest.mark.parametrize("line", ["nobody;19900107-2389", "hr 19900107-2389", "hr;19900107-2388", "hr;"])
def test_a_line_that_cannot_be_read_changes_nothing_and_is_not_repeated(
    world: World, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    given(monkeypatch, "hr;19900107-2389\n")
    with pytest.raises(CommandError, match="Line 2") as refused:
        given(monkeypatch, f"manager;19900107-2389\n{line}\n")
    assert refused.value.returncode == 2
    assert "1990" not in str(refused.value)
    assert StaffNumber.objects.get().person_id == world.person_id("hr")


def test_whoever_has_a_protected_identity_is_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    person = world.person("hr")
    person.is_protected = True
    put(person)
    given(monkeypatch, "hr;19900107-2389\n")
    assert not StaffNumber.objects.exists()


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> str:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(text))
    call_command("staff_numbers", stdout=out)
    return out.getvalue()


def test_every_rule_is_watched() -> None:
    from vetting.oversight.rules import FINDERS

    assert set(FINDERS) == {code for code, rule in RULES.items() if not rule.at_once}


def test_a_tree_that_this_service_never_named_does_not_stop_the_watch(days: Days) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_tree (name, size, frontier) VALUES ('main.x', 0, %s)", [b""])
    many(days)
    days.watch(2)
    assert Alert.objects.count() == 1
