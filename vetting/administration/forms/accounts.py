"""Forms of an account: who it is for, what its person is called, why it is closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account, Person
from vetting.administration.forms.roles import ReasonForm
from vetting.policy.reasons import ACCOUNT_CLOSED
from vetting.web.fields import LineField, MailField
from vetting.web.forms import BaseForm


def account_of(typed: str) -> Account:
    """The open account of that user name, or the one whose person alone is called so. Raises ValidationError.

    Nobody with protected identity is found by name. Where two have the name, the user name says which.
    """
    rows = Account.objects.select_related("person").filter(is_active=True)
    found = rows.filter(username__iexact=typed).first()
    if found is not None:
        return found
    called = list(rows.filter(person__display_name__iexact=typed, person__is_protected=False)[:2])
    if not called:
        raise forms.ValidationError(_("Det finns inget öppet konto med det namnet eller användarnamnet."))
    if len(called) > 1:
        raise forms.ValidationError(_("Fler konton har det namnet. Skriv användarnamnet i stället."))
    return called[0]


def person_behind(typed: str) -> Person:
    """The person of an open account, by its user name or her own. Raises ValidationError in plain Swedish."""
    return account_of(typed).person


class PersonForm(BaseForm):
    """What a person is called, and where mail reaches her."""

    name = LineField(label=gettext_lazy("Namn"), max_length=120)
    email = MailField(label=gettext_lazy("E-post"), required=False, max_length=254)


class ManagerForm(BaseForm):
    """Who is somebody's nearest manager; empty for nobody."""

    manager = LineField(
        label=gettext_lazy("Närmaste chefs användarnamn"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Chefen tar ställning till personens jäv."),
    )
    line_manager: Person | None = None

    def clean_manager(self) -> str:
        """An open account has that name."""
        typed: str = self.cleaned_data["manager"]
        self.line_manager = person_behind(typed) if typed else None
        return typed


class AccountForm(PersonForm, ManagerForm):
    """A new account for somebody who has none."""

    username = LineField(
        label=gettext_lazy("Användarnamn"),
        max_length=150,
        help_text=gettext_lazy("Bokstäver, siffror och @ . + - _"),
    )
    field_order = ["name", "username", "email", "manager"]


class CloseForm(ReasonForm):
    """Why an account is closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=ACCOUNT_CLOSED, **kwargs)
