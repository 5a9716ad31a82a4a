"""The name of a selection of one's own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.numbers import find_numbers
from vetting.policy.own_choices import MAILS, NAME_LENGTH
from vetting.web.fields import LineField, PickField
from vetting.web.forms import BaseForm


class MailForm(BaseForm):
    """How one is told by mail that something waits."""

    mail = PickField(
        label=gettext_lazy("När vill du få mejl?"),
        choices=[(code, gettext_lazy(words)) for code, words in MAILS.items()],
    )


class ViewForm(BaseForm):
    """What the selection is called. A personal number is refused: names stand in lists."""

    name = LineField(
        label=gettext_lazy("Urvalets namn"),
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("Till exempel: Mina på skolan. Skriv inte vad någon person heter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": NAME_LENGTH}),
    )

    def clean_name(self) -> str:
        """The name; ValidationError where it holds a personal number."""
        name: str = self.cleaned_data["name"]
        if find_numbers(name):
            raise forms.ValidationError(
                _("Det ser ut att stå ett personnummer. Välj ett namn utan det."), code="number"
            )
        return name
