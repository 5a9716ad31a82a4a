"""Forms of the questions about access: whose, and to what. Neither stands in an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.accounts.models import Account, Person
from vetting.administration.forms.accounts import account_of
from vetting.administration.forms.roles import EVERYWHERE
from vetting.organisation.models import Authority, Unit
from vetting.policy.roles import ROLES
from vetting.recruitment.models import Recruitment
from vetting.web.choices import choose_from
from vetting.web.fields import LineField
from vetting.web.forms import BaseForm


class ExplainForm(BaseForm):
    """A person, by an account, and a recruitment, by its reference."""

    username = LineField(label=gettext_lazy("Namn eller användarnamn"), max_length=150)
    reference = LineField(
        label=gettext_lazy("Rekryteringens beteckning"),
        max_length=20,
        help_text=gettext_lazy("Till exempel R-2026-0142."),
    )

    def __init__(self, *args: Any, find: Callable[[str], Recruitment | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._find = find

    def clean_username(self) -> str:
        """There is such an account, open or shut."""
        self.person = person_behind(self.cleaned_data["username"])
        return str(self.cleaned_data["username"])

    def clean_reference(self) -> str:
        """A recruitment within reach. What is outside and what does not exist get the very same answer."""
        typed = str(self.cleaned_data["reference"])
        found = self._find(typed)
        if found is None:
            raise forms.ValidationError(
                _("Du når ingen rekrytering med den beteckningen. Kontrollera hur den är skriven.")
            )
        self.recruitment = found
        return typed


class PreviewForm(BaseForm):
    """Either a person, or a role somewhere."""

    username = LineField(
        label=gettext_lazy("Namn eller användarnamn"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Lämna tomt om du hellre väljer en roll."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Roll"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Var rollen gäller"), required=False)

    def __init__(
        self, *args: Any, authorities: Iterable[Authority], units: Iterable[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        bodies, workplaces = list(authorities), list(units)
        self.places: dict[str, Unit | Authority | None] = {EVERYWHERE: None, "": None}
        self.places |= {str(body.pk): body for body in bodies}
        self.places |= {str(workplace.pk): workplace for workplace in workplaces}
        choose_from(
            self,
            "role",
            [
                ("", _("Välj roll")),
                *((code, _(role.name)) for code, role in ROLES.items()),
            ],
        )
        choose_from(
            self,
            "place",
            [
                (EVERYWHERE, _("Hela kommunen")),
                (_("Myndigheter och bolag"), [(str(each.pk), each.name) for each in bodies]),
                (
                    _("Enheter"),
                    [(str(each.pk), f"{each.authority.name}: {each.name}") for each in workplaces],
                ),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """One of the two; a person is looked for only where no role is chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        typed, role = cleaned.get("username", ""), cleaned.get("role", "")
        self.person = None
        if bool(typed) == bool(role):
            self.add_error("username", _("Skriv ett namn, eller välj en roll. Inte båda."))
        elif typed:
            try:
                self.person = person_behind(typed)
            except forms.ValidationError as error:
                self.add_error("username", error)
        return cleaned

    person: Person | None = None


def person_behind(typed: str) -> Person:
    """The person of an account, open or closed, by its user name, or of an open one by hers. Raises ValidationError."""
    found = Account.objects.select_related("person").filter(username__iexact=typed).first()
    return found.person if found is not None else account_of(typed).person
