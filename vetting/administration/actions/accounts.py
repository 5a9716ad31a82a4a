"""Accounts: made without roles for a new person, closed at once with all that is signed in through them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from audit.recorder import act, record
from vetting.access.actor import Actor
from vetting.access.door import require
from vetting.access.models import RoleGrant
from vetting.accounts.first_password import first_password
from vetting.accounts.genuine import renew
from vetting.accounts.models import Account, Person
from vetting.accounts.sessions import end_all_sessions
from vetting.administration.accounts_held import facts_of_account
from vetting.policy.reasons import ACCOUNT_CLOSED
from vetting.recruitment.actions.errors import BadInput, WrongState

Once = UUID | None
FIELDS = {"display_name": "name", "email": "email"}
"""Column → what the entry calls it."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Who the account is for. `line_manager`: the nearest manager, who decides on her conflicts of interest."""

    username: str
    name: str
    email: str = ""
    line_manager: Person | None = None


@contextmanager
def locked_account(pk: UUID) -> Iterator[Account]:
    """The account and its person under a lock, in one transaction. Raises Account.DoesNotExist."""
    with transaction.atomic():
        account = Account.objects.select_related("person").select_for_update(of=("self",)).get(pk=pk)
        Person.objects.select_for_update().get(pk=account.person_id)
        yield account


def create_account(wanted: NewAccount, *, by: Actor, once: Once = None) -> tuple[Account, str]:
    """A person and her account without roles, and the first password, which is told this once and never stored.

    Always a new person: an account for somebody who is here already, made by one administrator, would let him sign in
    as her. That two accounts are one person's is proposed and confirmed. Raises Denied, BadInput.
    """
    answer = require(by, "account.create")
    secret = first_password()
    person = Person(
        display_name=wanted.name.strip(), email=wanted.email.strip(), line_manager=wanted.line_manager
    )
    account = Account(
        username=Account.normalize_username(wanted.username.strip()),
        person=person,
        email=person.email,
        must_change_password=True,
    )
    account.set_password(secret)
    _require_clean(person, account)
    said = {"role": answer.role, "method": "administration"}
    with transaction.atomic():
        if Account.objects.filter(username__iexact=account.username).exists():
            raise BadInput(username="username_taken")
        with act("account.created", by.who(answer.role), subject=account.pk, facts=said, once=once) as entry:
            entry.save(person)
            account.save(force_insert=True)
    return account, secret


def disable_account(account: Account, *, by: Actor, reason: str, once: Once = None) -> int:
    """Close the account at once; returns how many sign-ins that ended. Raises Denied, WrongState, BadInput."""
    answer = require(by, "account.disable", facts_of_account(account, by))
    if not account.is_active:
        raise WrongState("account", "disable", "closed")
    if reason not in ACCOUNT_CLOSED:
        raise BadInput(reason="reason")
    account.is_active = False
    account.save(update_fields=["is_active"])
    held = RoleGrant.objects.filter(person=account.person_id, state=RoleGrant.State.ACTIVE)
    target = held.order_by("valid_from").values_list("role", flat=True).first() or "employee"
    said = {"role": answer.role, "reason_code": reason, "target_role": target}
    record("account.disabled", by.who(answer.role), subject=account.pk, facts=said, once=once)
    renew(account.pk)
    return end_all_sessions(account)


@dataclass(frozen=True, slots=True)
class Edited:
    """A person as she is to stand on pages."""

    name: str
    email: str


def edit_person(person: Person, wanted: Edited, *, by: Actor, once: Once = None) -> None:
    """Change a person's name or address. Raises Denied, BadInput. Her nearest manager is changed by two."""
    answer = require(by, "account.create")
    given = {"display_name": wanted.name.strip(), "email": wanted.email.strip()}
    changed = [FIELDS[name] for name, value in given.items() if getattr(person, name) != value]
    if not changed:
        return
    for name, value in given.items():
        setattr(person, name, value)
    _require_clean(person, None)
    said = {"role": answer.role, "field": "|".join(changed)}
    with act("person.edited", by.who(answer.role), subject=person.pk, facts=said, once=once) as entry:
        entry.save(person)


def _require_clean(person: Person, account: Account | None) -> None:
    """Raises BadInput with what the columns do not take."""
    faults: dict[str, str] = {}
    try:
        person.clean_fields(exclude=["entry", "line_manager"])
    except ValidationError as error:
        faults |= {
            "name" if field == "display_name" else field: "required" if field == "display_name" else "email"
            for field in error.message_dict
        }
    if account is not None:
        try:
            account.clean_fields(exclude=["person", "email"])
        except ValidationError:
            faults["username"] = "username"
    if faults:
        raise BadInput(**faults)
