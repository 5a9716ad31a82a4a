"""The one field of *Får jag boka?*, and why a clearance is taken away."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.numbers import find_numbers
from vetting.policy.reasons import POOL_REVOKED, POOL_REVOKED_BY_HAND
from vetting.web.fields import LineField, PickField
from vetting.web.forms import BaseForm


class AskForm(BaseForm):
    """A name or a reference; posted, so that it never stands in an address."""

    who = LineField(
        label=gettext_lazy("Namn eller referens"),
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words", "enterkeyhint": "search"}
        ),
        help_text=gettext_lazy("För- och efternamn, eller referensen som börjar med P."),
    )

    def clean_who(self) -> str:
        """What was typed. ValidationError where it is a personal number, which nobody is booked by."""
        text: str = self.cleaned_data["who"]
        if find_numbers(text):
            raise forms.ValidationError(_("Skriv namnet eller referensen. Personnummer behövs inte här."))
        return text


class RevokeForm(BaseForm):
    """*Ta bort klarmarkering*."""

    reason = PickField(
        label=gettext_lazy("Skäl"),
        choices=lambda: [(code, _(POOL_REVOKED[code])) for code in POOL_REVOKED_BY_HAND],
    )
