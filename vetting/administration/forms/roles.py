"""Forms of a role: what is proposed, why it is refused or taken away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account, Person
from vetting.organisation.models import Authority, Unit
from vetting.policy.places import NARROWEST
from vetting.policy.reasons import ROLE_REJECTED, ROLE_REVOKED, Reasons
from vetting.policy.roles import ROLES
from vetting.web.choices import choose_from
from vetting.web.fields import DayField, LineField, PickField
from vetting.web.forms import BaseForm

EVERYWHERE = "alla"


class ProposeForm(BaseForm):
    """Who, which role, where, from when and by which decision."""

    username = LineField(
        label=gettext_lazy("Användarnamn"),
        max_length=150,
        help_text=gettext_lazy("Kontot som personen loggar in med."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Roll"))
    place = forms.ChoiceField(
        label=gettext_lazy("Var rollen gäller"),
        help_text=gettext_lazy("En enhet tar med alla enheter under sig."),
    )
    valid_from = DayField(label=gettext_lazy("Från och med"), not_past=True)
    valid_to = DayField(label=gettext_lazy("Till och med"), required=False, not_past=True)
    reference = LineField(
        label=gettext_lazy("Beslut"),
        max_length=60,
        required=False,
        readers="public",
        help_text=gettext_lazy("Organ och paragraf eller diarienummer. Krävs för mottagare av anmälningar."),
    )
    decided_on = DayField(label=gettext_lazy("Beslutsdag"), required=False, not_future=True)

    def __init__(
        self, *args: Any, authorities: Iterable[Authority], units: Iterable[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        bodies, workplaces = list(authorities), list(units)
        self.places: dict[str, Unit | Authority | None] = {EVERYWHERE: None}
        self.places |= {str(body.pk): body for body in bodies}
        self.places |= {str(workplace.pk): workplace for workplace in workplaces}
        choose_from(
            self,
            "role",
            [
                ("", _("Välj roll")),
                *((code, _(ROLES[code].name)) for code, place in NARROWEST.items() if place is not None),
            ],
        )
        choose_from(
            self,
            "place",
            [
                ("", _("Välj var")),
                (EVERYWHERE, _("Hela kommunen")),
                (_("Myndigheter och bolag"), [(str(each.pk), each.name) for each in bodies]),
                (
                    _("Enheter"),
                    [(str(each.pk), f"{each.authority.name}: {each.name}") for each in workplaces],
                ),
            ],
        )

    def clean_username(self) -> str:
        """An open account has that name."""
        typed: str = self.cleaned_data["username"]
        found = (
            Account.objects.select_related("person").filter(username__iexact=typed, is_active=True).first()
        )
        if found is None:
            raise forms.ValidationError(_("Det finns inget öppet konto med det användarnamnet."))
        self.account = found
        return found.username

    @property
    def person(self) -> Person:
        """Whoever the role is for."""
        return self.account.person

    @property
    def chosen_place(self) -> Unit | Authority | None:
        """Where it is to hold; None is the whole installation."""
        return self.places[self.cleaned_data["place"]]


class ReasonForm(BaseForm):
    """One reason from a list."""

    reason = PickField(label=gettext_lazy("Anledning"))

    def __init__(self, *args: Any, reasons: Reasons, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "reason", [(code, _(words)) for code, words in reasons.items()])


class RejectForm(ReasonForm):
    """Why a proposal is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, reasons=ROLE_REJECTED, **kwargs)


class RevokeForm(ReasonForm):
    """Why a role is taken away; with `warning` that has to be read first where nobody would be left who confirms."""

    def __init__(self, *args: Any, warning: str = "", **kwargs: Any) -> None:
        super().__init__(*args, reasons=ROLE_REVOKED, **kwargs)
        self.warning = warning

    def warn(self, cleaned: Any) -> Iterable[tuple[str, str]]:
        """What follows is told before it happens."""
        if self.warning:
            yield "reason", self.warning
