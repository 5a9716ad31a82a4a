"""Starting a recruitment: what is chosen before the checks are shown, and the three fields of *Ny från förra*."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.organisation.models import Position
from vetting.policy.engagement_forms import FORMS
from vetting.policy.rounds import MOST_PLACES
from vetting.policy.waivers import LONGEST_ENGAGEMENT_DAYS
from vetting.recruitment.queries.beginnings import Manager
from vetting.web.choices import choose_from
from vetting.web.fields import DayField
from vetting.web.forms import BaseForm

EMPTY = ("", gettext_lazy("Välj"))
OWN = ("", gettext_lazy("Enhetens egen chef"))


def form_choices() -> list[Any]:
    """Every form of engagement by name; those that are no recruitment are refused with their own sentence."""
    return [EMPTY, *((code, _(form.name)) for code, form in FORMS.items())]


class TermsForm(BaseForm):
    """Form of engagement, number of places and planned start."""

    form = forms.ChoiceField(label=gettext_lazy("Anställningsform"), choices=form_choices)
    places = forms.IntegerField(
        label=gettext_lazy("Antal platser"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
        error_messages={
            "min_value": gettext_lazy("Skriv ett tal mellan 1 och 500."),
            "max_value": gettext_lazy("Skriv ett tal mellan 1 och 500."),
            "invalid": gettext_lazy("Skriv ett tal mellan 1 och 500."),
        },
        widget=forms.NumberInput(attrs={"size": 5, "inputmode": "numeric"}),
    )
    planned_start = DayField(label=gettext_lazy("Planerad start"), required=False, not_past=True)

    def clean_form(self) -> str:
        """The form chosen. ValidationError with the form's own sentence where it is no recruitment."""
        chosen = FORMS[self.cleaned_data["form"]]
        if not chosen.allowed:
            raise forms.ValidationError(_(chosen.note), code="form_refused")
        return chosen.code


class CreateForm(TermsForm):
    """Everything that is chosen before the checks are shown."""

    position = forms.ChoiceField(label=gettext_lazy("Befattning"))
    manager = forms.ChoiceField(label=gettext_lazy("Rekryterande chef"), required=False)
    engagement_days = forms.IntegerField(
        label=gettext_lazy("Antal dagar, om arbetet är kort"),
        help_text=gettext_lazy(
            "Fyll bara i när arbetet är högst 14 dagar: då kan kommunens egna kontroller göras klart efter starten."
        ),
        required=False,
        min_value=1,
        max_value=LONGEST_ENGAGEMENT_DAYS,
        error_messages={
            "min_value": gettext_lazy("Skriv ett tal mellan 1 och 14, eller lämna fältet tomt."),
            "max_value": gettext_lazy("Skriv ett tal mellan 1 och 14, eller lämna fältet tomt."),
            "invalid": gettext_lazy("Skriv ett tal mellan 1 och 14, eller lämna fältet tomt."),
        },
        widget=forms.NumberInput(attrs={"size": 5, "inputmode": "numeric"}),
    )
    field_order = ["position", "form", "places", "manager", "planned_start", "engagement_days"]

    def __init__(
        self, *args: Any, positions: Iterable[Position], managers: dict[UUID, Manager], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.positions = {str(position.pk): position for position in positions}
        paths = {position.unit.path for position in self.positions.values()}
        self.managers = {
            str(pk): manager
            for pk, manager in managers.items()
            if any(manager.recruits_for(path) for path in paths)
        }
        by_unit = groupby(self.positions.values(), key=lambda position: position.unit.name)
        choose_from(
            self,
            "position",
            [
                EMPTY,
                *((unit, [(str(one.pk), one.title) for one in members]) for unit, members in by_unit),
            ],
        )
        names = [(pk, manager.person.display_name) for pk, manager in self.managers.items()]
        choose_from(self, "manager", names if len(names) == 1 else [OWN, *names])

    def clean(self) -> dict[str, Any]:
        """The manager recruits for the position's unit, and short work is of a form where it means something."""
        cleaned = super().clean()
        position = self.positions.get(cleaned.get("position", ""))
        if position is not None and cleaned.get("manager") == "":
            cleaned["manager"] = self._own_manager(position)
        manager = self.managers.get(cleaned.get("manager", ""))
        if position is not None and manager is not None and not manager.recruits_for(position.unit.path):
            sentence = _("%(name)s rekryterar inte till %(unit)s. Välj en annan chef.") % {
                "name": manager.person.display_name,
                "unit": position.unit.name,
            }
            self.add_error("manager", sentence)
        form = FORMS.get(cleaned.get("form", ""))
        if cleaned.get("engagement_days") and form and not form.complete_after_start_allowed:
            self.add_error(
                "engagement_days",
                _("Fältet gäller inte för %(form)s. Lämna det tomt.") % {"form": _(form.name).lower()},
            )
        return cleaned

    def _own_manager(self, position: Position) -> str:
        """The one who recruits for the smallest unit around the position; an error where that is not one person."""
        reach = {
            pk: max((len(path) for path in manager.paths if position.unit.path.startswith(path)), default=0)
            for pk, manager in self.managers.items()
        }
        nearest = max(reach.values(), default=0)
        found = [pk for pk, length in reach.items() if length == nearest > 0]
        if len(found) == 1:
            return found[0]
        self.add_error("manager", _("Enheten har inte en ensam chef som rekryterar. Välj vem det är."))
        return ""

    @property
    def chosen_position(self) -> Position:
        """The position chosen in a valid form."""
        return self.positions[self.cleaned_data["position"]]

    @property
    def chosen_manager(self) -> Manager:
        """The manager chosen in a valid form."""
        return self.managers[self.cleaned_data["manager"]]


class CopyForm(TermsForm):
    """*Ny från förra*: three fields, everything else from the latest recruitment of the same position."""

    field_order = ["places", "planned_start", "form"]
