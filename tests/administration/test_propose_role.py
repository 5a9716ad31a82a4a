"""Proposing a role: by whoever administers, for somebody else, where and when the role can be held."""

from __future__ import annotations

from datetime import timedelta

import pytest

from audit.models import Entry
from tests.administration.proposals import confirmed, proposed, wanted
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.access.models import RoleGrant
from vetting.administration.actions.roles import propose_role
from vetting.policy.places import places_for
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.errors import BadInput

NEW = "/behorigheter/roller/ny/"


def test_a_proposal_gives_nothing_until_another_has_confirmed_it(world: World) -> None:
    grant = proposed(world)
    assert not world.actor("employee").holds("hr_officer")
    confirmed(world, grant)
    assert world.actor("employee").holds("hr_officer")
    told = list(Entry.objects.filter(subject=grant.pk).order_by("id").values_list("action", "actor_role"))
    assert told == [("role.proposed", "administrator"), ("role.confirmed", "hr_head")]


@pytest.mark.parametrize("name", ["hr_head", "security_head", "auditor", "hr", "employee"])
def test_nobody_but_an_administrator_proposes(world: World, name: str) -> None:
    with pytest.raises(Denied):
        propose_role(wanted(world, "other_hr", "registrar", world.authority), by=world.actor(name))
    assert client_of(world, name, fresh=True).get(NEW).status_code == 404


def test_nobody_proposes_a_role_for_herself_not_even_through_a_second_account(world: World) -> None:
    from vetting.accounts.models import Account

    person = world.person("administrator")
    world.accounts["second"] = Account.objects.create_user("second", None, person=person)
    for name in ("administrator", "second"):
        with pytest.raises(Denied):
            propose_role(wanted(world, name, "chief", world.authority), by=world.actor("administrator"))
    page = client_of(world, "administrator", fresh=True).post(
        NEW,
        filled(username="second", role="chief", place=str(world.authority.pk), valid_from=world.today),
    )
    assert page.status_code == 422
    assert "Du kan inte föreslå en roll åt dig själv" in page.content.decode()
    assert not RoleGrant.objects.filter(state="proposed").exists()


@pytest.mark.parametrize(
    "role", [code for code in ROLES if ROLES[code].incompatible_with and places_for(code)]
)
def test_every_incompatible_pair_is_refused(world: World, role: str) -> None:
    place = {"unit": world.units["school"], "authority": world.authority, "all": None}[places_for(role)[0]]
    decision = {"reference": "KS 2026 § 4", "decided_on": world.today}
    for other in ROLES[role].incompatible_with:
        world.hire(f"holder_of_{other}", other, authority=world.other_authority)
        with pytest.raises(BadInput) as refused:
            propose_role(
                wanted(world, f"holder_of_{other}", role, place, **decision), by=world.actor("administrator")
            )
        assert refused.value.errors == {"role": "incompatible"}, (role, other)


def test_roles_that_never_meet_on_a_day_may_follow_each_other(world: World) -> None:
    last = world.today + timedelta(days=10)
    confirmed(world, proposed(world, valid_to=last))
    with pytest.raises(BadInput):
        proposed(world, role="security_officer", place=world.authority, valid_from=last)
    later = proposed(
        world, role="security_officer", place=world.authority, valid_from=last + timedelta(days=1)
    )
    assert confirmed(world, later, by="security_head").state == "active"


def test_what_is_only_proposed_is_in_the_way_too(world: World) -> None:
    proposed(world)
    for role, place in (("security_officer", world.authority), ("hr_officer", world.units["school"])):
        with pytest.raises(BadInput):
            proposed(world, role=role, place=place)


@pytest.mark.parametrize(
    ("role", "place", "fault"),
    [
        ("hiring_manager", "authority", "place"),
        ("hr_head", "unit", "place"),
        ("registrar", "all", "place"),
        ("auditor", "authority", "place"),
        ("guest_approver", "authority", "role"),
        ("employee", "all", "role"),
        ("report_recipient", "authority", "reference"),
    ],
)
def test_a_role_is_held_where_it_can_be(world: World, role: str, place: str, fault: str) -> None:
    here = {"unit": world.units["school"], "authority": world.authority, "all": None}[place]
    with pytest.raises(BadInput) as refused:
        proposed(world, role=role, place=here)
    assert fault in refused.value.errors


def test_a_recipient_is_named_by_a_decision(world: World) -> None:
    decision = {"reference": "KS 2026 § 4", "decided_on": world.today}
    for part in decision:
        with pytest.raises(BadInput):
            proposed(world, role="report_recipient", place=None, **{part: decision[part]})
    grant = proposed(world, role="report_recipient", place=None, **decision)
    assert (grant.reference, grant.decided_on) == ("KS 2026 § 4", world.today)


def test_days_in_order_and_not_behind_us(world: World) -> None:
    before, after = world.today - timedelta(days=1), world.today + timedelta(days=9)
    for days in ({"valid_from": before}, {"valid_from": after, "valid_to": world.today}):
        with pytest.raises(BadInput):
            proposed(world, **days)


def test_the_page_takes_a_proposal_and_nothing_besides(world: World) -> None:
    """Who proposed, and in which state, follows from who acts: never from what is posted."""
    client = client_of(world, "administrator", fresh=True)
    sent = filled(
        username="employee",
        role="hr_officer",
        place=str(world.units["school"].pk),
        valid_from=world.today.isoformat(),
        state="active",
        person=str(world.person_id("administrator")),
        proposed_by=str(world.person_id("hr_head")),
        confirmed_by=str(world.person_id("security_head")),
    )
    assert client.post(NEW, sent).status_code == 302
    grant = RoleGrant.objects.get(role="hr_officer", person=world.person_id("employee"))
    assert (grant.state, grant.proposed_by_id) == ("proposed", world.person_id("administrator"))
    assert grant.confirmed_by_id is None
    assert client.post(NEW, sent).status_code == 302, "a second click"
    assert RoleGrant.objects.filter(person=world.person_id("employee")).count() == 1


def test_the_page_asks_for_the_password_first(world: World) -> None:
    sent = filled(
        username="employee",
        role="hr_officer",
        place=str(world.units["school"].pk),
        valid_from=world.today.isoformat(),
    )
    page = client_of(world, "administrator").post(NEW, sent)
    assert "Lösenord" in page.content.decode()
    assert not RoleGrant.objects.filter(state="proposed").exists()


def test_a_closed_account_and_an_unknown_one_are_told_at_the_field(world: World) -> None:
    world.accounts["employee"].is_active = False
    world.accounts["employee"].save()
    for name in ("employee", "nobody.here"):
        sent = filled(username=name, role="hr_officer", place="alla", valid_from=world.today.isoformat())
        page = client_of(world, "administrator", fresh=True).post(NEW, sent)
        assert page.status_code == 422
        assert "Det finns inget öppet konto" in page.content.decode()


def test_whom_a_role_is_for_stands_in_no_address(world: World) -> None:
    """From her account's page by its id; a user name would stay in histories, and in logs on the way."""
    account = world.accounts["employee"]
    admin = client_of(world, "administrator")
    there = f"/behorigheter/konton/{account.pk}/roll/"
    assert there in admin.get(f"/behorigheter/konton/{account.pk}/").text
    assert admin.get(there).context["form"].initial["username"] == account.username
    assert admin.get("/behorigheter/roller/ny/?konto=employee").context["form"].initial["username"] == ""
    assert admin.get(f"/behorigheter/konton/{world.authority.pk}/roll/").status_code == 404
    assert client_of(world, "hr_head").get(there).status_code == 404
