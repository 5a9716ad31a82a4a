"""What can never be true of an account, whoever writes to the database."""

import pytest
from django.db import IntegrityError, transaction

from audit.recorder import Who, act
from vetting.accounts.models import Account


def save_in_an_act(person):
    facts = {"role": "system", "method": "test"}
    with act("account.created", Who(None, None, "system"), facts=facts) as a:
        a.save(person)


def by_save(anna):
    anna.is_superuser = True
    anna.save()


def by_update(anna):
    Account.objects.filter(pk=anna.pk).update(is_superuser=True)


def by_bulk(anna):
    Account.objects.bulk_create([Account(username="b", person=anna.person, is_superuser=True)])


@pytest.mark.parametrize("way", [by_save, by_update, by_bulk])
def test_a_superuser_cannot_be_stored(anna, way):
    with pytest.raises(IntegrityError), transaction.atomic():
        way(anna)
    assert not Account.objects.filter(is_superuser=True).exists()
    assert not hasattr(Account.objects, "create_superuser")


def test_nobody_is_staff_and_django_answers_no_to_every_permission(anna):
    assert not anna.is_staff
    assert not anna.has_perm("accounts.view_person")
    assert anna.get_all_permissions() == set()


def test_a_person_may_have_several_accounts(anna, make_account):
    second = make_account("anna.reserv", anna.person)
    assert set(anna.person.accounts.all()) == {anna, second}


def test_user_names_differ_by_more_than_letter_case(anna, make_account):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account("ANNA")


def test_a_person_is_not_her_own_manager(anna):
    anna.person.line_manager = anna.person
    with pytest.raises(IntegrityError), transaction.atomic():
        save_in_an_act(anna.person)


def test_no_time_of_the_latest_sign_in_is_stored_on_the_account():
    assert "last_login" not in {field.name for field in Account._meta.get_fields()}
