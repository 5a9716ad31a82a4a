"""All the checks of one finalist at once: which hold already with the same employer, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.calendar import is_older_than
from vetting.policy.workflow import transition
from vetting.recruitment.case import Case
from vetting.recruitment.engine.remaining import to_come
from vetting.recruitment.engine.rows import Row, candidacy_rows
from vetting.recruitment.models import BlindIndex, Candidacy, Check
from vetting.recruitment.queries.reuse import EXEMPTION, MOST

LOOKED_INTO = 6
"""So many earlier recruitments of the person are looked into, the newest first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One open row. `earlier` is the check that holds and may be taken over; without one `why` says why, as a code.

    `found`: the day that an earlier one speaks of, where there is one that does not hold.
    """

    row: Row
    why: str = ""
    earlier: Check | None = None
    found: date | None = None


def offers(case: Case, actor: Actor, candidacy: Candidacy) -> list[Offer]:
    """Each open row of the finalist, in the catalogue's order; one query, and a case for each earlier recruitment.

    What lies in a recruitment that `actor` may not open is as if it were not there. Nothing is opened: the person is
    recognised by the keyed digest of the number.
    """
    rows = [row for row in candidacy_rows(case, candidacy) if _is_open(row)]
    own = BlindIndex.objects.filter(candidacy=candidacy).values_list("digest", flat=True).first()
    there = _earlier(case, actor, candidacy, bytes(own), [row.spec.code for row in rows]) if own else {}
    return [_offer(case, actor, row, there, is_known=own is not None) for row in rows]


def later(case: Case, candidacy: Candidacy) -> list[str]:
    """Codes of checks that become rows with the decision."""
    return to_come(case, candidacy, {row.spec.code for row in candidacy_rows(case, candidacy)})


def _is_open(row: Row) -> bool:
    spec = row.spec
    hers = row.check is not None and spec.belongs_to in {"candidacy", "engagement"}
    return (
        hers and spec.visible_to == "all" and spec.stage not in {"employment", "exit"} and not row.is_settled
    )


def _offer(case: Case, actor: Actor, row: Row, there: dict[str, list[Check]], *, is_known: bool) -> Offer:
    if row.spec.reuse == "never":
        return Offer(row, "statutory" if not row.spec.waivable else "never")
    if row.spec.reuse == EXEMPTION:
        return Offer(row, "exemption")
    if not is_known:
        return Offer(row, "unknown")
    why, found = "none", None
    for check in there.get(row.spec.code, []):
        fault = _fault(check, row, case.today)
        if not fault:
            return _holding(case, actor, row, check)
        if why == "none":
            why, found = fault, check.evidence_on
    return Offer(row, why, found=found)


def _holding(case: Case, actor: Actor, row: Row, earlier: Check) -> Offer:
    """The earlier one holds; whether this person may take it over, and today."""
    if row.state not in transition("check", "reuse").sources:
        return Offer(row, "not_now", found=earlier.evidence_on)
    if case.recruitment.on_hold:
        return Offer(row, "held", found=earlier.evidence_on)
    if not ask(actor, "check.reuse", case.facts_for(actor, check=row.check)):
        return Offer(row, "other", found=earlier.evidence_on)
    return Offer(row, earlier=earlier)


def _fault(earlier: Check, row: Row, on: date) -> str:
    """Why an earlier check does not hold today, as a code, or ""."""
    months = row.spec.max_age_months
    if earlier.has_deviated:
        return "assessed"
    if earlier.evidence_on is None or (months is not None and is_older_than(earlier.evidence_on, months, on)):
        return "too_old"
    return "lapsed" if earlier.valid_until is not None and earlier.valid_until < on else ""


def _earlier(
    case: Case, actor: Actor, candidacy: Candidacy, digest: bytes, codes: Iterable[str]
) -> dict[str, list[Check]]:
    """Code → the newest done checks of the person with the same employer that `actor` may open."""
    rows = (
        Check.objects.filter(
            candidacy__blind_index__digest=digest,
            state=Check.State.DONE,
            recruitment__unit__authority=case.authority,
            code__in=list(codes),
        )
        .exclude(candidacy=candidacy)
        .select_related("recruitment")
        .order_by("-evidence_on", "pk")
    )
    cases: dict[UUID, Case] = {}
    found: dict[str, list[Check]] = {}
    for row in rows:
        mine = found.setdefault(row.code, [])
        if len(mine) == MOST or (row.recruitment_id not in cases and len(cases) == LOOKED_INTO):
            continue
        if row.recruitment_id not in cases:
            cases[row.recruitment_id] = Case.load(row.recruitment_id)
        other = cases[row.recruitment_id]
        if ask(actor, "check.view", other.facts_for(actor, check=other.check(row.pk))):
            mine.append(row)
    return found
