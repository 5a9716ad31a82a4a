"""Forms of the tree: an authority or a company, a unit, its move, its replacement, its last day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Person
from vetting.administration.actions.units import workplace_profiles
from vetting.administration.forms.accounts import person_behind
from vetting.administration.queries.units import indented
from vetting.organisation.models import Authority, Unit
from vetting.policy.profiles import PROFILES
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField, TickField
from vetting.web.forms import BaseForm

TOP = "hogst"


class AuthorityForm(BaseForm):
    """A committee or a company; before the first one also what the municipality is called."""

    municipality = LineField(
        label=gettext_lazy("Kommunens namn"),
        max_length=120,
        help_text=gettext_lazy("Till exempel Nordviks kommun. Anges en gång."),
    )
    entity = PickField(
        label=gettext_lazy("Slag"),
        choices=[
            (Authority.Entity.AUTHORITY.value, gettext_lazy("Nämnd eller annan myndighet")),
            (Authority.Entity.COMPANY.value, gettext_lazy("Bolag")),
        ],
        help_text=gettext_lazy("Slaget avgör vilka lagstöd som finns och kan inte ändras sedan."),
    )
    name = LineField(
        label=gettext_lazy("Namn"),
        max_length=120,
        help_text=gettext_lazy("Till exempel Utbildningsnämnden."),
    )
    diary_prefix = LineField(
        label=gettext_lazy("Beteckning i diariet"),
        max_length=12,
        help_text=gettext_lazy("Inleder diarienumren, till exempel UBN."),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_first:
            del self.fields["municipality"]


class EditAuthorityForm(BaseForm):
    """What can be changed of an authority or a company; its kind decides which legal grounds there are, and stays."""

    name = LineField(label=gettext_lazy("Namn"), max_length=120)
    diary_prefix = LineField(label=gettext_lazy("Beteckning i diariet"), max_length=12)
    is_control_function = forms.BooleanField(
        label=gettext_lazy("Den är HR:s eller säkerhetsfunktionens egen"),
        required=False,
        help_text=gettext_lazy("Då yttrar sig en gästyttrare om varje befattning i den."),
    )


class ConfirmForm(BaseForm):
    """Nothing to fill in: what is confirmed stands on the page."""


class _UnitFields(BaseForm):
    name = LineField(label=gettext_lazy("Enhetens namn"), max_length=120)
    profiles = TickField(
        label=gettext_lazy("Arbetsplatsens kontrollprofiler"),
        required=False,
        help_text=gettext_lazy("Gäller varje befattning i enheten, och den som sänds dit för att arbeta."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "profiles", [(code, _(PROFILES[code].name)) for code in workplace_profiles()])


class UnitForm(_UnitFields):
    """A new unit: where it stands, what it is called, what kind of workplace it is, from when."""

    place = forms.ChoiceField(
        label=gettext_lazy("Ligger under"),
        help_text=gettext_lazy("En roll i en enhet når också enheterna under den."),
    )
    valid_from = DayField(label=gettext_lazy("Finns från och med"))
    field_order = ["place", "name", "profiles", "valid_from"]

    def __init__(
        self, *args: Any, authorities: Iterable[Authority], units: Iterable[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        bodies, workplaces = list(authorities), list(units)
        self.places: dict[str, tuple[Authority, Unit | None]] = {
            str(body.pk): (body, None) for body in bodies
        }
        self.places |= {str(each.pk): (each.authority, each) for each in workplaces}
        groups = [
            (
                body.name,
                [
                    (str(body.pk), _("Högst upp i %(name)s") % {"name": body.name}),
                    *((str(each.pk), indented(each)) for each in workplaces if each.authority_id == body.pk),
                ],
            )
            for body in bodies
        ]
        choose_from(self, "place", [("", _("Välj var")), *groups])

    @property
    def chosen(self) -> tuple[Authority, Unit | None]:
        """The authority, and the unit above if there is one."""
        return self.places[self.cleaned_data["place"]]


class EditUnitForm(_UnitFields):
    """What can be changed of a unit where it stands."""

    access_manager = LineField(
        label=gettext_lazy("Användarnamn för den som ger och stänger systembehörigheter"),
        max_length=150,
        required=False,
        help_text=gettext_lazy(
            "Antecknar kontrollen Behörigheter för enhetens befattningar och ser inget annat."
        ),
    )
    field_order = ["name", "profiles", "access_manager"]
    person: Person | None = None

    def clean_access_manager(self) -> str:
        """An open account has that name."""
        typed: str = self.cleaned_data["access_manager"]
        self.person = person_behind(typed) if typed else None
        return typed


class _PlaceForm(BaseForm):
    """Where a unit goes, and from when."""

    on = DayField(label=gettext_lazy("Från och med"), not_future=True)

    def offer(self, units: Iterable[Unit], *first: tuple[str, str]) -> None:
        """Let `parent` offer the units."""
        self.units = {str(each.pk): each for each in units}
        choose_from(
            self,
            "parent",
            [("", _("Välj enhet")), *first, *((pk, indented(each)) for pk, each in self.units.items())],
        )

    @property
    def chosen(self) -> Unit | None:
        """The unit; None is the top."""
        return self.units.get(self.cleaned_data["parent"])


class MoveForm(_PlaceForm):
    """The unit, with all below it, under another."""

    parent = forms.ChoiceField(label=gettext_lazy("Ny plats"))
    field_order = ["parent", "on"]

    def __init__(self, *args: Any, units: Iterable[Unit], authority: Authority, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(units, (TOP, _("Högst upp i %(name)s") % {"name": authority.name}))


class ReplaceForm(_PlaceForm):
    """Another unit takes its place."""

    parent = forms.ChoiceField(label=gettext_lazy("Ersätts av"))
    field_order = ["parent", "on"]

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(units)


class EndUnitForm(BaseForm):
    """The unit's last day."""

    last_day = DayField(label=gettext_lazy("Sista dag"))
