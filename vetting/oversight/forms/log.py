"""The filter of the log: it stands in the address, so that a selection can be kept and sent on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.event_groups import GROUPS
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField


class LogFilter(forms.Form):
    """Person, recruitment, group and period. What cannot be read is told and left out."""

    rows_are_optional = True
    namn = LineField(label=gettext_lazy("Person som handlat"), max_length=80, required=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    referens = LineField(label=gettext_lazy("Rekrytering, referens"), max_length=20, required=False)
    slag = forms.ChoiceField(label=gettext_lazy("Slag av händelse"), required=False)
    fran = DayField(label=gettext_lazy("Från och med"), required=False, help_text="")
    till = DayField(label=gettext_lazy("Till och med"), required=False, help_text="")
    fore = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    efter = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Alla")), *((group.code, _(group.label)) for group in GROUPS.values())]
        choose_from(self, "slag", choices)
