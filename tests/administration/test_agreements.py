"""Work that one authority's function does for another: proposed by an administrator, confirmed with its decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from audit.clock import at, now
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.access.actor import load_actor
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.administration.actions.agreements import (
    NewAgreement,
    confirm_agreement,
    locked_agreement,
    propose_agreement,
    propose_agreement_end,
)
from vetting.organisation.models import AgreementProposal, Authority, ServiceAgreement
from vetting.recruitment.actions.errors import BadInput, WrongState

WORK = "/behorigheter/uppdrag/"


@pytest.fixture
def company(world: World) -> Authority:
    """A company that nobody works for yet, and a registrar of its own."""
    found = Authority(
        organisation=world.authority.organisation, name="Nordviks Hamn AB", entity="company", diary_prefix="H"
    )
    put(found)
    world.hire("harbour_registrar", "registrar", authority=found)
    return found


def proposed(world: World, company: Authority, **more: Any) -> AgreementProposal:
    wanted = NewAgreement("hr", world.other_authority, company, world.today, **more)
    return propose_agreement(wanted, by=world.actor("administrator"))


def reaches(world: World, name: str, body: Authority) -> bool:
    return any(body.pk in held.authorities for held in load_actor(world.accounts[name]).roles)


def test_nobody_reaches_anything_before_another_person_has_confirmed(
    world: World, company: Authority
) -> None:
    sent = filled(
        function="hr",
        provider=str(world.other_authority.pk),
        receiver=str(company.pk),
        valid_from=str(world.today),
    )
    assert client_of(world, "administrator", fresh=True).post(f"{WORK}nytt/", sent).status_code == 302
    proposal = AgreementProposal.objects.get()
    assert not reaches(world, "hr_head", company)
    client = client_of(world, "harbour_registrar", fresh=True)
    address = f"{WORK}forslag/{proposal.pk}/"
    assert address in client.get(WORK).content.decode()
    assert client.post(address, filled(section=" ")).status_code == 422
    assert client.post(address, filled(section="Styrelsen 2026 § 4")).status_code == 302
    agreement = ServiceAgreement.objects.get(receiver=company)
    assert agreement.reference == "Styrelsen 2026 § 4"
    assert reaches(world, "hr_head", company)
    assert Entry.objects.filter(action="service_agreement.confirmed", subject=proposal.pk).exists()
    assert client.post(address, filled(section="Styrelsen 2026 § 4")).status_code == 409


def test_only_those_of_the_authority_that_is_reached_confirm(world: World, company: Authority) -> None:
    proposal = proposed(world, company)
    for name in world.accounts:
        client = client_of(world, name, fresh=True)
        expected = 200 if name == "harbour_registrar" else 404
        assert client.get(f"{WORK}forslag/{proposal.pk}/").status_code == expected, name
        assert client.get(f"{WORK}nytt/").status_code == (200 if name == "administrator" else 404), name


def test_the_side_that_gains_never_confirms(world: World, company: Authority) -> None:
    """Neither a head of the whole municipality nor whoever works there by another agreement speaks for the company."""
    world.hire("whole", "hr_head")
    with locked_agreement(proposed(world, company).pk) as first:
        confirm_agreement(first, by=world.actor("harbour_registrar"), section="§ 4")
    registry = NewAgreement("registry", world.other_authority, company, world.today)
    second = propose_agreement(registry, by=world.actor("administrator"))
    for name in ("whole", "hr_head", "registrar"):
        with pytest.raises(Denied), locked_agreement(second.pk) as fresh:
            confirm_agreement(fresh, by=world.actor(name), section="§ 5")
        address = f"{WORK}forslag/{second.pk}/"
        assert client_of(world, name, fresh=True).get(address).status_code == 404, name
    with locked_agreement(second.pk) as fresh:
        confirm_agreement(fresh, by=world.actor("harbour_registrar"), section="§ 5")


@pytest.mark.parametrize("whose", ["provider", "nobody", "untrue"])
def test_the_database_says_no_to_the_side_that_gains(world: World, company: Authority, whose: str) -> None:
    proposal = proposed(world, company)
    roles = RoleGrant.objects.filter(role="registrar")
    gains, gives = roles.get(authority=world.other_authority), roles.get(authority=company)
    proposal.answered_as, proposal.authority = {
        "provider": (gains, world.other_authority),
        "nobody": (None, company),
        "untrue": (gains, company),
    }[whose]
    proposal.state, proposal.section, proposal.answered_on = "confirmed", "§ 1", world.today
    proposal.agreement, proposal.answered_by = ServiceAgreement.objects.first(), world.person("registrar")
    with pytest.raises(DatabaseError), transaction.atomic():
        put(proposal, "service_agreement.confirmed")
    assert gives.pk != gains.pk


def test_the_database_says_no_to_one_signature(world: World, company: Authority) -> None:
    proposal = proposed(world, company)
    proposal.state, proposal.section, proposal.answered_on = "confirmed", "§ 1", world.today
    proposal.agreement = ServiceAgreement.objects.first()
    proposal.answered_by = world.person("administrator")
    with pytest.raises(IntegrityError), transaction.atomic():
        put(proposal, "service_agreement.confirmed")


def test_it_ends_by_two_persons_too(world: World, company: Authority) -> None:
    first = proposed(world, company)
    with locked_agreement(first.pk) as fresh:
        agreement = confirm_agreement(fresh, by=world.actor("harbour_registrar"), section="§ 4")
    form = client_of(world, "administrator", fresh=True).get(f"{WORK}{agreement.pk}/upphor/")
    assert 'name="last_day"' in form.text
    ending = propose_agreement_end(agreement, by=world.actor("administrator"), last_day=world.today)
    assert reaches(world, "hr_head", company)
    with pytest.raises(WrongState):
        propose_agreement_end(agreement, by=world.actor("administrator"), last_day=world.today)
    with locked_agreement(ending.pk) as fresh:
        confirm_agreement(fresh, by=world.actor("harbour_registrar"), section="§ 9")
    with pytest.raises(BadInput) as told:
        propose_agreement_end(
            ServiceAgreement.objects.get(pk=agreement.pk),
            by=world.actor("administrator"),
            last_day=world.today + timedelta(days=3650),
        )
    assert told.value.errors == {"last_day": "last_day_extends"}
    with at(now() + timedelta(days=2)):
        assert not reaches(world, "hr_head", company)


def test_a_no_leaves_everything_as_it_was(world: World, company: Authority) -> None:
    proposal = proposed(world, company)
    address = f"{WORK}forslag/{proposal.pk}/avsla/"
    assert client_of(world, "administrator", fresh=True).post(address, filled()).status_code == 404
    assert client_of(world, "harbour_registrar", fresh=True).post(address, filled()).status_code == 302
    assert not ServiceAgreement.objects.filter(receiver=company).exists()
    assert Entry.objects.filter(action="service_agreement.rejected", subject=proposal.pk).exists()


def test_two_different_bodies_and_days_in_order(world: World, company: Authority) -> None:
    client = client_of(world, "administrator", fresh=True)
    whole = {
        "function": "hr",
        "provider": str(world.other_authority.pk),
        "receiver": str(company.pk),
        "valid_from": str(world.today),
    }
    wrong: tuple[dict[str, str], ...] = (
        {"provider": str(company.pk)},
        {"function": "cleaning"},
        {"valid_to": str(world.today - timedelta(days=1))},
        {"receiver": ""},
    )
    for fault in wrong:
        assert client.post(f"{WORK}nytt/", filled(**(whole | fault))).status_code == 422, fault
    assert client.post(f"{WORK}nytt/", filled(**whole)).status_code == 302
    assert client.post(f"{WORK}nytt/", filled(**whole)).status_code == 409, "one waits already"
