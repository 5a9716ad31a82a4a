"""The first two administrators: two persons, or nothing at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from vetting.access.actor import load_actor
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.administration.actions.accounts import NewAccount, create_account
from vetting.administration.actions.roles import Wanted, confirm_role, locked_role, propose_role

TWO = ["--administrator", "anna.ek", "Anna Ek", "--administrator", "bo.as", "Bo Ås"]


def bootstrap(*args):
    out = StringIO()
    call_command("bootstrap", *args, stdout=out)
    return dict(line.split("\t") for line in out.getvalue().splitlines())


def test_two_administrators_who_must_replace_the_passwords_they_are_shown(db):
    shown = bootstrap(*TWO)
    assert set(shown) == {"anna.ek", "bo.as"}
    assert len(set(shown.values())) == 2
    for username, password in shown.items():
        account = Account.objects.get(username=username)
        assert account.check_password(password)
        assert account.must_change_password
        assert RoleGrant.objects.filter(person=account.person, role="administrator").count() == 1
    assert Entry.objects.filter(action="account.created").count() == 2
    assert not any(password in str(row) for password in shown.values() for row in Entry.objects.values_list())


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (TWO[:3], "Two administrators"),
        ([*TWO[:3], "--administrator", "ANNA.EK", "Bo Ås"], "share a user name"),
        ([*TWO[:3], "--administrator", "anna.2", "anna ek"], "share a name"),
        ([*TWO[:3], "--administrator", "bo as", "Bo Ås"], "bo as"),
        ([*TWO[:3], "--administrator", "bo.as", " "], "needs a name"),
    ],
)
def test_anything_but_two_different_persons_is_refused(db, args, reason):
    with pytest.raises(CommandError, match=reason):
        bootstrap(*args)
    assert not Person.objects.exists()


def test_an_installation_with_an_account_is_refused(anna):
    with pytest.raises(CommandError, match="accounts already"):
        bootstrap(*TWO)
    assert Account.objects.count() == 1


def test_the_demonstration_is_refused(db, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="demonstration"):
        bootstrap(*TWO)


FOUR = [*TWO, "--hr-head", "eva.al", "Eva Al", "--security-head", "ulf.ask", "Ulf Ask"]
HEADS = FOUR[len(TWO) :]


def test_with_two_heads_nobody_signs_her_own_role_and_the_installation_can_go_to_work(db):
    """From the command to a third person's role, through the acts that the pages use."""
    assert set(bootstrap(*FOUR)) == {"anna.ek", "bo.as", "eva.al", "ulf.ask"}
    grants = RoleGrant.objects.all()
    assert sorted(grant.role for grant in grants) == [
        "administrator",
        "administrator",
        "hr_head",
        "security_head",
    ]
    for grant in grants:
        assert len({grant.person_id, grant.proposed_by_id, grant.confirmed_by_id}) == 3
    by = {name: load_actor(Account.objects.get(username=name)) for name in ("anna.ek", "eva.al")}
    account, _secret = create_account(NewAccount("rut.ro", "Rut Ro"), by=by["anna.ek"])
    grant = propose_role(Wanted(account.person, "auditor", None, by["anna.ek"].on), by=by["anna.ek"])
    with locked_role(grant.pk) as fresh:
        confirm_role(fresh, by=by["eva.al"])
    assert load_actor(account).holds("auditor")


def test_the_heads_may_come_later_and_only_while_nobody_confirms(db):
    bootstrap(*TWO)
    assert set(bootstrap(*HEADS)) == {"eva.al", "ulf.ask"}
    again = ["--hr-head", "ia.al", "Ia Al", "--security-head", "uno.ask", "Uno Ask"]
    with pytest.raises(CommandError, match="confirms roles already"):
        bootstrap(*again)
    Account.objects.filter(username="eva.al").update(is_active=False)
    with pytest.raises(CommandError, match="confirms roles already"):
        bootstrap(*again)
    Account.objects.filter(username="ulf.ask").update(is_active=False)
    assert set(bootstrap(*again)) == {"ia.al", "uno.ask"}


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ([], "Give --administrator twice"),
        (HEADS[:3], "together"),
        ([*TWO, *HEADS[:3]], "together"),
        (HEADS, "no administrator"),
        ([*TWO, *HEADS[:3], "--security-head", "ulf.ask", "Anna Ek"], "share a name"),
    ],
)
def test_half_of_the_heads_and_heads_of_nothing_are_refused(db, args, reason):
    with pytest.raises(CommandError, match=reason):
        bootstrap(*args)
    assert not Account.objects.exists()
