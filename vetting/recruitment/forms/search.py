"""Search by number: the number and the purpose, posted and never in an address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.numbers import Number, NumberError, parse
from vetting.policy.reasons import PURPOSES
from vetting.web.choices import choose_from
from vetting.web.fields import LineField
from vetting.web.forms import BaseForm

WHY = ("contact_candidate", "perform_check", "correct_entry", "answer_request", "disclosure")


class SearchForm(BaseForm):
    """An exact personal number (or samordningsnummer), and why it is looked for."""

    number = LineField(
        label=gettext_lazy("Personnummer eller samordningsnummer"),
        max_length=20,
        widget=forms.TextInput(attrs={"size": 16, "autocomplete": "off", "inputmode": "numeric"}),
        help_text=gettext_lazy("ÅÅÅÅMMDD-NNNN. Hela numret krävs."),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("Varför söker du?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Välj ändamål")), *((code, _(PURPOSES[code])) for code in WHY)]
        choose_from(self, "purpose", choices)

    def clean_number(self) -> Number:
        """The number, in one form however it was written. ValidationError says what is wrong with it."""
        try:
            return parse(self.cleaned_data["number"])
        except NumberError as error:
            raise forms.ValidationError(_(str(error)), code=error.kind) from error
