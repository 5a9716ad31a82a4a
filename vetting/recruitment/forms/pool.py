"""The one field of *Får jag boka?*, and why a clearance is taken away."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account
from vetting.organisation.models import Unit
from vetting.policy.numbers import find_numbers
from vetting.policy.reasons import POOL_REVOKED, POOL_REVOKED_BY_HAND
from vetting.recruitment.forms.decision import WithExtracts
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField
from vetting.web.forms import BaseForm

OF_RECRUITMENT = re.compile(r"^r[\s\-–]*\d{4}", re.IGNORECASE)
"""How the reference of a recruitment begins."""


SOUGHT = {"autocomplete": "off", "autocapitalize": "words", "enterkeyhint": "search"}
"""A box in which somebody is looked for by name: the browser neither fills it in nor remembers it."""


class AskForm(BaseForm):
    """A name or a reference; posted, so that it never stands in an address."""

    who = LineField(
        label=gettext_lazy("Namn eller referens"),
        max_length=120,
        widget=forms.TextInput(attrs=SOUGHT),
        help_text=gettext_lazy("För- och efternamn, eller referensen som börjar med P."),
    )

    def clean_who(self) -> str:
        """What was typed. ValidationError where it is a personal number, which nobody is booked by."""
        text: str = self.cleaned_data["who"]
        if find_numbers(text):
            raise forms.ValidationError(_("Skriv namnet eller referensen. Personnummer behövs inte här."))
        if OF_RECRUITMENT.match(text.strip()):
            raise forms.ValidationError(
                _(
                    "Det är en rekryterings referens, inte en persons. Den som är klar för pool har en egen, som "
                    "börjar med P: enhetens chef och HR ser den i listan Klar för pool. Du kan också fråga på namnet."
                )
            )
        return text


class GrantForm(WithExtracts):
    """*Klar för pool*: nothing to fill in, but for the extracts that are to be shown again."""

    def __init__(
        self, *args: Any, due: Sequence[str] = (), soon: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.take_extracts(due, optional=soon)

    def clean(self) -> dict[str, Any]:
        """An extract that need not be shown yet has both its days or none."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        for code in self.extract_codes:
            pair = (f"shown_on_{code}", f"issued_on_{code}")
            for name, other in (pair, pair[::-1]):
                if typed.get(other) and not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Fyll i båda dagarna, eller ingen av dem."))
        return typed


class BookerForm(BaseForm):
    """Who may ask for which unit, and through which day."""

    username = LineField(
        label=gettext_lazy("Användarnamn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Den som ska boka. Uppdraget visar bara frågan och svaret."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))
    until = DayField(label=gettext_lazy("Till och med"), help_text=gettext_lazy("Högst ett år fram."))

    def __init__(self, *args: Any, units: Sequence[Unit] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choose_from(self, "unit", [(key, unit.name) for key, unit in self.units.items()])

    @property
    def account(self) -> Account | None:
        """The account of the user name typed, if it can sign in; None otherwise."""
        name = self.cleaned_data["username"].strip()
        return Account.objects.select_related("person").filter(username__iexact=name, is_active=True).first()


class RevokeForm(BaseForm):
    """*Ta bort klarmarkering*."""

    reason = PickField(
        label=gettext_lazy("Skäl"),
        choices=lambda: [(code, _(POOL_REVOKED[code])) for code in POOL_REVOKED_BY_HAND],
    )
