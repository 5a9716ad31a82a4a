"""Proposing a guest approver: whose account, from where, why, and through which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account
from vetting.policy.numbers import find_numbers
from vetting.policy.reasons import GUEST
from vetting.policy.words import warnings_for
from vetting.web.fields import DayField, LineField, PickField, TextField
from vetting.web.forms import BaseForm


class GuestForm(BaseForm):
    """The account is named by its user name, as there is no list of those outside the house."""

    username = LineField(
        label=gettext_lazy("Gästens användarnamn"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Systemförvaltaren lägger upp kontot. Gästen behöver ingen annan roll."),
    )
    home = LineField(
        label=gettext_lazy("Myndighet eller kommun"),
        max_length=120,
        help_text=gettext_lazy("Där gästen arbetar, till exempel Grannköpings kommun."),
    )
    because = PickField(
        label=gettext_lazy("Varför behövs en gäst?"),
        choices=lambda: [(code, _(why)) for code, why in GUEST.items()],
    )
    last_day = DayField(
        label=gettext_lazy("Till och med"), help_text=gettext_lazy("Högst 14 dagar, i dag inräknad.")
    )
    reason = TextField(
        label=gettext_lazy("Skäl"),
        max_length=1000,
        readers="public",
        help_text=gettext_lazy(
            "Läses av den som bekräftar. Skriv varför just den här gästen, och inget om någon kandidat."
        ),
    )

    @property
    def account(self) -> Account | None:
        """The account of the user name typed, or None."""
        name = self.cleaned_data["username"].strip()
        return Account.objects.select_related("person").filter(username__iexact=name).first()

    def clean_reason(self) -> str:
        """At least ten characters, and no personal number in them."""
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < 10:
            raise forms.ValidationError(_("Skriv minst tio tecken, så att den som läser förstår."))
        if find_numbers(reason):
            raise forms.ValidationError(
                _("Det ser ut att stå ett personnummer. Skriv inget om kandidaten i skälet.")
            )
        return reason

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Words that belong to the case rather than to why a guest is needed: asked about once."""
        for warning in warnings_for(None, cleaned.get("reason", "")):
            yield "reason", _(warning.text)
