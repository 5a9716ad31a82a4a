"""What can never be true of an account, whoever writes to the database."""

import pytest
from django.db import IntegrityError, transaction

from vetting.accounts.models import Account


def test_a_superuser_cannot_be_stored(anna, make_account):
    for change in ("save", "update", "bulk_create"):
        with pytest.raises(IntegrityError), transaction.atomic():
            if change == "update":
                Account.objects.filter(pk=anna.pk).update(is_superuser=True)
            elif change == "save":
                anna.is_superuser = True
                anna.save()
            else:
                Account.objects.bulk_create([Account(username="b", person=anna.person, is_superuser=True)])
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
    from audit.recorder import Who, act

    with pytest.raises(IntegrityError), transaction.atomic():
        anna.person.line_manager = anna.person
        with act("account.created", Who(None, None, "system"), facts={"role": "system", "method": "x"}) as a:
            a.save(anna.person)


def test_no_time_of_the_latest_sign_in_is_stored_on_the_account():
    assert "last_login" not in {field.name for field in Account._meta.get_fields()}
