"""The questions that steer the checks, answered when the recruitment is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from vetting.policy.questions import QUESTIONS
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.forms.groups import nothing_to_declare, question_field
from vetting.web.forms import BaseForm

ASK = "q-"


class OpeningForm(BaseForm):
    """Every question of the opening; what the position has answered already is filled in and marked."""

    def __init__(self, *args: Any, case: Case, declares: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes: Sequence[str] = opening_questions(case)
        known = case.position.answers
        self.inherited = {
            code
            for code in self.codes
            if QUESTIONS[code].inherited_from_position and known.get(code) is not None
        }
        for code in self.codes:
            field = question_field(code, case.recruitment.answers.get(code))
            # Shown as required: an unanswered question stops the opening.
            field.required = True
            field.error_messages["required"] = _("Svara ja eller nej.")
            self.fields[ASK + code] = field
        if declares:
            tick = nothing_to_declare()
            tick.label = _(
                "Inget att anmäla: jag har ingen anknytning som kan ge skäl att ifrågasätta min opartiskhet"
            )
            tick.required = True
            tick.error_messages["required"] = _(
                "Kryssa i, eller anmäl din anknytning med länken under rutan innan du öppnar."
            )
            self.fields["declares"] = tick

    def new_parts(self) -> list[BoundField]:
        """The questions that nobody has answered yet."""
        return [self[ASK + code] for code in self.codes if code not in self.inherited]

    def inherited_parts(self) -> list[BoundField]:
        """The questions whose answer is inherited."""
        return [self[ASK + code] for code in self.codes if code in self.inherited]

    def answers(self) -> dict[str, bool]:
        """Question code → answer."""
        return {code: self.cleaned_data[ASK + code] == "yes" for code in self.codes}


def opening_questions(case: Case) -> list[str]:
    """Codes of the questions asked at the opening; conflicts of interest have an act of their own."""
    return [
        code
        for code in required(case).questions
        if "opening" in QUESTIONS[code].asked_when and code != "participant_conflict"
    ]
