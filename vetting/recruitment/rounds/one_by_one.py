"""What is noted for one person at a time, for those who wait: statutory rows, answers, extracts that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.policy.rounds import may_be_noted_together
from vetting.recruitment.abilities import recordable
from vetting.recruitment.actions.shown import is_to_be_shown
from vetting.recruitment.answering import split
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.engine.rows import Row
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.rounds.grid import Line

OF_RECRUITMENT = {spec.question for spec in CHECKPOINTS.values() if spec.belongs_to == "recruitment"}
STAGES = {"fore": ("finalist", "decision"), "start": ("start",)}
"""Before the decision, and before the start."""


@dataclass(frozen=True, slots=True)
class OfPerson:
    """What one person has to note about one finalist."""

    candidacy: Candidacy
    rows: Sequence[Row]
    questions: Sequence[str]
    extracts: Sequence[Check]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not (self.rows or self.questions or self.extracts)

    @property
    def fields(self) -> int:
        """How many fields it takes to note it all."""
        return (
            sum(1 + len(row.spec.fields) for row in self.rows) + len(self.questions) + 2 * len(self.extracts)
        )


def waiting_for(actor: Actor, case: Case, lines: Sequence[Line], stage: str, most: int) -> list[OfPerson]:
    """The first `most` finalists with something for this person to note, in order."""
    asked = _asked(case) if stage == "fore" else []
    found: list[OfPerson] = []
    for line in lines:
        if len(found) == most:
            break
        if line.part:
            part = of_person(actor, case, line, stage, asked)
            if not part.is_empty:
                found.append(part)
    return found


def that_fit(people: Sequence[OfPerson], most_fields: int) -> list[OfPerson]:
    """As many of the first as have room on a page of so many fields; at least one."""
    taken = 0
    for place, person in enumerate(people):
        taken += person.fields
        if place and taken > most_fields:
            return list(people[:place])
    return list(people)


def of_person(
    actor: Actor, case: Case, line: Line, stage: str, asked: Sequence[str] | None = None
) -> OfPerson:
    """What this person has to note about the finalist of the line."""
    candidacy = line.candidacy
    rows = [
        row for code, row in line.rows.items() if _is_open(row, stage) and not may_be_noted_together(code)
    ]
    decided = case.decision_of(candidacy) is not None
    codes = (_asked(case) if asked is None else asked) if stage == "fore" and not decided else []
    answers = case.recruitment.answers | candidacy.answers
    return OfPerson(
        candidacy,
        recordable(actor, case, [row for row in rows if not row.is_shown_only]),
        _own(actor, case, candidacy, [code for code in codes if answers.get(code) is None]),
        [row.check for row in _shown(line, stage, decided) if row.check and _notes(actor, case, row.check)],
    )


def _is_open(row: Row, stage: str) -> bool:
    return row.check is not None and row.spec.stage in STAGES[stage] and not row.is_settled


def _shown(line: Line, stage: str, decided: bool) -> list[Row]:
    """Rows of extracts that are shown on the page of the decision, those noted on another day among them."""
    if decided or stage != "fore" or line.candidacy.proceeded_on is None:
        return []
    return [row for row in line.rows.values() if row.is_shown_only and row.state != "blocked"]


def _notes(actor: Actor, case: Case, check: Check) -> bool:
    if check.documentation != "note_shown_only" or not is_to_be_shown(check, actor):
        return False
    return ask(actor, "check.record_shown", case.facts_for(actor, check=check)).allowed


def _asked(case: Case) -> list[str]:
    """The questions that are answered about each finalist."""
    return [
        code
        for code in required(case).questions
        if code != "participant_conflict"
        and code not in OF_RECRUITMENT
        and {"candidacy", "decision"} & set(QUESTIONS[code].asked_when)
        and "deciding_delegate" not in QUESTIONS[code].answered_by
    ]


def _own(actor: Actor, case: Case, candidacy: Candidacy, codes: Sequence[str]) -> list[str]:
    if not codes:
        return []
    facts = case.facts_for(actor, candidacy=candidacy)
    return split(facts, codes)[0] if ask(actor, "candidacy.edit", facts) else []
