"""Makes the rows that the catalogue calls for; a row carries a copy of its ground, which the database holds it to."""

from __future__ import annotations

from audit.clock import now
from vetting.policy.checkpoints import CHECKPOINTS, Level
from vetting.policy.grounds import GROUNDS
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required
from vetting.recruitment.models import Candidacy, Check

DERIVED = {"role_risk", "recruiter_coi", "security_opinion", "decision"}
"""Rows that mirror another machine: derived when read, never stored."""


def new_checks(case: Case, level: Level, candidacy: Candidacy | None = None) -> list[Check]:
    """Unsaved rows of `level` that are in play now and do not exist yet (questions answered yes included)."""
    answers = dict(case.recruitment.answers)
    if candidacy is not None:
        answers |= candidacy.answers
    existing = {check.code for check in case.checks_of(candidacy)}
    rows = []
    for spec in required(case, answers).rows_of(level):
        if spec.code in DERIVED or spec.code in existing or spec.visible_to != "all":
            continue
        if candidacy is not None and candidacy.is_protected and spec.protected_identity == "not_applicable":
            continue
        rows.append(build_check(case, spec.code, candidacy))
    return rows


def build_check(case: Case, code: str, candidacy: Candidacy | None) -> Check:
    """One unsaved row for the catalogue code."""
    spec = CHECKPOINTS[code]
    ground = GROUNDS[spec.ground]
    return Check(
        recruitment=case.recruitment,
        candidacy=candidacy,
        belongs_to=spec.belongs_to,
        code=code,
        ground=spec.ground,
        documentation=ground.documentation,
        ground_from=ground.valid_from,
        ground_to=ground.valid_to,
        is_statutory=not spec.waivable,
        changed_at=now(),
    )


def asks_number(case: Case) -> bool:
    """Whether a finalist who is entered now gets a check that may ask for her number (DSL 3:10: only when needed)."""
    rows = required(case).rows_of("candidacy")
    return any(spec.person_number != "none" for spec in rows if spec.code not in DERIVED)
