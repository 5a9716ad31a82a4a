"""Conflicts of interest: told in one's own words, opened with a purpose, decided with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.reasons import PURPOSES
from vetting.policy.words import warnings_for
from vetting.web.choices import choose_from
from vetting.web.fields import PickField, TextField
from vetting.web.forms import BaseForm

DECISIONS = [
    ("excluded", gettext_lazy("Deltar inte")),
    ("participates", gettext_lazy("Deltar, saknar betydelse")),
]
#: Why a declaration may be opened.
WHY = ("declare_conflict", "disclosure")
READERS = {"readers": "public"}


class _Telling(BaseForm):
    """A form with a note about a conflict of interest; relatives' numbers and details are asked about again."""

    note = ""

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the register of declarations should not hold."""
        for found in warnings_for("recruiter_coi", cleaned.get(self.note, "")):
            yield self.note, _(found.text)


class InterestForm(_Telling):
    """What the connection is, in one's own words."""

    note = "interest"
    interest = TextField(
        label=gettext_lazy("Vad kan ge skäl att ifrågasätta att du är opartisk?"),
        max_length=2000,
        rows=5,
        help_text=gettext_lazy(
            "Skriv kort och i egna ord, till exempel ”vi har arbetat nära varandra de senaste två åren”. "
            "Skriv aldrig någons personnummer."
        ),
        **READERS,
    )


class DecideForm(_Telling):
    """Takes part or not, and why."""

    note = "reason"
    decision = PickField(label=gettext_lazy("Ska personen delta?"), choices=DECISIONS)
    reason = TextField(label=gettext_lazy("Skäl"), max_length=2000, rows=4, **READERS)


class MatchForm(_Telling):
    """Whether the finalist is the person who was shut out, and how that is known."""

    note = "reason"
    decision = PickField(
        label=gettext_lazy("Är medarbetaren själv slutkandidat?"),
        choices=[
            ("excluded", gettext_lazy("Ja, hon eller han deltar inte")),
            ("participates", gettext_lazy("Nej, numret är fel: deltar igen")),
        ],
    )
    reason = TextField(label=gettext_lazy("Hur vet du det?"), max_length=2000, rows=4, **READERS)


class WhyForm(BaseForm):
    """The purpose for which a declaration is opened."""

    purpose = forms.ChoiceField(label=gettext_lazy("Varför behöver du läsa?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, _(PURPOSES[code])) for code in WHY]
        choose_from(self, "purpose", choices)


class SetRecusalForm(_Telling):
    """Who stands aside, and why."""

    note = "reason"
    person = forms.ChoiceField(label=gettext_lazy("Vem ska inte delta?"))
    reason = TextField(label=gettext_lazy("Skäl"), max_length=2000, rows=4, **READERS)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", [("", _("Välj person")), *people])


class LiftForm(_Telling):
    """Why somebody may take part again."""

    note = "reason"
    reason = TextField(label=gettext_lazy("Skäl"), max_length=2000, rows=4, **READERS)
