"""Person × check: every finalist by her reference, with how far each check has come. Never a name.

Judged in one pass over the case, whatever the number of finalists: what concerns the recruitment is asked once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from vetting.policy import workflow
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.questions import QUESTIONS
from vetting.policy.rounds import may_be_noted_together
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import DECIDED, required, waits_for_declarations
from vetting.recruitment.engine.rows import Row, candidacy_rows
from vetting.recruitment.labels import CANDIDACY_KIND, state_label
from vetting.recruitment.models import Candidacy

ENDED = {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}
WITH_OTHERS = {Candidacy.State.AWAITING_SECURITY, Candidacy.State.ESCALATED}
WAITS = {"waiting_candidate", "paused", "to_assess"}
BEFORE = {"finalist", "decision"}
APART = {"decision", "security_opinion"}
PARTS: dict[str, str | Promise] = {
    "kvar": gettext_lazy("Kvar att göra"),
    "vantar": gettext_lazy("Väntar"),
    "beslut": gettext_lazy("Klara för beslut"),
    "klara": gettext_lazy("Klara"),
    "alla": gettext_lazy("Alla"),
}
"""The filters of the grid. *Klara*: decided, and nothing is left before the start; *Väntar*: all that is left waits for
somebody else."""
SHORT = {"blocked": gettext_noop("Kan inte påbörjas"), "expired": gettext_noop("Behöver göras om")}


@dataclass(frozen=True, slots=True)
class Line:
    """One finalist in the grid. `part` is a key of PARTS, or "" for one whose candidacy has ended."""

    candidacy: Candidacy
    part: str
    rows: dict[str, Row]

    @property
    def kind(self) -> str:
        """The kind of the state's tag."""
        return "ready" if self.part == "beslut" else CANDIDACY_KIND[self.candidacy.state]

    @property
    def waits_to_start(self) -> bool:
        """Everything before the start is done, and she has not begun."""
        return self.part == "klara" and self.candidacy.state == Candidacy.State.SELECTED

    @property
    def can_be_ticked(self) -> bool:
        """Whether anything is left that is done for several."""
        return self.part not in {"", "klara"} or self.waits_to_start

    @property
    def state(self) -> str:
        """Her state in words."""
        return (
            str(PARTS["beslut"]) if self.part == "beslut" else state_label("candidacy", self.candidacy.state)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One check over all who have it: how many are done, and whether it is noted for one person at a time."""

    code: str
    name: str
    done: int
    total: int
    one_by_one: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Everybody, in order, and the columns before the decision and before the start."""

    lines: Sequence[Line]
    columns: Sequence[Column]
    counts: dict[str, int] = field(default_factory=dict)

    def part(self, code: str) -> list[Line]:
        """The lines of one filter."""
        return [line for line in self.lines if code in ("alla", line.part)]


def grid_of(case: Case) -> Grid:
    """The grid of the whole recruitment."""
    asked = [c for c in required(case).questions if c != "participant_conflict" and _of_person(c)]
    lines = [_line(case, candidacy, asked) for candidacy in case.candidacies]
    if waits_for_declarations(case):
        # Nobody is decided about before everybody has declared: what is left is theirs.
        lines = [replace(line, part="vantar") if line.part == "beslut" else line for line in lines]
    counts = {code: sum(line.part == code for line in lines) for code in PARTS} | {"alla": len(lines)}
    return Grid(lines, _columns(lines), counts)


def cell(row: Row | None) -> str:
    """A check of one finalist in few words."""
    if row is None:
        return "–"
    if row.waived_until is not None:
        return _("Undantag")
    return _(SHORT[row.state]) if row.state in SHORT else _(workflow.state("check", row.state).label)


def _of_person(code: str) -> bool:
    return bool({"candidacy", "decision"} & set(QUESTIONS[code].asked_when))


def _line(case: Case, candidacy: Candidacy, asked: Sequence[str]) -> Line:
    rows = {row.spec.code: row for row in candidacy_rows(case, candidacy)}
    return Line(candidacy, _part(case, candidacy, rows, asked), rows)


def _part(case: Case, candidacy: Candidacy, rows: dict[str, Row], asked: Sequence[str]) -> str:
    if candidacy.state in ENDED:
        return ""
    if candidacy.state in DECIDED:
        return _before_start(rows) if candidacy.state == Candidacy.State.SELECTED else "klara"
    if candidacy.state in WITH_OTHERS:
        return "vantar"
    left = [
        row
        for code, row in rows.items()
        if row.spec.blocks == "decision" and code != "decision" and not row.is_settled
    ]
    answers = case.recruitment.answers | candidacy.answers
    open_questions = [code for code in asked if answers.get(code) is None and _stops(code)]
    if candidacy.proceeded_on is None or open_questions:
        return "kvar"
    if all(row.is_shown_only for row in left):
        return "beslut" if not left else "vantar"
    return "vantar" if all(row.state in WAITS for row in left) else "kvar"


def _before_start(rows: dict[str, Row]) -> str:
    """Where somebody who is decided about stands: what is left before the first day is to do, or is waited for."""
    left = [row for row in rows.values() if row.spec.blocks == "start" and not row.is_settled]
    if not left:
        return "klara"
    return "vantar" if all(row.state in WAITS for row in left) else "kvar"


def _stops(code: str) -> bool:
    """Whether the question is answered before the page of the decision."""
    asked = QUESTIONS[code]
    return "candidacy" in asked.asked_when or "deciding_delegate" not in asked.answered_by


def _columns(lines: Sequence[Line]) -> list[Column]:
    found: dict[str, list[Row]] = {}
    for line in lines:
        if line.part:
            for code, row in line.rows.items():
                found.setdefault(code, []).append(row)
    columns = []
    for code in sorted(found, key=list(CHECKPOINTS).index):
        spec = CHECKPOINTS[code]
        if code != "decision" and (spec.stage in BEFORE or spec.stage == "start"):
            done = sum(row.is_finished for row in found[code])
            one = code not in APART and not may_be_noted_together(code)
            columns.append(Column(code, _(spec.name), done, len(found[code]), one))
    return columns
