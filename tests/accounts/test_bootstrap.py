"""The first two administrators: two persons, or nothing at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from audit.models import Entry
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person

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
