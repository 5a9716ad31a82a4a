"""The questions that steer the checks, answered when the recruitment is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from vetting.policy.questions import QUESTIONS
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.forms.groups import nothing_to_declare, question_field
from vetting.web.fields import PickField
from vetting.web.forms import BaseForm

ASK = "q-"


class OpeningForm(BaseForm):
    """One's own questions of the opening; what the position has answered already is filled in and marked."""

    def __init__(self, *args: Any, case: Case, codes: Sequence[str], declares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        known = case.position.answers
        self.inherited = {
            code
            for code in self.codes
            if QUESTIONS[code].inherited_from_position and known.get(code) is not None
        }
        for code in self.codes:
            self.fields[ASK + code] = must_answer(code, case.recruitment.answers.get(code))
        if declares:
            self.fields["declares"] = declares_nothing(
                _("Kryssa i, eller anmäl din anknytning med länken under rutan innan du öppnar.")
            )

    def new_parts(self) -> list[BoundField]:
        """The questions that nobody has answered yet."""
        return [self[ASK + code] for code in self.codes if code not in self.inherited]

    def inherited_parts(self) -> list[BoundField]:
        """The questions whose answer is inherited."""
        return [self[ASK + code] for code in self.codes if code in self.inherited]

    def answers(self) -> dict[str, bool]:
        """Question code → answer."""
        return {code: self.cleaned_data[ASK + code] == "yes" for code in self.codes}


class AtOnceForm(BaseForm):
    """The questions of the opening on the page that shows the checks, for whoever opens without a draft first."""

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        for code in codes:
            self.fields[ASK + code] = must_answer(code)
        self.fields["declares"] = declares_nothing(
            _("Kryssa i. Har du något att anmäla: starta som utkast och anmäl det först.")
        )

    def answers(self) -> dict[str, bool]:
        """Question code → answer."""
        return {code: self.cleaned_data[ASK + code] == "yes" for code in self.codes}


def must_answer(code: str, initial: bool | None = None) -> PickField:
    """A question shown as required: unanswered it stops the opening."""
    field = question_field(code, initial)
    field.required = True
    field.error_messages["required"] = _("Svara ja eller nej.")
    return field


def declares_nothing(otherwise: str) -> forms.BooleanField:
    """The one tap of the declaration, before there is a finalist; `otherwise` says what to do instead of it."""
    tick = nothing_to_declare()
    tick.label = _(
        "Inget att anmäla: jag har ingen anknytning som kan ge skäl att ifrågasätta min opartiskhet"
    )
    tick.required = True
    tick.error_messages["required"] = otherwise
    return tick


def opening_questions(case: Case) -> list[str]:
    """Codes of the questions asked at the opening; conflicts of interest have an act of their own."""
    return [
        code
        for code in required(case).questions
        if "opening" in QUESTIONS[code].asked_when and code != "participant_conflict"
    ]
