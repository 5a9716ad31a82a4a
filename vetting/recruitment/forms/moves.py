"""Forms about the recruitment as a whole: pause, end, settle places, open again, change open facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vetting.policy.reasons import CANCEL, HOLD, NOT_FILLED, REOPEN_RECRUITMENT
from vetting.policy.rounds import MOST_PLACES
from vetting.recruitment.case import Case
from vetting.recruitment.forms.candidacies import number_warnings
from vetting.web.fields import DayField, LineField, PickField
from vetting.web.forms import BaseForm


class WhyForm(BaseForm):
    """A neutral reason from a list."""

    def __init__(self, *args: Any, reasons: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, _(text)) for code, text in reasons.items()]
        only = choices[0][0] if len(choices) == 1 else None
        self.fields["reason"] = PickField(label=_("Skäl"), choices=choices, initial=only)


class CancelForm(WhyForm):
    """Why it ends, and when applicants and the union were told."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, reasons=CANCEL, **kwargs)
        self.fields["informed_on"] = DayField(
            label=_("Sökande och fack informerade den"), not_future=True, initial=today, help_text=""
        )


class FactsForm(BaseForm):
    """Planned start and number of places: open facts, never about a person."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        recruitment = case.recruitment
        super().__init__(*args, seen=recruitment.entry_id, **kwargs)
        self.fields["planned_start"] = DayField(
            label=_("Planerad start"), required=False, initial=recruitment.planned_start
        )
        self.fields["places"] = forms.IntegerField(
            label=_("Antal platser"),
            min_value=1,
            max_value=MOST_PLACES,
            initial=recruitment.places,
            error_messages={
                "invalid": _("Skriv antalet med siffror."),
                "min_value": _("Antalet ska vara mellan 1 och 500."),
                "max_value": _("Antalet ska vara mellan 1 och 500."),
            },
            widget=forms.TextInput(attrs={"size": 5, "inputmode": "numeric", "autocomplete": "off"}),
        )


class DiaryForm(BaseForm):
    """The number in the external diary."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, seen=case.recruitment.entry_id, **kwargs)
        self.fields["diary_number"] = LineField(
            label=_("Diarienummer"), max_length=32, initial=case.recruitment.diary_number, readers="public"
        )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A personal number is no diary number."""
        yield from number_warnings(cleaned, "diary_number")


REASONS = {
    "hold": HOLD,
    "settle": NOT_FILLED,
    "reopen": REOPEN_RECRUITMENT,
}
