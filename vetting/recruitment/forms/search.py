"""Search by number or by name: what is looked for and the purpose, posted and never in an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.numbers import Number, NumberError, find_numbers, parse
from vetting.policy.reasons import PURPOSES
from vetting.recruitment.forms.pool import SOUGHT
from vetting.web.choices import choose_from
from vetting.web.fields import LineField
from vetting.web.forms import BaseForm

WHY = ("contact_candidate", "perform_check", "correct_entry", "answer_request", "disclosure")


class _WithPurpose(BaseForm):
    """Why somebody is looked for; named last, after what is looked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Välj ändamål")), *((code, _(PURPOSES[code])) for code in WHY)]
        choose_from(self, "purpose", choices)


class SearchForm(_WithPurpose):
    """An exact personal number (or samordningsnummer), and why it is looked for."""

    number = LineField(
        label=gettext_lazy("Personnummer eller samordningsnummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"size": 16, "autocomplete": "off", "inputmode": "numeric"}),
        help_text=gettext_lazy("ÅÅÅÅMMDD-NNNN. Hela numret krävs."),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Varför söker du?"))

    def clean_number(self) -> Number:
        """The number, in one form however it was written. ValidationError says what is wrong with it."""
        try:
            return parse(self.cleaned_data["number"])
        except NumberError as error:
            raise forms.ValidationError(_(str(error)), code=error.kind) from error


class NameSearchForm(_WithPurpose):
    """A name as it is heard on the telephone, and why it is looked for."""

    name = LineField(
        label=gettext_lazy("För- och efternamn"),
        max_length=120,
        widget=forms.TextInput(attrs=SOUGHT),
        help_text=gettext_lazy("Ordning, mellannamn, bindestreck och accenter spelar ingen roll."),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Varför söker du?"))

    def clean_name(self) -> str:
        """The name as typed. ValidationError where it is a personal number, which has a search of its own."""
        name: str = self.cleaned_data["name"]
        if find_numbers(name):
            raise forms.ValidationError(_("Skriv namnet. Här söks inte på personnummer."))
        return name
