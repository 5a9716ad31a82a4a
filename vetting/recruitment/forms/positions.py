"""Forms of a position: created once, its risk assessed and confirmed, designated, raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.organisation.models import Unit
from vetting.policy.engagement_forms import FORMS
from vetting.policy.profiles import BASE, PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.words import warnings_for
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField, TextField, TickField
from vetting.web.forms import BaseForm

YES_NO = [("ja", gettext_lazy("Ja")), ("nej", gettext_lazy("Nej"))]
LEVELS = [
    ("1", gettext_lazy("1 – Liten: kan inte påverka beslut, pengar eller skyddsvärda uppgifter")),
    ("2", gettext_lazy("2 – Måttlig: påverkar enskilda, eller arbetar nära barn eller beroende")),
    ("3", gettext_lazy("3 – Stor: påverkar beslut, inköp, tillstånd eller känsliga system")),
    ("4", gettext_lazy("4 – Mycket stor: beslutar självständigt om stora värden eller leder verksamhet")),
]


class PositionForm(BaseForm):
    """A new position: title, unit, profiles, usual form, and the answers that are given once."""

    title = LineField(label=gettext_lazy("Befattning"), max_length=120, readers="public")
    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))
    profiles = TickField(
        label=gettext_lazy("Kontrollprofiler"),
        required=False,
        help_text=gettext_lazy("Grundprofilen och arbetsplatsens profiler följer med av sig själva."),
    )
    form = forms.ChoiceField(label=gettext_lazy("Vanlig anställningsform"), initial="permanent")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        choices = [(pk, f"{unit.authority.name}: {unit.name}") for pk, unit in self.units.items()]
        choose_from(self, "unit", [("", _("Välj enhet")), *choices])
        choose_from(
            self,
            "profiles",
            [
                (p.code, _(p.name))
                for p in PROFILES.values()
                if p.visible_to == "all" and p.code != BASE and p.attaches_to != "unit"
            ],
        )
        choose_from(self, "form", [(form.code, _(form.name)) for form in FORMS.values() if form.allowed])
        for question in QUESTIONS.values():
            if question.inherited_from_position:
                self.fields[f"q_{question.code}"] = PickField(
                    label=_(question.text), choices=YES_NO, required=False, inline=True
                )

    @property
    def answers(self) -> dict[str, bool]:
        """The questions that have been answered, by code."""
        return {
            name.removeprefix("q_"): value == "ja"
            for name, value in self.cleaned_data.items()
            if name.startswith("q_") and value
        }

    @property
    def questions(self) -> list[Any]:
        """The fields of the questions, for the page."""
        return [self[name] for name in self.fields if name.startswith("q_")]


class RiskForm(BaseForm):
    """The risk analysis of the post: about the post, never about a person."""

    level = PickField(label=gettext_lazy("Hur stor är risken?"), choices=LEVELS)
    reasons = TextField(
        label=gettext_lazy("Vad kan den som har befattningen påverka eller komma åt?"),
        max_length=4000,
        rows=6,
        readers="public",
        help_text=gettext_lazy("Skriv om befattningen, inte om någon person."),
    )
    reference = LineField(
        label=gettext_lazy("Underlag"),
        max_length=60,
        readers="public",
        help_text=gettext_lazy("Beteckning på dokumentet, till exempel Dnr UBN 2026/14."),
    )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A risk analysis is about a post; a personal number in it is a slip."""
        for found in warnings_for(None, cleaned.get("reasons", "")):
            if found.topic == "number":
                yield "reasons", _(found.text)


class ConfirmRiskForm(BaseForm):
    """The day from which the analysis holds."""

    decided_on = DayField(label=gettext_lazy("Fastställd den"), not_future=True)


class DesignateForm(BaseForm):
    """The decision that names the post a leading one."""

    section = LineField(
        label=gettext_lazy("Beslut"),
        max_length=60,
        readers="public",
        help_text=gettext_lazy("Organ och paragraf, till exempel KS 2026 § 41."),
    )
    decided_on = DayField(label=gettext_lazy("Beslutsdag"), not_future=True)


class ApproversForm(BaseForm):
    """How many give an opinion; only more than today."""

    count = forms.TypedChoiceField(label=gettext_lazy("Antal personer som yttrar sig"), coerce=int)

    def __init__(self, *args: Any, least: int, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "count", [(str(n), str(n)) for n in range(least + 1, most + 1)])
