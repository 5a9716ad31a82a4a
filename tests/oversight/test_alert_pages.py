"""*Varningar*: seen by their auditor alone, opened under an entry of their own, closed once with a reason."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.integrity import findings as broken
from audit.models import Entry
from audit.recorder import act
from tests.oversight.acts import Days
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.oversight.actions import alerts as actions
from vetting.oversight.models import Alert
from vetting.oversight.rules import Finding
from vetting.recruitment.actions.errors import BadInput, WrongState

LIST = "/granskning/varningar/"
REASON = "Hon gick igenom kön inför torsdagens möte."


@pytest.fixture
def days(world: World) -> Days:
    return Days(world)


@pytest.fixture
def alert(days: Days) -> Alert:
    """Thirteen sensitive recruitments read in an hour, pointed out to the auditor."""
    for number, case in enumerate(days.cases(13)):
        days.read("security_head", case, number / 20)
    days.watch(2)
    return Alert.objects.get()


def test_the_list_names_the_rule_and_nobody(world: World, alert: Alert) -> None:
    page = client_of(world, "auditor").get(LIST).content.decode()
    assert alert.number in page
    assert "Många känsliga rekryteringar på ett dygn" in page
    assert "Security Head" not in page
    assert not Entry.objects.filter(action="alert.viewed").exists()


def test_opening_one_is_recorded_first_and_tells_the_rules_reason(world: World, alert: Alert) -> None:
    page = client_of(world, "auditor").get(f"{LIST}{alert.pk}/").content.decode()
    entry = Entry.objects.get(action="alert.viewed")
    assert entry.subject == alert.pk
    assert entry.facts == {"role": "auditor", "alert": alert.number, "rule": "many_sensitive"}
    assert "Läste eller öppnade 11 rekryteringar på kontrollnivå 3 eller högre inom 24 timmar." in page
    assert "Security Head" in page
    assert "Fler än 10" in page
    assert page.count("/lasningar/") == 11
    own = client_of(world, "auditor").get("/min-laslogg/?slag=last").content.decode()
    assert f"läste varningen {alert.number}." in own


def test_it_is_not_shown_when_the_entry_cannot_be_written(
    world: World, alert: Alert, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_log(*args: Any, **kwargs: Any) -> None:
        raise OSError("no space")

    monkeypatch.setattr("vetting.access.reveal.record", broken_log)
    client = client_of(world, "auditor")
    client.raise_request_exception = False
    answer = client.get(f"{LIST}{alert.pk}/")
    assert answer.status_code >= 500
    assert "Security Head" not in answer.content.decode()


def test_nobody_else_finds_it_another_auditor_included(world: World, alert: Alert) -> None:
    world.hire("auditor_two", "auditor")
    for name in [*world.accounts]:
        if name == "auditor":
            continue
        client = client_of(world, name)
        assert client.get(f"{LIST}{alert.pk}/").status_code == 404, name
        assert (
            client.post(f"{LIST}{alert.pk}/stang/", filled(result="explained", reason=REASON)).status_code
            == 404
        )
        assert client.get(LIST).status_code == (200 if name == "auditor_two" else 404), name
    hidden = client_of(world, "auditor_two").get(f"{LIST}{alert.pk}/")
    absent = client_of(world, "auditor_two").get(f"{LIST}{uuid4()}/")
    assert hidden.content == absent.content
    assert "Inga varningar" in client_of(world, "auditor_two").get(LIST).content.decode()


def test_she_closes_it_once_with_a_reason_that_is_sealed(world: World, alert: Alert) -> None:
    client = client_of(world, "auditor")
    data = filled(result="forwarded", reason=REASON)
    for _click in range(2):
        answer = client.post(f"{LIST}{alert.pk}/stang/", data)
        assert (answer.status_code, answer["Location"]) == (302, LIST)
    fresh = Alert.objects.get()
    assert (fresh.state, fresh.closed_by_id) == ("forwarded", world.person_id("auditor"))
    entry = Entry.objects.get(action="alert.closed")
    assert entry.facts == {"role": "auditor", "alert": alert.number, "result": "forwarded"}
    assert REASON not in bytes(entry.leaf).decode()
    page = client.get(f"{LIST}{alert.pk}/").content.decode()
    assert REASON in page
    assert "Stäng varningen" not in page
    again = client.post(f"{LIST}{alert.pk}/stang/", filled(result="explained", reason=REASON))
    assert again.status_code == 409
    assert "redan stängd" in again.content.decode()
    log = client.get("/granskning/logg/?slag=granskning").content.decode()
    assert f"stängde varningen {alert.number}: lämnad vidare." in log
    assert not list(broken())


def test_a_reason_is_asked_for_and_what_was_typed_stays(world: World, alert: Alert) -> None:
    client = client_of(world, "auditor")
    for fields in (
        {"result": "explained", "reason": "Kort"},
        {"result": "", "reason": REASON},
        {"reason": ""},
    ):
        answer = client.post(f"{LIST}{alert.pk}/stang/", filled(**fields))
        assert answer.status_code == 422
        assert Alert.objects.get().state == "open"
    answer = client.post(f"{LIST}{alert.pk}/stang/", filled(result="", reason=REASON))
    assert REASON in answer.content.decode()


def test_whom_it_concerns_never_closes_it(world: World) -> None:
    now = world.person("hr").created_at
    finding = Finding("repeated_misses", world.person_id("auditor"), now, 10, 10, now)
    alert = actions.raise_alert(finding, auditor=world.person_id("auditor"))
    with pytest.raises(Denied):
        actions.close_alert(alert.pk, by=world.actor("auditor"), result="explained", reason=REASON)
    assert Alert.objects.get().state == "open"
    assert not Entry.objects.filter(action="alert.closed").exists()
    answer = client_of(world, "auditor").post(
        f"{LIST}{alert.pk}/stang/", filled(result="explained", reason=REASON)
    )
    assert answer.status_code == 404


def test_the_action_refuses_what_the_page_does_not_offer(world: World, alert: Alert) -> None:
    by = world.actor("auditor")
    with pytest.raises(BadInput):
        actions.close_alert(alert.pk, by=by, result="forgotten", reason=REASON)
    actions.close_alert(alert.pk, by=by, result="explained", reason=REASON)
    with pytest.raises(WrongState):
        actions.close_alert(alert.pk, by=by, result="explained", reason=REASON)
    with pytest.raises(Denied):
        actions.close_alert(alert.pk, by=world.actor("registrar"), result="explained", reason=REASON)


@pytest.mark.parametrize("field", ["state", "closed_by", "auditor"])
def test_the_database_refuses_half_a_closing(world: World, alert: Alert, field: str) -> None:
    actions.close_alert(alert.pk, by=world.actor("auditor"), result="explained", reason=REASON)
    fresh = Alert.objects.get()
    value = {"state": "open", "closed_by": None, "auditor": world.person("registrar")}[field]
    setattr(fresh, field, value)
    with pytest.raises(IntegrityError), transaction.atomic(), act("alert.assigned", actions.SYSTEM) as entry:
        entry.save(fresh)


def test_a_protected_member_of_staff_is_not_named(world: World, alert: Alert) -> None:
    person = world.person("security_head")
    person.is_protected = True
    put(person)
    page = client_of(world, "auditor").get(f"{LIST}{alert.pk}/").content.decode()
    assert "Namnet visas inte" in page
    assert "Security Head" not in page


def test_what_can_no_longer_be_read_is_said(world: World, alert: Alert) -> None:
    from vetting.crypto import keystore

    keystore.destroy(alert.pk)
    page = client_of(world, "auditor").get(f"{LIST}{alert.pk}/").content.decode()
    assert "kan inte läsas längre" in page


def test_the_overview_counts_what_waits(world: World, alert: Alert) -> None:
    page = client_of(world, "auditor").get("/granskning/").content.decode()
    assert "Varningar att bedöma" in page
    assert client_of(world, "auditor").get("/granskning/").context["first"][0].count == 1
    for name in ("security_head", "administrator"):
        assert "Varningar att bedöma" not in client_of(world, name).get("/granskning/").content.decode()


def test_an_alert_without_an_auditor_is_told_without_saying_of_whom(days: Days) -> None:
    for number in range(10):
        days.search("auditor", number / 100)
    days.watch(1)
    for name in ("administrator", "security_head", "auditor"):
        page = client_of(days.world, name).get("/granskning/").content.decode()
        assert "1 varning väntar på en revisor" in page
    assert "Inga varningar" in client_of(days.world, "auditor").get(LIST).content.decode()
