"""Two accounts of one person count as one: in what comes, in what has begun, in lists, constraints and conflicts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from audit.integrity import findings
from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.access.door import Denied
from vetting.access.models import AccountProposal, RoleGrant
from vetting.accounts.models import Account
from vetting.administration.actions.link import Consequences, confirm_link
from vetting.administration.actions.proposals import locked_proposal, propose_link
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.models import Recusal, Vote
from vetting.recruitment.queries.visible import reach_of


def link(world: World, one: str, other: str, by: str = "hr_head") -> Consequences:
    """The two proposed by the administrator and confirmed; accounts and actors are read anew."""
    proposal = propose_link(world.accounts[one], world.accounts[other], by=world.actor("administrator"))
    with locked_proposal(proposal.pk) as fresh:
        told = confirm_link(fresh, by=world.actor(by))
    for name in (one, other):
        world.accounts[name] = Account.objects.select_related("person").get(pk=world.accounts[name].pk)
    return told


def asked(world: World, position: str = "buyer_lead") -> tuple[Walk, Any, UUID]:
    walk = Walk(world, position).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    return walk, finalist, walk.ask_opinion(finalist)


def test_from_then_on_two_accounts_are_one_pair_of_eyes(world: World) -> None:
    walk, _finalist, opinion = asked(world)
    walk.vote(opinion, "security_one")
    assert link(world, "security_one", "security_two") == Consequences()
    assert world.person_id("security_one") == world.person_id("security_two")
    with pytest.raises((Denied, IntegrityError)):
        walk.vote(opinion, "security_two")
    walk.vote(opinion, "security_three")
    assert walk.case().opinion(opinion).state == "approved"
    assert not list(findings())


def test_the_database_holds_it_too(world: World) -> None:
    """The row given by the account that was another's names the one who is kept, so that the table's rule is hers."""
    walk, _finalist, opinion = asked(world)
    walk.vote(opinion, "security_two")
    link(world, "security_one", "security_two")
    given = Vote.objects.get(opinion_id=opinion)
    assert given.person_id == world.person_id("security_one")
    walk.vote(opinion, "security_three")
    other = Vote.objects.get(opinion_id=opinion, person=world.person_id("security_three"))
    key = other.pk.hex if connection.vendor == "sqlite" else other.pk
    person = given.person_id.hex if connection.vendor == "sqlite" else given.person_id
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused, transaction.atomic():
        cursor.execute(
            "update recruitment_vote set person_id = %s, entry_id = entry_id + 1 where id = %s", [person, key]
        )
    assert "unique" in str(refused.value).lower()


def test_what_both_gave_in_one_round_is_taken_back_and_told(world: World) -> None:
    walk, finalist, opinion = asked(world)
    walk.vote(opinion, "security_one")
    walk.vote(opinion, "security_two")
    assert walk.case().opinion(opinion).state == "approved"
    assert link(world, "security_one", "security_two") == Consequences(opinions=1)
    case = walk.case()
    assert case.opinion(opinion).state == "invalidated"
    assert case.candidacy(finalist.pk).state == "checking"
    entry = Entry.objects.get(action="person.linked", subject=walk.pk)
    assert entry.actor_role == "hr_head"
    page = client_of(world, "manager").get(f"/rekryteringar/{walk.pk}/handelser/").content.decode()
    assert "två konton hör till samma person" in page
    again = walk.ask_opinion(finalist)
    walk.vote(again, "security_one")
    with pytest.raises((Denied, IntegrityError)):
        walk.vote(again, "security_two")
    walk.vote(again, "security_three")
    assert walk.case().opinion(again).state == "approved"
    assert not list(findings())


def test_whoever_prepared_or_manages_has_not_opined_through_another_account(world: World) -> None:
    """The same person as officer and as approver, each with a role that excludes the other's: both roles end too."""
    walk, _finalist, opinion = asked(world)
    walk.vote(opinion, "security_one")
    told = link(world, "hr", "security_one")
    assert told.opinions == 1
    assert told.roles == 3, "hr_officer in two units, and security_officer"
    assert walk.case().opinion(opinion).state == "invalidated"
    for name in ("hr", "security_one"):
        assert not world.actor(name).holds("hr_officer", "security_officer")
    ended = RoleGrant.objects.filter(reason="one_person")
    assert {grant.ended_by_id for grant in ended} == {world.person_id("hr_head")}


def test_a_decision_that_stands_already_is_counted_and_not_undone(world: World) -> None:
    walk, finalist, opinion = asked(world, "buyer")
    for name in ("security_one", "security_two")[: walk.case().opinion(opinion).approvers]:
        walk.vote(opinion, name)
    walk.sign(finalist)
    told = link(world, "hr", "security_one")
    assert (told.opinions, told.decided) == (0, 1)
    assert walk.case().decision_of(walk.case().candidacy(finalist.pk)) is not None


def test_a_role_that_one_person_signed_for_herself_ends(world: World) -> None:
    put(
        RoleGrant(
            person=world.person("employee"),
            role="registrar",
            authority=world.authority,
            state="active",
            proposed_by=world.person("administrator"),
            confirmed_by=world.person("security_head"),
            valid_from=world.today,
        )
    )
    world.hire("other_admin", "administrator")
    proposal = propose_link(
        world.accounts["employee"], world.accounts["security_head"], by=world.actor("other_admin")
    )
    with locked_proposal(proposal.pk) as fresh:
        assert confirm_link(fresh, by=world.actor("hr_head")).roles == 1
    assert RoleGrant.objects.get(role="registrar", person=world.person_id("employee")).state == "revoked"


