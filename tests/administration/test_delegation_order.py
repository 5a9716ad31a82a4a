"""The delegation order: a point is proposed by one person and confirmed by another against the committee's decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.clock import at, now
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.administration.actions.delegation_order import (
    NewPoint,
    confirm_point,
    locked_proposal,
    propose_end,
    propose_point,
)
from vetting.organisation.models import DelegationPoint, DelegationProposal
from vetting.recruitment.actions.errors import BadInput, WrongState

ORDER = "/behorigheter/delegationsordning/"


def new(world: World, delegate: str = "other_manager", **more: Any) -> NewPoint:
    given: dict[str, Any] = {
        "unit": world.units["school"],
        "code": "4.2",
        "forms": ("permanent",),
        "leading_posts": False,
        "delegate": world.person(delegate),
        "is_substitute": False,
        "escalates_to": None,
        "valid_from": world.today,
    }
    return NewPoint(**(given | more))


def test_proposed_on_a_page_and_confirmed_on_another_by_somebody_else(world: World) -> None:
    sent = filled(
        unit=str(world.units["school"].pk),
        code="4.2",
        delegate="other_manager",
        engagement_forms=["permanent", "fixed_term"],
        escalates_to="head",
        valid_from=str(world.today),
    )
    answer = client_of(world, "hr", fresh=True).post(f"{ORDER}ny/", sent)
    assert answer.status_code == 302
    proposal = DelegationProposal.objects.get()
    assert not DelegationPoint.objects.filter(code="4.2").exists()
    head = client_of(world, "hr_head", fresh=True)
    address = f"{ORDER}forslag/{proposal.pk}/"
    assert address in head.get(ORDER).content.decode()
    assert head.post(address, filled(section="")).status_code == 422
    assert head.post(address, filled(section="UBN 2026 § 12")).status_code == 302
    point = DelegationPoint.objects.get(code="4.2")
    assert (point.delegate_id, point.escalates_to_id) == (
        world.person_id("other_manager"),
        world.person_id("head"),
    )
    entry = Entry.objects.get(action="delegation_order.confirmed")
    assert entry.subject == proposal.pk
    assert head.post(address, filled(section="UBN 2026 § 12")).status_code == 409
    assert "4.2" in head.get(ORDER).content.decode()


def test_nobody_confirms_her_own_proposal_or_what_she_gets_herself(world: World) -> None:
    by_registrar = propose_point(new(world), by=world.actor("registrar"))
    with locked_proposal(by_registrar.pk) as fresh, pytest.raises(Denied):
        confirm_point(fresh, by=world.actor("registrar"), section="§ 1")
    for gets in ({"delegate": "hr_head"}, {"escalates_to": world.person("hr_head")}):
        proposal = propose_point(new(world, **gets), by=world.actor("hr"))
        with locked_proposal(proposal.pk) as fresh, pytest.raises(Denied):
            confirm_point(fresh, by=world.actor("hr_head"), section="§ 1")
        with locked_proposal(proposal.pk) as fresh:
            confirm_point(fresh, by=world.actor("registrar"), section="§ 1")


def test_the_database_says_no_to_one_signature(world: World) -> None:
    proposal = propose_point(new(world), by=world.actor("hr"))
    proposal.state, proposal.section, proposal.answered_on = "confirmed", "§ 1", world.today
    proposal.point = DelegationPoint.objects.first()
    for person in ("hr", "other_manager"):
        proposal.answered_by = world.person(person)
        with pytest.raises(IntegrityError), transaction.atomic():
            put(proposal, "delegation_order.confirmed")


def test_with_a_confirmed_point_she_decides_and_after_its_last_day_no_longer(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    DelegationPoint.objects.get(unit=world.units["school"])
    point = DelegationPoint.objects.get(unit=world.units["school"])
    assert 'name="last_day"' in client_of(world, "hr", fresh=True).get(f"{ORDER}{point.pk}/upphor/").text
    ending = propose_end(point, by=world.actor("hr"), last_day=world.today)
    point.refresh_from_db()
    assert point.valid_to is None, "nothing of a proposal has effect"
    with pytest.raises(WrongState):
        propose_end(point, by=world.actor("hr"), last_day=world.today)
    with locked_proposal(ending.pk) as fresh:
        confirm_point(fresh, by=world.actor("hr_head"), section="UBN 2026 § 13")
    point.refresh_from_db()
    assert point.valid_to == world.today
    assert point.is_in_force(world.today)
    assert not point.is_in_force(world.today + timedelta(days=1))


def test_a_proposal_to_end_never_makes_it_last_longer(world: World) -> None:
    point = DelegationPoint.objects.get(unit=world.units["school"])
    week = world.today + timedelta(days=7)
    ending = propose_end(point, by=world.actor("hr"), last_day=week)
    with locked_proposal(ending.pk) as fresh:
        confirm_point(fresh, by=world.actor("hr_head"), section="UBN 2026 § 14")
    point.refresh_from_db()
    assert point.valid_to == week
    for later in (week, week + timedelta(days=3650)):
        with pytest.raises(BadInput) as told:
            propose_end(point, by=world.actor("hr"), last_day=later)
        assert told.value.errors == {"last_day": "last_day_extends"}
    sooner = propose_end(point, by=world.actor("hr"), last_day=world.today)
    with at(now() + timedelta(days=3)), locked_proposal(sooner.pk) as fresh:
        confirm_point(fresh, by=world.actor("hr_head"), section="UBN 2026 § 15")
    point.refresh_from_db()
    assert point.valid_to == world.today + timedelta(days=3), "what was signed on the days between stands"


def test_a_no_leaves_everything_as_it_was(world: World) -> None:
    proposal = propose_point(new(world), by=world.actor("hr"))
    before = DelegationPoint.objects.count()
    address = f"{ORDER}forslag/{proposal.pk}/avsla/"
    assert client_of(world, "hr", fresh=True).post(address, filled()).status_code == 404
    assert client_of(world, "hr_head", fresh=True).post(address, filled()).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, DelegationPoint.objects.count()) == ("rejected", before)
    assert Entry.objects.filter(action="delegation_order.rejected", subject=proposal.pk).exists()


def test_what_cannot_be_is_told_of_on_the_form(world: World) -> None:
    client = client_of(world, "hr", fresh=True)
    whole = {
        "unit": str(world.units["school"].pk),
        "code": "4.2",
        "delegate": "other_manager",
        "engagement_forms": ["permanent"],
        "valid_from": str(world.today),
    }
    wrong: tuple[dict[str, Any], ...] = (
        {"code": " "},
        {"delegate": "nobody.at.all"},
        {"engagement_forms": ["elected"]},
        {"engagement_forms": []},
        {"escalates_to": "other_manager"},
        {"unit": str(uuid4())},
        {"valid_to": str(world.today - timedelta(days=1))},
    )
    for fault in wrong:
        assert client.post(f"{ORDER}ny/", filled(**(whole | fault))).status_code == 422, fault
    assert not DelegationProposal.objects.exists()


def test_it_is_read_proposed_and_confirmed_by_those_agreed(world: World) -> None:
    proposal = propose_point(new(world, delegate="chief"), by=world.actor("hr"))
    readers = {
        "manager", "other_manager", "head", "hr", "other_hr", "hr_head", "security_head", "registrar",
        "data_protection_officer", "auditor", "administrator",
    }  # fmt: skip
    proposers, confirmers = {"hr", "other_hr", "registrar"}, {"hr_head", "registrar"}
    for name in world.accounts:
        if name.startswith("signer"):
            continue
        client = client_of(world, name, fresh=True)
        seen = client.get(ORDER).status_code
        assert seen == (200 if name in readers else 404), name
        assert client.get(f"{ORDER}ny/").status_code == (200 if name in proposers else 404), name
        address = f"{ORDER}forslag/{proposal.pk}/"
        assert client.get(address).status_code == (200 if name in confirmers else 404), name


def test_an_officer_of_another_unit_proposes_nothing_here(world: World) -> None:
    with pytest.raises(Denied):
        propose_point(new(world), by=world.actor("other_hr"))
    page = client_of(world, "other_hr").get(reverse("propose_point")).content.decode()
    assert "Ekskolan" in page
    assert "Björkskolan" not in page
