"""How many checks are left before somebody may begin, those that become rows later counted too."""

from __future__ import annotations

from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.engine.rows import candidacy_rows, recruitment_rows
from vetting.recruitment.models import Candidacy

STEPS = {"security_opinion", "decision", "recruiter_coi"}
"""Rows that mirror other machines: the opinion, the decision and declared conflicts are no checks to do."""


def left_before_start(case: Case, candidacy: Candidacy) -> int:
    """Checks that stop the decision or the start and are not settled today. No query."""
    rows = [*recruitment_rows(case), *candidacy_rows(case, candidacy)]
    there = {row.spec.code for row in rows}
    open_ones = [
        row for row in rows if row.spec.code not in STEPS and _stops(row.spec) and not row.is_settled
    ]
    return len(open_ones) + len(to_come(case, candidacy, there))


def to_come(case: Case, candidacy: Candidacy, there: set[str]) -> list[str]:
    """Checks of the engagement: they become rows with the decision."""
    if case.decision_of(candidacy) is not None:
        return []
    answers = case.recruitment.answers | candidacy.answers
    specs = [CHECKPOINTS[code] for code in required(case, answers).rows]
    return [spec.code for spec in specs if _comes(spec, candidacy) and spec.code not in there | STEPS]


def _comes(spec: Checkpoint, candidacy: Candidacy) -> bool:
    if spec.belongs_to != "engagement" or spec.visible_to != "all" or not _stops(spec):
        return False
    return not (candidacy.is_protected and spec.protected_identity == "not_applicable")


def _stops(spec: Checkpoint) -> bool:
    return spec.blocks is not None and spec.stage not in {"employment", "exit"}
