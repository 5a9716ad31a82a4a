"""Forms of the delegation order and of work for others: what is proposed, its last day, the decision it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Person
from vetting.administration.forms.accounts import person_behind
from vetting.administration.queries.delegation_order import FUNCTIONS
from vetting.administration.queries.units import indented
from vetting.organisation.models import Authority, Unit
from vetting.policy.engagement_forms import FORMS
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, TickField
from vetting.web.forms import BaseForm


class PointForm(BaseForm):
    """A point of the delegation order."""

    unit = forms.ChoiceField(
        label=gettext_lazy("Enhet"), help_text=gettext_lazy("Punkten gäller också enheterna under den.")
    )
    code = LineField(
        label=gettext_lazy("Punkt i delegationsordningen"),
        max_length=24,
        help_text=gettext_lazy("Till exempel 4.1."),
    )
    delegate = LineField(label=gettext_lazy("Delegatens användarnamn"), max_length=150)
    is_substitute = forms.BooleanField(
        label=gettext_lazy("Som ersättare: när den ordinarie delegaten är borta"), required=False
    )
    engagement_forms = TickField(label=gettext_lazy("Anställningsformer som punkten gäller"))
    leading_posts = forms.BooleanField(
        label=gettext_lazy("Gäller också ledande befattningar"), required=False
    )
    escalates_to = LineField(
        label=gettext_lazy("Användarnamn för den som beslutar efter ett avstyrkande"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Lämna tomt om nämnden själv beslutar."),
    )
    valid_from = DayField(label=gettext_lazy("Från och med"))
    valid_to = DayField(label=gettext_lazy("Till och med"), required=False, not_past=True)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(each.pk): each for each in units}
        bodies: dict[str, list[tuple[str, str]]] = {}
        for pk, each in self.units.items():
            bodies.setdefault(each.authority.name, []).append((pk, indented(each)))
        choose_from(self, "unit", [("", _("Välj enhet")), *bodies.items()])
        choose_from(
            self, "engagement_forms", [(form.code, _(form.name)) for form in FORMS.values() if form.allowed]
        )
        self.persons: dict[str, Person | None] = {"delegate": None, "escalates_to": None}

    def clean_delegate(self) -> str:
        """An open account has that name."""
        return self._person("delegate")

    def clean_escalates_to(self) -> str:
        """An open account has that name, if one is given."""
        return self._person("escalates_to")

    def _person(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        self.persons[name] = person_behind(typed) if typed else None
        return typed


class LastDayForm(BaseForm):
    """When something is to end."""

    last_day = DayField(label=gettext_lazy("Sista dag"), not_past=True)


class SectionForm(BaseForm):
    """The decision that somebody confirms by."""

    section = LineField(
        label=gettext_lazy("Beslut"),
        max_length=60,
        readers="public",
        help_text=gettext_lazy("Organ och paragraf, till exempel KS 2026 § 41."),
    )


class AgreementForm(BaseForm):
    """Which function of which authority works for which other."""

    function = forms.ChoiceField(label=gettext_lazy("Funktion"))
    provider = forms.ChoiceField(label=gettext_lazy("Utförs av"))
    receiver = forms.ChoiceField(
        label=gettext_lazy("Åt"),
        help_text=gettext_lazy("Funktionen når den här nämndens eller det här bolagets rekryteringar."),
    )
    valid_from = DayField(label=gettext_lazy("Från och med"))
    valid_to = DayField(label=gettext_lazy("Till och med"), required=False, not_past=True)

    def __init__(self, *args: Any, authorities: Iterable[Authority], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(each.pk): each for each in authorities}
        choices = [("", _("Välj nämnd eller bolag")), *((pk, each.name) for pk, each in self.bodies.items())]
        choose_from(self, "provider", choices)
        choose_from(self, "receiver", choices)
        functions = [(code, _(words)) for code, words in FUNCTIONS.items()]
        choose_from(self, "function", [("", _("Välj funktion")), *functions])
