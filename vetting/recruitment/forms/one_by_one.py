"""Rows of several finalists on one page, each filled in by itself; where nothing is chosen, nothing is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.decision import Extract
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.forms.decision import issued_field, shown_field
from vetting.recruitment.forms.evidence import (
    YES_NO,
    evidence_errors,
    evidence_fields,
    evidence_warnings,
    outcome_field,
    typed_evidence,
)
from vetting.recruitment.rounds.one_by_one import OfPerson
from vetting.web.fields import PickField
from vetting.web.forms import BaseForm

NOTHING = gettext_lazy("– inget valt –")
"""What stands in a list before anything is chosen; it is no answer, and nothing is saved of it."""
SAVED_TOGETHER = 5
"""After so many people there is a button of the same form: whatever is filled in on the page goes with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One check, question or extract of one finalist, with its fields."""

    name: str
    fields: Sequence[BoundField]


def _as_list(field: forms.ChoiceField) -> forms.ChoiceField:
    """Radio buttons as a list to choose from: more people fit on a page, and each is one stop of the tab key."""
    choices = [("", NOTHING), *(choice for choice in cast(Any, field.choices) if choice[0] != "")]
    return forms.ChoiceField(label=field.label, choices=choices, required=False, initial=field.initial)


class EachForm(BaseForm):
    """`people`: what may be noted about each. Field names begin with the finalist's reference."""

    rows_are_optional = True

    def __init__(
        self, *args: Any, people: Sequence[OfPerson], today: date, version: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person in self.people:
            who = person.candidacy.label
            for row in person.rows:
                self._add_row(who, row, today, version)
            for code in person.questions:
                self.fields[f"{who}-q-{code}"] = forms.ChoiceField(
                    label=_(QUESTIONS[code].text), choices=[("", NOTHING), *YES_NO], required=False
                )
            for check in person.extracts:
                shown, issued = shown_field(), issued_field()
                shown.required = issued.required = False
                shown.initial, shown.help_text, issued.help_text = today, "", ""
                self.fields[f"{who}-{check.code}-shown_on"] = shown
                self.fields[f"{who}-{check.code}-issued_on"] = issued

    def _add_row(self, who: str, row: Row, today: date, version: date | None) -> None:
        place = f"{who}-{row.spec.code}-"
        self.fields[f"{place}outcome"] = _as_list(outcome_field(row.spec.code))
        self.fields[f"{place}seen"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=row.check.entry_id if row.check else None
        )
        for name, field in evidence_fields(row.spec, today, version).items():
            self.fields[place + name] = _as_list(field) if isinstance(field, PickField) else field

    def label_of(self, name: str) -> str:
        """A field with the finalist's reference before it."""
        return (
            f"{name.partition('-')[0]}: {super().label_of(name)}" if "-" in name else super().label_of(name)
        )

    def person_parts(self) -> list[tuple[OfPerson, list[Part]]]:
        """Each finalist with the parts to show."""
        return [(person, self._parts(person)) for person in self.people]

    def _parts(self, person: OfPerson) -> list[Part]:
        who = person.candidacy.label
        parts = [
            Part(_(row.spec.name), [self[n] for n in self.fields if n.startswith(f"{who}-{row.spec.code}-")])
            for row in person.rows
        ]
        parts += [Part("", [self[f"{who}-q-{code}"]]) for code in person.questions]
        parts += [
            Part(
                _(CHECKPOINTS[check.code].name),
                [self[f"{who}-{check.code}-shown_on"], self[f"{who}-{check.code}-issued_on"]],
            )
            for check in person.extracts
        ]
        return parts

    def filled(self, person: OfPerson) -> list[tuple[Row, str, dict[str, Any], int | None]]:
        """(row, outcome, evidence, the log entry it was seen at) for each row that was filled in."""
        cleaned, who = self.cleaned_data, person.candidacy.label
        return [
            (row, outcome, typed_evidence(row.spec, cleaned, place), cleaned.get(f"{place}seen"))
            for row in person.rows
            if (outcome := cleaned.get(f"{(place := f'{who}-{row.spec.code}-')}outcome"))
        ]

    def answers(self, person: OfPerson) -> dict[str, bool]:
        """Question code → answer, for those that were answered."""
        who = person.candidacy.label
        given = {code: self.cleaned_data.get(f"{who}-q-{code}") for code in person.questions}
        return {code: value == "yes" for code, value in given.items() if value}

    def extracts(self, person: OfPerson) -> dict[str, Extract]:
        """Check code → the days of each extract that was shown: it is noted by its day of issue."""
        who, found = person.candidacy.label, {}
        for check in person.extracts:
            shown = self.cleaned_data.get(f"{who}-{check.code}-shown_on")
            issued = self.cleaned_data.get(f"{who}-{check.code}-issued_on")
            if shown and issued:
                found[check.code] = Extract(shown, issued)
        return found

    def warn(self, cleaned: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """What the filled-in rows' texts should not hold."""
        for person in self.people:
            for row in person.rows:
                place = f"{person.candidacy.label}-{row.spec.code}-"
                if cleaned.get(f"{place}outcome"):
                    yield from evidence_warnings(row.spec, cleaned, place)

    def clean(self) -> dict[str, Any]:
        """Judges each filled-in row as a whole; what is written without an outcome is an error, never lost."""
        cleaned = super().clean()
        for person in self.people:
            for row in person.rows:
                self._judge(f"{person.candidacy.label}-{row.spec.code}-", row, cleaned)
            for check in person.extracts:
                place = f"{person.candidacy.label}-{check.code}-"
                issued = f"{place}issued_on"
                half = f"{place}shown_on" in self.changed_data and not cleaned.get(issued)
                if half and issued not in self.errors:
                    self.add_error(issued, _("Skriv när utdraget är utfärdat."))
        for who in self._lost():
            self.add_error(
                None,
                _("%(who)s: någon annan har antecknat medan du skrev. Läs vad som står nu.") % {"who": who},
            )
        return cleaned

    def _lost(self) -> list[str]:
        """The references of rows that were filled in and can be filled in no longer."""
        ends = ("-outcome", "-issued_on")
        sent = (n for n, value in self.data.items() if value and (n.endswith(ends) or "-q-" in n))
        return sorted({name.partition("-")[0] for name in sent if name not in self.fields})

    def _judge(self, place: str, row: Row, cleaned: Mapping[str, Any]) -> None:
        outcome = cleaned.get(f"{place}outcome", "")
        if not outcome:
            skip = {f"{place}outcome", f"{place}seen"}
            if any(name.startswith(place) and name not in skip for name in self.changed_data):
                self.add_error(
                    f"{place}outcome",
                    _("Välj ett resultat, så sparas det du har skrivit. Annars töm fälten."),
                )
            return
        for name, sentence in evidence_errors(
            row.spec.code, outcome, typed_evidence(row.spec, cleaned, place)
        ).items():
            if place + name in self.fields and place + name not in self.errors:
                self.add_error(place + name, sentence)
