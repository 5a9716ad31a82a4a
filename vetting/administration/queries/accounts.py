"""The accounts there are, and one of them with its person's others and roles."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from vetting.accounts.models import Account
from vetting.administration.queries.role_holders import Holder, holder_of, roles_with_names
from vetting.administration.roles_held import OPEN

PER_PAGE = 50


def accounts(search: str = "", *, closed: bool = False) -> QuerySet[Account]:
    """Open accounts (or closed ones) by name, those that answer to `search` alone.

    A protected person's name answers to nothing: her account is found by its user name.
    """
    rows = Account.objects.filter(is_active=not closed).select_related("person")
    if search:
        by_name = Q(person__display_name__icontains=search, person__is_protected=False)
        rows = rows.filter(Q(username__icontains=search) | by_name)
    return rows.order_by("person__display_name", "username")


def others_of(account: Account) -> list[Account]:
    """The other accounts of the same person."""
    return list(Account.objects.filter(person=account.person_id).exclude(pk=account.pk).order_by("username"))


def has_claimed(person: UUID) -> bool:
    """Whether the person has replaced the first password of an open account: until then others know it."""
    return Account.objects.filter(person=person, is_active=True, must_change_password=False).exists()


def roles_of(account: Account) -> list[Holder]:
    """The roles that the account's person has or is proposed for."""
    rows = roles_with_names().filter(person=account.person_id, state__in=OPEN)
    return [holder_of(grant) for grant in rows.order_by("role", "valid_from")]
