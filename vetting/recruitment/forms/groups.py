"""One of the four groups as one form: several checks, and the questions that belong there, saved together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from vetting.policy.questions import QUESTIONS
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.forms.evidence import (
    YES_NO,
    evidence_errors,
    evidence_fields,
    evidence_warnings,
    outcome_field,
    typed_evidence,
)
from vetting.recruitment.labels import check_state
from vetting.recruitment.outcome_words import outcome_label
from vetting.recruitment.tasks import legal_of
from vetting.web.fields import PickField
from vetting.web.forms import BaseForm
from vetting.web.parts import Legal

ASK = "q-"


@dataclass(frozen=True, slots=True)
class RowPart:
    """One check in the form, as the template shows it."""

    row: Row
    name: str
    status: str
    outcome: BoundField
    fields: Sequence[BoundField]
    seen: BoundField
    legal: Legal
    meanwhile: str


class GroupForm(BaseForm):
    """`rows`: the checks that may be recorded. Rows left at *Inte nu* are not touched; an error loses nothing."""

    rows_are_optional = True

    def __init__(
        self,
        *args: Any,
        rows: Sequence[Row],
        questions: Sequence[str] = (),
        today: date,
        version: date | None = None,
        changed: Mapping[str, Row] | None = None,
        engagement: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.questions, self.changed = list(rows), list(questions), dict(changed or {})
        for code in self.questions:
            self.fields[ASK + code] = question_field(code)
        for row in self.rows:
            code = row.spec.code
            self.fields[f"{code}-outcome"] = outcome_field(code)
            self.fields[f"{code}-seen"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.check.entry_id if row.check else None
            )
            for name, field in evidence_fields(row.spec, today, version, engagement).items():
                self.fields[f"{code}-{name}"] = field

    def label_of(self, name: str) -> str:
        """A field of a check with the check's name before it: several have a *Resultat*."""
        own = next((row for row in self.rows if name.startswith(f"{row.spec.code}-")), None)
        label = super().label_of(name)
        return f"{_(own.spec.name)}: {label}" if own is not None else label

    def question_parts(self) -> list[BoundField]:
        """The questions to show."""
        return [self[ASK + code] for code in self.questions]

    def row_parts(self) -> list[RowPart]:
        """The checks to show."""
        return [self._part(row) for row in self.rows]

    def _part(self, row: Row) -> RowPart:
        code = row.spec.code
        own = [self[f"{code}-{f.name}"] for f in row.spec.fields if f"{code}-{f.name}" in self.fields]
        return RowPart(
            row,
            _(row.spec.name),
            check_state(row),
            self[f"{code}-outcome"],
            own,
            self[f"{code}-seen"],
            legal_of(row.spec),
            _meanwhile(self.changed[code]) if code in self.changed else "",
        )

    def answers(self) -> dict[str, bool]:
        """Question code → answer, for those that were answered."""
        given = {code: self.cleaned_data.get(ASK + code) for code in self.questions}
        return {code: value == "yes" for code, value in given.items() if value}

    def filled(self) -> list[tuple[Row, str, dict[str, Any], int | None]]:
        """(row, outcome, evidence, the log entry it was seen at) for every row that was filled in."""
        cleaned = self.cleaned_data
        return [
            (
                row,
                cleaned[f"{row.spec.code}-outcome"],
                typed_evidence(row.spec, cleaned, f"{row.spec.code}-"),
                cleaned.get(f"{row.spec.code}-seen"),
            )
            for row in self.rows
            if cleaned.get(f"{row.spec.code}-outcome")
        ]

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the filled-in rows' texts should not hold."""
        for row in self.rows:
            if cleaned.get(f"{row.spec.code}-outcome"):
                yield from evidence_warnings(row.spec, cleaned, f"{row.spec.code}-")

    def clean(self) -> dict[str, Any]:
        """Judges each filled-in row as a whole; text without an outcome is an error, never lost in silence."""
        cleaned = super().clean()
        for row in self.rows:
            code = row.spec.code
            outcome = cleaned.get(f"{code}-outcome", "")
            if outcome:
                typed = typed_evidence(row.spec, cleaned, f"{code}-")
                for name, sentence in evidence_errors(code, outcome, typed).items():
                    if f"{code}-{name}" in self.fields and f"{code}-{name}" not in self.errors:
                        self.add_error(f"{code}-{name}", sentence)
            elif self._is_touched(code):
                self.add_error(
                    f"{code}-outcome",
                    _("Välj ett resultat, så sparas det du har skrivit. Annars töm fälten."),
                )
        return cleaned

    def _is_touched(self, code: str) -> bool:
        skip = {f"{code}-outcome", f"{code}-seen"}
        return any(name.startswith(f"{code}-") and name not in skip for name in self.changed_data)


def nothing_to_declare() -> forms.BooleanField:
    """The one tap of the conflict-of-interest question, for whoever knows whom it is about (or before there is anyone).

    Whoever has something to declare does it on its own page.
    """
    return forms.BooleanField(
        label=_("Inget att anmäla: jag har ingen anknytning till slutkandidaterna"), required=False
    )


def question_field(code: str, initial: bool | None = None) -> PickField:
    """A coded question: yes or no, and nothing chosen in advance unless it was answered before."""
    known = {True: "yes", False: "no"}.get(initial) if initial is not None else None
    return PickField(
        label=_(QUESTIONS[code].text), choices=YES_NO, inline=True, required=False, initial=known
    )


def _meanwhile(row: Row) -> str:
    who = row.check.recorded_by.display_name if row.check and row.check.recorded_by else ""
    words = " · ".join(text for text in (check_state(row), outcome_label(row), who) if text)
    return _("Sparat medan du skrev: %(what)s. Välj Inte nu för att låta det stå.") % {"what": words}