@pytest.mark.parametrize("declarer", ["security_one", "security_two"])
def test_a_conflict_told_by_either_holds_for_both_accounts(world: World, declarer: str) -> None:
    walk, _finalist, _opinion = asked(world)
    other = {"security_one": "security_two", "security_two": "security_one"}[declarer]
    for name, state in ((declarer, "excluded"), (other, "clear")):
        row = Recusal.objects.filter(recruitment=walk.pk, person=world.person_id(name)).first()
        row = row or Recusal(recruitment_id=walk.pk, person=world.person(name), declared_on=walk.on)
        row.state, row.changed_at = state, world.person("hr").created_at
        if state == "excluded":
            row.decided_by, row.decided_on = world.person("hr_head"), walk.on
        put(row, "recusal.set")
    link(world, "security_one", "security_two")
    for name in ("security_one", "security_two"):
        actor = world.actor(name)
        assert "recused" in walk.case().facts_for(actor).relations
        assert not reach_of(actor).recruitments.filter(pk=walk.pk).exists()
        assert client_of(world, name).get(f"/rekryteringar/{walk.pk}/").status_code == 404
    assert Recusal.objects.filter(recruitment=walk.pk, person=world.person_id("security_one")).count() == 1
    assert not list(findings())


def test_what_she_decided_about_herself_waits_for_another(world: World) -> None:
    walk, _finalist, _opinion = asked(world)
    row = Recusal.objects.filter(recruitment=walk.pk, person=world.person_id("hr")).first()
    assert row is not None
    row.state, row.decided_by, row.decided_on = "participates", world.person("head"), walk.on
    put(row, "recusal.set")
    link(world, "hr", "head", by="security_head")
    row.refresh_from_db()
    assert (row.state, row.decided_by_id) == ("declared", None)


def test_her_recruitments_managers_and_delegations_follow(world: World) -> None:
    walk = Walk(world, "buyer").open()
    world.hire("managers_second")
    link(world, "managers_second", "manager")
    second = world.actor("managers_second")
    assert second.person_id == world.person_id("manager") == walk.case().recruitment.manager_id
    assert reach_of(second).recruitments.filter(pk=walk.pk).exists()
    assert not walk.case().manager.accounts.exclude(person=second.person_id).exists()


def test_everybody_is_signed_out_and_what_was_read_before_is_hers(world: World) -> None:
    walk = Walk(world, "buyer").open()
    reader, other = client_of(world, "security_head"), client_of(world, "employee")
    reader.get(f"/rekryteringar/{walk.pk}/")
    link(world, "employee", "security_head")
    assert reader.get("/arbete/").status_code == other.get("/arbete/").status_code == 302
    for name in ("employee", "security_head"):
        page = client_of(world, name).get("/min-laslogg/").content.decode()
        assert walk.case().recruitment.reference in page, name


def test_a_vote_that_waited_for_the_lock_meanwhile_is_refused(world: World) -> None:
    """Its actor was read before the link: the account is another person's by the time it writes."""
    walk, _finalist, opinion = asked(world)
    walk.vote(opinion, "security_one")
    stale = world.actor("security_two")
    case = walk.case()
    from vetting.recruitment.actions.opinion import take_opinion

    take_opinion(case, by=stale, opinion=case.opinion(opinion))
    link(world, "security_one", "security_two")
    with Case.locked(walk.pk) as fresh, pytest.raises(Denied):
        decide_opinion(fresh, by=stale, opinion=fresh.opinion(opinion), ballot=Ballot("supported"))


def test_an_accounts_row_from_before_put_back_by_hand_opens_nothing(world: World) -> None:
    account = world.accounts["security_two"]
    before = Account.objects.filter(pk=account.pk).values("person", "fingerprint").get()
    link(world, "security_one", "security_two")
    assert client_of(world, "security_two").get("/arbete/").status_code == 200
    Account.objects.filter(pk=account.pk).update(person=before["person"], fingerprint=before["fingerprint"])
    assert client_of(world, "security_two").get("/arbete/").status_code == 302


def test_who_proposes_and_who_confirms(world: World) -> None:
    address = f"/behorigheter/konton/{world.accounts['hr'].pk}/samma-person/"
    for name in ("hr_head", "security_head", "auditor", "hr", "employee"):
        assert client_of(world, name, fresh=True).post(address, filled(other="employee")).status_code == 404
    own = f"/behorigheter/konton/{world.accounts['administrator'].pk}/samma-person/"
    admin = client_of(world, "administrator", fresh=True)
    assert admin.post(own, filled(other="employee")).status_code == 404
    assert admin.post(address, filled(other="administrator")).status_code == 404
    assert admin.post(address, filled(other="nobody.here")).status_code == 422
    assert admin.post(address, filled(other="hr")).status_code == 422, "one account is one"
    assert admin.post(address, filled(other="hr_head", person="x", state="confirmed")).status_code == 302
    proposal = AccountProposal.objects.get()
    assert proposal.state == "proposed"
    here = f"/behorigheter/samma-person/{proposal.pk}/"
    for name in ("administrator", "hr_head", "auditor", "hr", "employee"):
        assert client_of(world, name, fresh=True).post(here, filled()).status_code == 404, name
    assert "Är det samma person?" in client_of(world, "security_head").get(here).content.decode()
    assert client_of(world, "security_head", fresh=True).post(here, filled()).status_code == 302
    assert client_of(world, "security_head", fresh=True).post(here, filled()).status_code == 409
