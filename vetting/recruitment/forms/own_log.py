"""The filter of *Min läslogg*."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vetting.web.fields import DayField

KINDS = [
    ("", _("Allt")),
    ("last", _("Läst och öppnat")),
    ("gjort", _("Gjort")),
    ("uttag", _("Skrivit ut eller hämtat")),
    ("inloggning", _("Inloggning")),
]


class OwnLogFilter(forms.Form):
    """Period and kind, in the address; what cannot be read is told and left out."""

    rows_are_optional = True
    slag = forms.ChoiceField(label=_("Slag"), choices=KINDS, required=False)
    fran = DayField(label=_("Från och med"), required=False, help_text="")
    till = DayField(label=_("Till och med"), required=False, help_text="")
    fore = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    efter = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
