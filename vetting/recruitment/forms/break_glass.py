"""Asking for break-glass, and what the auditor found of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.emergency import SHORTEST
from vetting.policy.numbers import find_numbers
from vetting.policy.reasons import BREAK_GLASS_REVIEWED
from vetting.policy.words import warnings_for
from vetting.web.choices import choose_from
from vetting.web.fields import LineField, TextField
from vetting.web.forms import BaseForm


class OpenForm(BaseForm):
    """The exact reference, and why: read by the auditor, who otherwise reads no case, so no content in it."""

    reference = LineField(
        label=gettext_lazy("Rekryteringens beteckning"),
        max_length=20,
        widget=forms.TextInput(attrs={"size": 16, "autocomplete": "off"}),
        help_text=gettext_lazy("Hela beteckningen, till exempel R-2026-0041."),
    )
    reason = TextField(
        label=gettext_lazy("Varför behövs nödåtkomst?"),
        max_length=2000,
        readers="secrecy",
        help_text=gettext_lazy(
            "Minst 30 tecken: vad som har hänt och varför ingen med uppdrag kan göra det. Revisorn läser skälet. "
            "Skriv inget om kandidaten eller om vad kontrollerna har visat."
        ),
    )

    def clean_reason(self) -> str:
        """At least thirty characters, and no personal number in them."""
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST:
            raise forms.ValidationError(_("Skriv minst 30 tecken, så att revisorn kan bedöma skälet."))
        if find_numbers(reason):
            raise forms.ValidationError(
                _("Det ser ut att stå ett personnummer. Skriv inget om kandidaten i skälet.")
            )
        return reason

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Words that belong to the case rather than to why it must be read now: asked about once."""
        for warning in warnings_for(None, cleaned.get("reason", "")):
            yield "reason", _(warning.text)


class ReviewForm(BaseForm):
    """Whether it was justified, from the list."""

    result = forms.ChoiceField(label=gettext_lazy("Din bedömning"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("Välj bedömning")),
            *((code, _(text)) for code, text in BREAK_GLASS_REVIEWED.items()),
        ]
        choose_from(self, "result", choices)
