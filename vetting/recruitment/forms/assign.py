"""Giving and taking back an assignment, with a reason from the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account, Person
from vetting.policy.reasons import ASSIGN
from vetting.policy.roles import ROLES
from vetting.web.choices import choose_from
from vetting.web.forms import BaseForm


class UnassignForm(BaseForm):
    """Why an assignment is taken back."""

    reason = forms.ChoiceField(label=gettext_lazy("Skäl"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Välj skäl")), *((code, _(text)) for code, text in ASSIGN.items())]
        choose_from(self, "reason", choices)


class AssignForm(UnassignForm):
    """Who is assigned, in which role, and why."""

    who = forms.ChoiceField(label=gettext_lazy("Person"))
    field_order = ["who", "reason"]

    def __init__(self, *args: Any, people: Iterable[tuple[Account, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"{account.pk}:{role}": (account, role) for account, role in people}
        choose_from(
            self,
            "who",
            [
                ("", _("Välj person")),
                *(
                    (key, f"{account.person.display_name} – {_(ROLES[role].name)}")
                    for key, (account, role) in self.people.items()
                ),
            ],
        )

    @property
    def chosen(self) -> tuple[Account, str]:
        """The account and the role, once the form is valid."""
        return self.people[self.cleaned_data["who"]]


class ManagerForm(UnassignForm):
    """Who becomes the hiring manager, and why."""

    manager = forms.ChoiceField(label=gettext_lazy("Ny ansvarig chef"))
    field_order = ["manager", "reason"]

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choose_from(
            self,
            "manager",
            [
                ("", _("Välj person")),
                *((pk, person.display_name) for pk, person in self.people.items()),
            ],
        )

    @property
    def chosen(self) -> Person:
        """The person, once the form is valid."""
        return self.people[self.cleaned_data["manager"]]
