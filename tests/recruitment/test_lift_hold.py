"""A legal hold is lifted by two persons: one proposes, another lifts or keeps; until then nothing is disposed of."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from audit.integrity import findings
from audit.models import Entry
from tests.administration.test_link import link
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.visit import client_of
from tests.recruitment.waivers import raw
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.accounts.models import Account
from vetting.policy.limitation import claim_times
from vetting.recruitment.actions.declaration import set_recusal
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.recruitment.actions.hold import confirm_lift, keep_hold, propose_lift, set_hold
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.holds import holds_visible_to, to_be_lifted

EVERYBODY = (
    "manager", "hr", "other_hr", "hr_head", "security_one", "security_head", "registrar", "archivist",
    "data_protection_officer", "auditor", "administrator", "chief", "employee", "head",
)  # fmt: skip
SAYS_NO = (Denied, SamePerson)


@pytest.fixture
def held(world: World) -> Walk:
    """A recruitment about which a claim has come in."""
    walk = Walk(world, "assistant").open()
    set_hold(walk.case(), by=world.actor("hr"), ground="claim")
    return walk


def propose(walk: Walk, by: str = "hr_head") -> None:
    propose_lift(walk.case(), by=walk.world.actor(by), reason="claim_settled")


def stored(walk: Walk) -> Recruitment:
    return Recruitment.objects.get(pk=walk.pk)


def test_one_proposes_and_another_lifts_and_the_log_tells_codes_alone(held: Walk) -> None:
    propose(held)
    assert (stored(held).hold_state, stored(held).is_held) == ("lift_proposed", True)
    confirm_lift(held.case(), by=held.world.actor("registrar"))
    now = stored(held)
    assert (now.hold_state, now.is_held) == ("lifted", False)
    assert (now.lift_proposed_by_id, now.lifted_by_id) == (
        held.world.person_id("hr_head"),
        held.world.person_id("registrar"),
    )
    told = {e.action: set(e.facts) for e in Entry.objects.filter(action__startswith="hold.")}
    assert told == {
        "hold.set": {"role", "reference", "ground", "date"},
        "hold.lift_proposed": {"role", "reference", "reason_code"},
        "hold.lifted": {"role", "reference"},
    }
    assert not list(findings())


def test_kept_by_another_it_stands_and_may_be_proposed_and_set_anew(held: Walk) -> None:
    propose(held)
    keep_hold(held.case(), by=held.world.actor("archivist"), reason="not_final")
    assert (stored(held).hold_state, stored(held).lift_reason) == ("in_force", "")
    propose(held, "registrar")
    confirm_lift(held.case(), by=held.world.actor("archivist"))
    set_hold(held.case(), by=held.world.actor("hr"), ground="supervision")
    now = stored(held)
    assert (now.hold_state, now.legal_hold_ground, now.lifted_by_id) == ("in_force", "supervision", None)


def test_no_step_is_taken_out_of_turn_or_for_a_reason_of_ones_own(held: Walk) -> None:
    registrar, head = held.world.actor("registrar"), held.world.actor("hr_head")
    with pytest.raises(WrongState):
        confirm_lift(held.case(), by=registrar)
    with pytest.raises(WrongState):
        keep_hold(held.case(), by=registrar, reason="not_final")
    with pytest.raises(BadInput):
        propose_lift(held.case(), by=head, reason="because")
    propose(held)
    with pytest.raises(WrongState):
        propose(held, "registrar")
    with pytest.raises(WrongState):
        set_hold(held.case(), by=held.world.actor("hr"), ground="claim")
    with pytest.raises(BadInput):
        keep_hold(held.case(), by=registrar, reason="because")
    confirm_lift(held.case(), by=registrar)
    with pytest.raises(WrongState):
        keep_hold(held.case(), by=registrar, reason="not_final")


def test_each_act_is_for_those_of_the_agreed_table(held: Walk) -> None:
    may = {"hr_head": {"propose", "confirm", "keep"}, "archivist": {"confirm", "keep"}}
    may["registrar"] = may["hr_head"]
    found: dict[str, set[str]] = {}
    for name in EVERYBODY:
        actor = held.world.actor(name)
        acts = {
            "propose": lambda name=name: propose(held, name),
            "confirm": lambda actor=actor: confirm_lift(held.case(), by=actor),
            "keep": lambda actor=actor: keep_hold(held.case(), by=actor, reason="not_final"),
        }
        for act, do in acts.items():
            with transaction.atomic():
                try:
                    do()
                except Denied:
                    continue
                except WrongState:
                    pass
                finally:
                    transaction.set_rollback(True)
            found.setdefault(name, set()).add(act)
    assert found == may


def test_whoever_proposed_neither_lifts_nor_keeps_with_either_account(held: Walk) -> None:
    world = held.world
    propose(held)
    world.accounts["again"] = Account.objects.create_user(
        "again", "hemligt-lösenord-7", person=world.person("hr_head")
    )
    for name in ("hr_head", "again"):
        with pytest.raises(SAYS_NO):
            confirm_lift(held.case(), by=world.actor(name))
        with pytest.raises(SAYS_NO):
            keep_hold(held.case(), by=world.actor(name), reason="not_final")
    assert stored(held).hold_state == "lift_proposed"


def test_whoever_stands_aside_has_no_part_in_it(held: Walk) -> None:
    world = held.world
    propose(held)
    set_recusal(
        held.case(), by=world.actor("security_head"), person_id=world.person_id("registrar"),
        reason="Nära släkt, deltar inte.",
    )  # fmt: skip
    with pytest.raises(Denied):
        confirm_lift(held.case(), by=world.actor("registrar"))
    assert list(holds_visible_to(world.actor("registrar"))) == []


def test_the_database_refuses_what_the_program_refuses(held: Walk) -> None:
    head, day = held.world.person_id("hr_head"), held.on
    alone: list[dict[str, Any]] = [
        {"lifted_by_id": head, "lifted_on": day},
        {"lift_proposed_by_id": head, "lift_proposed_on": day, "lift_reason": ""},
        {"lift_proposed_by_id": head, "lift_reason": "claim_settled"},
        {"lift_proposed_by_id": head, "lift_reason": "x", "lift_proposed_on": day - timedelta(days=1)},
        {"lifted_on": day},
    ]
    for columns in alone:
        with pytest.raises(IntegrityError):
            raw("recruitment_recruitment", held.pk, **columns)
    propose(held)
    for columns in (
        {"lifted_by_id": head, "lifted_on": day},
        {"lifted_by_id": held.world.person_id("registrar")},
        {"legal_hold_since": None},
    ):
        with pytest.raises(IntegrityError):
            raw("recruitment_recruitment", held.pk, **columns)


def test_two_accounts_that_turn_out_to_be_one_persons_have_lifted_nothing(held: Walk) -> None:
    world = held.world
    propose(held)
    confirm_lift(held.case(), by=world.actor("registrar"))
    cancel_recruitment(held.case(), by=world.actor("manager"), reason="budget", informed_on=held.on)
    assert link(world, "hr_head", "registrar", by="security_head").holds == 1
    assert (stored(held).hold_state, stored(held).legal_hold_since) == ("in_force", held.on)
    assert Entry.objects.filter(action="hold.set", subject=held.pk).count() == 2
    assert not list(findings())


@pytest.mark.parametrize("ended", [False, True])
def test_a_lift_that_waits_is_not_confirmed_with_her_other_account(held: Walk, ended: bool) -> None:
    world = held.world
    if ended:
        cancel_recruitment(held.case(), by=world.actor("manager"), reason="budget", informed_on=held.on)
    propose(held, "registrar")
    link(world, "hr_head", "registrar", by="security_head")
    assert stored(held).lift_proposed_by_id == world.person_id("hr_head")
    with pytest.raises(SAYS_NO):
        confirm_lift(held.case(), by=world.actor("hr_head"))
    assert not list(findings())


# -- the pages -----------------------------------------------------------------------------------------------


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_the_way_of_a_hold_through_the_pages(held: Walk) -> None:
    world = held.world
    head, archivist = signed_in(world, "hr_head"), client_of(world, "archivist")
    case_page = page_of(head, url("recruitment_view", held))
    assert "Anspråk har kommit in" in case_page
    assert url("hold_view", held) in case_page
    assert "Anspråk inkommet" not in case_page
    assert page_of(head, url("hold_view", held)).count('name="reason"') == 5
    assert post(head, url("propose_lift_hold", held)).status_code == 422
    assert post(head, url("propose_lift_hold", held), reason="claim_settled").status_code == 302
    own = page_of(head, url("hold_view", held))
    assert "Du har själv föreslagit" in own
    assert url("confirm_lift_hold", held) not in own
    assert post(head, url("confirm_lift_hold", held)).status_code == 404
    assert url("confirm_lift_hold", held) in page_of(archivist, url("hold_view", held))
    asked = post(archivist, url("confirm_lift_hold", held))
    assert asked.status_code == 401, "who it is is asked once more"
    assert stored(held).is_held
    archivist = client_of(world, "archivist", fresh=True)
    assert post(archivist, url("keep_hold", held), reason="not_final").status_code == 302
    assert post(head, url("propose_lift_hold", held), reason="claim_withdrawn").status_code == 302
    answer = post(archivist, url("confirm_lift_hold", held))
    assert (answer.status_code, answer["Location"]) == (302, url("hold_view", held))
    assert not stored(held).is_held
    assert "Hävt" in page_of(archivist, url("hold_view", held))
    timeline = page_of(head, url("recruitment_timeline", held))
    assert "hävde gallringsstoppet." in timeline
    assert "föreslog att gallringsstoppet hävs." in timeline
    assert "behöll gallringsstoppet." in timeline
    assert "Avgörandet är inte slutligt".lower() in timeline.lower()
    assert "Anspråk inkommet" in page_of(head, url("recruitment_view", held))


def test_the_list_and_my_work_tell_whom_it_waits_for(held: Walk) -> None:
    world = held.world
    other = Walk(world, "clerk").open()
    set_hold(other.case(), by=world.actor("hr"), ground="record_request")
    propose(held)
    work = reverse("work")
    for name in ("registrar", "archivist"):
        tasks = signed_in(world, name).get(work).context["tasks"]
        assert [task.url for task in tasks] == [url("hold_view", held)], name
    assert not [t for t in signed_in(world, "hr_head").get(work).context["tasks"] if "stopp" in t.name]
    assert to_be_lifted(world.actor("hr")) is None
    listed = reverse("hold_list")
    for name in ("hr", "hr_head", "registrar", "archivist", "data_protection_officer"):
        client = signed_in(world, name)
        answer = client.get(listed)
        shown = [row.recruitment.pk for row in answer.context["rows"]]
        assert shown == [held.pk, other.pk], name
        assert [link.count for link in answer.context["tabs"]] == [2, 1]
        assert listed in page_of(client, work)
        for row in answer.context["rows"]:
            client.get(reverse("hold_view", kwargs={"pk": row.recruitment.pk}))
        narrowed = client.get(listed, {"visa": "foreslagna"}).context["rows"]
        assert [row.recruitment.pk for row in narrowed] == [held.pk]
    assert not signed_in(world, "other_hr").get(listed).context["rows"]
    for name in ("manager", "security_head", "employee"):
        assert signed_in(world, name).get(listed).status_code == 404
        assert signed_in(world, name).get(url("hold_view", held)).status_code == 404
    assert "Inget gallras" not in page_of(signed_in(world, "manager"), url("recruitment_view", held))


def test_every_link_of_the_hold_opens_for_whoever_sees_it(held: Walk) -> None:
    for name in ("hr", "hr_head", "registrar", "archivist", "data_protection_officer"):
        client = signed_in(held.world, name)
        answer = client.get(url("hold_view", held))
        for address in (answer.context["case_url"], answer.context["set_url"]):
            assert not address or client.get(address).status_code == 200, (name, address)


def test_the_times_for_claims_run_from_the_day_the_decision_is_final() -> None:
    made, final = date(2026, 1, 15), date(2026, 2, 28)
    times = claim_times(made, final, is_reviewable=True)
    assert times is not None
    assert (times.starts_on, times.soonest, times.latest) == (final, date(2026, 6, 28), date(2028, 2, 28))
    assert claim_times(made, None, is_reviewable=True) is None
    of_company = claim_times(made, None, is_reviewable=False)
    assert of_company is not None
    assert of_company.latest == date(2028, 1, 15)


def test_the_page_tells_until_when_a_claim_can_come(held: Walk) -> None:
    walk = held
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    client = signed_in(walk.world, "hr_head")
    assert "Laga kraft är inte antecknad" in page_of(client, url("hold_view", walk))
    assert "räknas från laga kraft" in page_of(client, reverse("hold_list"))
    decision = walk.case().decisions[0]
    day = walk.on
    decision.reported_on = decision.minutes_approved_on = decision.posted_on = day
    decision.final_on = day + timedelta(days=21)
    put(decision)
    times = claim_times(day, decision.final_on, is_reviewable=True)
    assert times is not None
    from vetting.web.days import day_or_dash

    for address in (url("hold_view", walk), reverse("hold_list")):
        assert day_or_dash(times.latest) in page_of(client, address)
