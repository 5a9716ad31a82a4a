"""Forms of preparing, giving and lifting an opinion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.verify_signatures import MOST
from vetting.policy.choices import CHOICES
from vetting.policy.words import warnings_for
from vetting.recruitment.actions.vote import NO_CONDITION
from vetting.web.fields import DayField, LineField, PickField, TextField, TickField
from vetting.web.forms import BaseForm

CHECK = "security_opinion"
SECRECY = gettext_lazy("39 kap. 2 § OSL")
OUTCOMES = (
    ("supported", gettext_lazy("Tillstyrk")),
    ("supported_conditions", gettext_lazy("Tillstyrk med villkor")),
    ("returned", gettext_lazy("Återlämna")),
    ("advised_against", gettext_lazy("Avstyrk")),
)


def conditions() -> list[tuple[str, str]]:
    """The conditions to choose among, by code."""
    return [(code, _(label)) for code, label in CHOICES[CHECK, "condition"].items() if code != NO_CONDITION]


def remarks(cleaned: Mapping[str, Any], *names: str) -> Iterable[tuple[str, str]]:
    """One remark per thing in the named texts that an opinion must not hold; numbers are never quoted."""
    for name in names:
        for found in warnings_for(CHECK, cleaned.get(name) or ""):
            words = f" ({found.found})" if found.found else ""
            yield name, _(found.text) + words


class Remarks(BaseForm):
    """A form whose free text is looked through for what an opinion must not hold."""

    texts: tuple[str, ...] = ()

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """One remark per thing to look at again; the words themselves are quoted, numbers never."""
        yield from remarks(cleaned, *self.texts)


class PrepareForm(Remarks):
    """The preparer's recommendation, which nobody needs to write."""

    texts = ("recommendation",)
    recommendation = TextField(
        label=gettext_lazy("Rekommendation"),
        help_text=gettext_lazy("Vad du föreslår och varför. Skriv inte av det som står i kontrollerna."),
        required=False,
        max_length=4000,
        readers="secrecy",
        law=SECRECY,
    )


class BallotForm(Remarks):
    """One person's opinion: one of four, conditions by code, and reasons unless it supports outright."""

    texts = ("reasons",)
    outcome = PickField(label=gettext_lazy("Ditt yttrande"), choices=OUTCOMES)
    conditions = TickField(
        label=gettext_lazy("Villkor"),
        help_text=gettext_lazy("Fylls i när du tillstyrker med villkor."),
        choices=conditions,
        required=False,
    )
    reasons = TextField(
        label=gettext_lazy("Skäl"),
        help_text=gettext_lazy(
            "Behövs för allt utom Tillstyrk. Chefen ser utfallet och villkoren men inte skälen."
        ),
        required=False,
        max_length=4000,
        readers="secrecy",
        law=SECRECY,
    )


class Picks(forms.Field):
    """Ids from tick boxes, at most `most`."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, most: int = MOST, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[UUID]:
        """The ids; ValidationError for none, for too many and for what is no id."""
        try:
            found = list(dict.fromkeys(UUID(str(each)) for each in value or []))
        except ValueError as error:
            raise forms.ValidationError(_("Ladda om sidan och välj på nytt.")) from error
        if not found:
            raise forms.ValidationError(_("Kryssa i minst en rad."))
        if len(found) > self.most:
            raise forms.ValidationError(_("Kryssa i högst %(most)s rader åt gången.") % {"most": self.most})
        return found

    def validate(self, value: Any) -> None:
        """Judged in `to_python`, in plainer words."""


class SupportManyForm(BaseForm):
    """Several cases without deviations, supported with one confirmation."""

    pick = Picks(label=gettext_lazy("Ärenden"))
    confirmed = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)


class LiftForm(Remarks):
    """*Lyft beslutet*: why the question should be decided by somebody else."""

    texts = ("reason",)
    reason = TextField(
        label=gettext_lazy("Varför lyfter du frågan?"), max_length=4000, readers="secrecy", law=SECRECY
    )


RESULTS = (
    ("overruled", gettext_lazy("Anställningen får gå vidare, trots avstyrkandet")),
    ("upheld", gettext_lazy("Avstyrkandet står fast och kandidaturen avslutas")),
)


class EscalationForm(Remarks):
    """The decision after a lift, with its written reason."""

    texts = ("reason",)
    result = PickField(label=gettext_lazy("Beslut"), choices=RESULTS)
    reason = TextField(
        label=gettext_lazy("Skäl för beslutet"), max_length=4000, readers="secrecy", law=SECRECY
    )
    no_conflict = forms.BooleanField(
        label=gettext_lazy("Jag har ingen anknytning till kandidaten eller saken som kan innebära jäv")
    )


class BoardEscalationForm(BaseForm):
    """What the committee decided after a lift."""

    result = PickField(label=gettext_lazy("Nämndens beslut"), choices=RESULTS)
    decided_on = DayField(label=gettext_lazy("Sammanträdesdag"), not_future=True)
    section = LineField(
        label=gettext_lazy("Paragraf"), max_length=40, help_text=gettext_lazy("Till exempel § 112")
    )
