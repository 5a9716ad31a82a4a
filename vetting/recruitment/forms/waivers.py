"""Forms about a waiver: what the first one proposes, and why the other says no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.policy.reasons import DEFERRED, WAIVER, WAIVER_REJECTED
from vetting.policy.waivers import last_day_from
from vetting.policy.words import warnings_for
from vetting.web.fields import DayField, PickField, TextField
from vetting.web.forms import BaseForm


class ProposeForm(BaseForm):
    """Until when, why by code, and why in words that are sealed; of a protected person no words at all."""

    def __init__(self, *args: Any, code: str, today: date, is_protected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        last = date_format(last_day_from(today), "Y-m-d")
        self.fields["until"] = DayField(
            label=_("Undantaget gäller till och med"),
            not_past=True,
            help_text=_("Sista dagen då kontrollen inte stoppar, senast %(last)s") % {"last": last},
        )
        choices = [(name, _(text)) for name, text in WAIVER.items()]
        self.fields["reason_code"] = PickField(label=_("Skäl"), choices=choices)
        if not is_protected:
            self.fields["reason"] = TextField(
                label=_("Motivering"),
                max_length=2000,
                help_text=_("Läses av den som ska skriva under. Skriv inget om vad kontrollen kan visa."),
                readers="secrecy",
                law="39 kap. OSL",
            )

    def typed(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {name: self.cleaned_data.get(name, "") for name in ("until", "reason_code", "reason")}

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the words should not hold."""
        for found in warnings_for(self.code, cleaned.get("reason", "")):
            yield "reason", _(found.text)


class DeferForm(BaseForm):
    """Why it waits, from the list, and that no access beyond the ordinary is given meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, _(text)) for name, text in DEFERRED.items()]
        self.fields["reason_code"] = PickField(label=_("Skäl"), choices=choices)
        self.fields["without_access"] = forms.BooleanField(
            label=_("Personen arbetar utan särskilda behörigheter tills kontrollen är klar"),
            error_messages={
                "required": _("Bekräfta att personen arbetar utan särskilda behörigheter till dess.")
            },
        )

    def typed(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("reason_code", "without_access")}


class RejectForm(BaseForm):
    """Why not, from the list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, _(text)) for name, text in WAIVER_REJECTED.items()]
        self.fields["reason_code"] = PickField(label=_("Varför avslås det?"), choices=choices)
