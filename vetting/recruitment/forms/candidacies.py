"""Forms about one finalist. Names are only ever typed here; they are sealed before they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from vetting.policy.reasons import NOT_SELECTED
from vetting.policy.words import warnings_for
from vetting.recruitment.forms.groups import ASK, nothing_to_declare, question_field
from vetting.recruitment.readers_named import readers_of
from vetting.web.fields import LineField, PickField, TickField
from vetting.web.forms import BaseForm

SECRECY = "21 kap. 1 och 3 §§ OSL"


class FinalistForm(BaseForm):
    """*Föreslå slutkandidat*: name and contact, nothing else."""

    def __init__(self, *args: Any, declares: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        self.fields["contact"] = contact_field()
        if declares:
            self.fields["declares"] = nothing_to_declare()
            self.fields["declares"].label = _(
                "Inget att anmäla: jag har ingen anknytning till den här personen eller de andra slutkandidaterna"
            )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A number does not belong here: it has a field of its own, when a check needs it."""
        yield from number_warnings(cleaned, "name", "contact")


class EditForm(BaseForm):
    """What is stored about the finalist. An empty box leaves the value as it is; nothing sealed is shown unopened."""

    def __init__(
        self,
        *args: Any,
        opened: Mapping[str, str],
        asks_number: bool,
        questions: Sequence[str],
        answers: Mapping[str, bool],
        protected: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.fields["filled_in"] = forms.CharField(
            required=False, max_length=64, widget=forms.HiddenInput, initial="|".join(sorted(opened))
        )
        keep = "" if opened else _("Lämna tomt för att behålla det som är sparat.")
        if not protected:
            self.fields["name"] = name_field(required=False, initial=opened.get("name", ""), help_text=keep)
            self.fields["contact"] = contact_field(initial=opened.get("contact", ""), help_text=keep)
        if asks_number and not protected:
            self.fields["number"] = LineField(
                label=_("Personnummer eller samordningsnummer"),
                max_length=20,
                required=False,
                help_text=_("En kontroll här behöver numret. Skriv tio eller tolv siffror. %(keep)s")
                % {"keep": _("Lämna tomt för att behålla det som är sparat.")},
                readers="secrecy",
                law=SECRECY,
                who=readers_of("candidacy.reveal"),
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "size": 16}),
            )
        for code in self.questions:
            self.fields[ASK + code] = question_field(code, answers.get(code))

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """A number in the wrong box."""
        yield from number_warnings(cleaned, "name", "contact")

    def kept_back(self) -> frozenset[str]:
        """What the page had filled in from opened values, in case the opening has ended since."""
        return frozenset(str(self.data.get(self.add_prefix("filled_in"), "")).split("|"))

    def answers(self) -> dict[str, bool]:
        """Question code → answer, for those that were answered anew."""
        return {
            code: self.cleaned_data[ASK + code] == "yes"
            for code in self.questions
            if self.cleaned_data.get(ASK + code) and ASK + code in self.changed_data
        }

    def changed(self, name: str) -> str | None:
        """The new text of the field, or None where it is to be left alone."""
        if name not in self.fields or name not in self.changed_data or not self.cleaned_data.get(name):
            return None
        return str(self.cleaned_data[name])


class NotSelectedForm(BaseForm):
    """*Inte aktuell*: a neutral reason from the list, never about a check."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = PickField(
            label=_("Skäl"), choices=[(code, _(text)) for code, text in NOT_SELECTED.items()]
        )


class ProtectForm(BaseForm):
    """Going over to handling by hand: an alias, where the papers are kept, and one or two handlers."""

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alias"] = LineField(
            label=_("Alias"),
            max_length=40,
            help_text=_("Något som inte går att koppla till personen. Aldrig initialer."),
        )
        self.fields["kept_at"] = LineField(
            label=_("Uppgifterna förvaras hos"),
            max_length=80,
            help_text=_("Till exempel kassaskåp, rum eller funktion."),
        )
        self.fields["handlers"] = TickField(
            label=_("Namngivna handläggare (en eller två)"),
            choices=list(people),
            error_messages={"required": _("Välj en eller två personer.")},
        )

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """An alias is no number."""
        yield from number_warnings(cleaned, "alias", "kept_at")


def name_field(**more: Any) -> LineField:
    """The finalist's name."""
    return LineField(
        label=_("Namn"), max_length=120, readers="public",
        widget=forms.TextInput(attrs={"autocomplete": "off"}), **more,
    )  # fmt: skip


def contact_field(**more: Any) -> LineField:
    """How to reach the finalist."""
    return LineField(
        label=_("Telefon eller e-post"), max_length=120, required=False, readers="public",
        widget=forms.TextInput(attrs={"autocomplete": "off"}), **more,
    )  # fmt: skip


def number_warnings(cleaned: Mapping[str, Any], *names: str) -> Iterable[tuple[str, str]]:
    """A remark for each of the fields that seems to hold a personal number."""
    for name in names:
        for warning in warnings_for(None, str(cleaned.get(name) or "")):
            if warning.topic == "number":
                yield name, _(warning.text)
