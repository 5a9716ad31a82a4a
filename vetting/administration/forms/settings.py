"""The form of a proposed setting: its value in the way of its kind, and the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.administration.settings_held import value_of
from vetting.organisation.models import Authority
from vetting.policy.own_settings import LEAST_DRAWN, SETTINGS, WHOLE, switchable
from vetting.web.fields import LineField, PickField, TickField
from vetting.web.forms import BaseForm


class SettingForm(BaseForm):
    """What is proposed for one setting of one body."""

    reason = LineField(
        label=gettext_lazy("Skäl"),
        max_length=300,
        help_text=gettext_lazy("Varför, och vilket beslut det vilar på. Skriv inget om en person."),
    )

    def __init__(self, *args: Any, authority: Authority, setting: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": _field(authority, setting, on), **self.fields}
        now = value_of(authority, setting)
        self.initial = {"value": ("1" if now else "0") if isinstance(now, bool) else now, **self.initial}
        self.setting = setting

    @property
    def value(self) -> Any:
        """The value as it is stored."""
        typed = self.cleaned_data["value"]
        if self.setting == "opinion_binds":
            return typed == "1"
        return sorted(typed) if self.setting == "switched_on" else typed


def _field(authority: Authority, setting: str, on: date) -> forms.Field:
    name = _(SETTINGS[setting].name)
    if setting == "opinion_binds":
        return PickField(label=name, choices=[("1", _("Bindande")), ("0", _("Samråd"))])
    if setting == "sample_percent":
        return forms.IntegerField(
            label=name,
            min_value=LEAST_DRAWN,
            max_value=WHOLE,
            help_text=_("Procent, lägst %(least)s.") % {"least": LEAST_DRAWN},
        )
    checks = switchable(authority.entity_kind, on)
    return TickField(label=name, choices=[(each.code, _(each.name)) for each in checks], required=False)
