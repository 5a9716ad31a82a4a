"""Forms of a substitute: who, for which days, and - for somebody else - why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.delegation import DAYS
from vetting.accounts.models import Person
from vetting.administration.forms.accounts import account_of
from vetting.policy.reasons import ABSENCE
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField
from vetting.web.forms import BaseForm


class SubstituteForm(BaseForm):
    """One's own substitute."""

    substitute = LineField(
        label=gettext_lazy("Ersättarens namn eller användarnamn"),
        max_length=150,
        help_text=gettext_lazy(
            "En annan person, som själv får ha din roll. Hon eller han kan inte lämna den vidare."
        ),
    )
    valid_from = DayField(label=gettext_lazy("Från och med"), not_past=True)
    valid_to = DayField(label=gettext_lazy("Till och med"), not_past=True)

    def clean_substitute(self) -> str:
        """An open account has that name."""
        self.substitute_account = account_of(self.cleaned_data["substitute"])
        return self.substitute_account.username

    def clean(self) -> dict[str, Any]:
        """At most thirty days, in order."""
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("valid_from"), typed.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Sista dagen kan inte ligga före den första."))
        elif first and last and last > first + timedelta(days=DAYS - 1):
            self.add_error(
                "valid_to", _("En ersättare utses för högst 30 dagar. Välj en tidigare sista dag.")
            )
        return typed

    @property
    def person(self) -> Person:
        """The substitute."""
        return self.substitute_account.person


class SubstituteForForm(SubstituteForm):
    """A substitute for somebody who cannot name one herself."""

    absent = LineField(label=gettext_lazy("Namn eller användarnamn för den som är borta"), max_length=150)
    reason = PickField(
        label=gettext_lazy("Anledning"), choices=lambda: [(code, _(why)) for code, why in ABSENCE.items()]
    )
    field_order = ["absent", "substitute", "valid_from", "valid_to", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "reason", [(code, _(words)) for code, words in ABSENCE.items()])
        self.fields["substitute"].help_text = _("En annan person, som själv får ha rollen.")

    def clean_absent(self) -> str:
        """An open account has that name."""
        self.absent_account = account_of(self.cleaned_data["absent"])
        return self.absent_account.username
