"""Many recruitments read at once, for a page of a list: four queries whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from audit.clock import now
from audit.prepared import Prepared
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.case import Case
from vetting.recruitment.models import (
    Candidacy,
    Check,
    Decision,
    Engagement,
    Opinion,
    Recruitment,
    RecruitmentGrant,
    Recusal,
    Waiver,
    still_holds,
)

WAIVER_COLUMNS = ("pk", "entry", "state", "until", "deferred", "confirmed_on", "ended_on")
OPINION_SEALED = {"recommendation", "escalation_reason", "escalation_decision", "set_aside_reason"}
OPINION_COLUMNS = tuple(
    "pk" if field.primary_key else field.attname
    for field in Opinion._meta.concrete_fields
    if field.name not in OPINION_SEALED | {"candidacy", "recruitment"}
)
PAGE = 25
"""Rows of a page: that many are asked about at a time, or twice as many, or three times."""


def _finalists(pks: Sequence[UUID]) -> QuerySet[Candidacy]:
    """The finalists in their order with decision and engagement, and their rounds of opinions."""
    rows = Candidacy.objects.filter(recruitment__in=pks).select_related("decision", "engagement")
    joined = rows.annotate(**{f"opinion_{name}": F(f"opinions__{name}") for name in OPINION_COLUMNS})
    return joined.defer("contact", "number").order_by("rank", "pk", "opinions__round")


def _checks(pks: Sequence[UUID]) -> QuerySet[Check]:
    """The checks, and what the engine judges of their waivers: hardly any check has one."""
    rows = Check.objects.filter(recruitment__in=pks).defer("evidence", "assessment")
    return rows.annotate(**{f"waiver_{name}": F(f"waivers__{name}") for name in WAIVER_COLUMNS})


FINALISTS = Prepared(lambda *pks: _finalists(pks))
CHECKS = Prepared(lambda *pks: _checks(pks))
RECUSALS = Prepared(
    lambda *pks: Recusal.objects.filter(recruitment__in=pks).defer("interest", "decision_reason")
)
GRANTS = Prepared(
    lambda on, *pks: RecruitmentGrant.objects.filter(still_holds(on), content_object__in=pks).select_related(
        "user", "permission"
    )
)


def light_cases(recruitments: Sequence[Recruitment]) -> list[Case]:
    """Each recruitment as a `Case` that the engine can judge: without votes, delegation points and sealed columns.

    Of those only a finalist's name comes along, and stays sealed: whoever has one is declared about.
    The recruitments need `position`, `unit__authority` and `manager` loaded.
    """
    cases = {
        row.pk: Case(row, row.position, row.unit, row.unit.authority, row.manager) for row in recruitments
    }
    if not cases:
        return []
    # The last page is shorter: with one of them said again it is the same query.
    pks = [*cases]
    pks += pks[:1] * (-len(pks) % PAGE)
    _spread_finalists(cases, FINALISTS(*pks))
    _spread_checks(cases, CHECKS(*pks))
    _spread(cases, "recusals", RECUSALS(*pks))
    for grant in GRANTS(today_stockholm(now()), *pks):
        cases[grant.content_object_id].grants.append(grant)
    return list(cases.values())


def _spread(cases: dict[UUID, Case], name: str, rows: Iterable[Any]) -> None:
    for row in rows:
        getattr(cases[row.recruitment_id], name).append(row)


def _spread_finalists(cases: dict[UUID, Case], rows: Iterable[Candidacy]) -> None:
    columns = [name for name in OPINION_COLUMNS if name != "pk"]
    seen: set[UUID] = set()
    for candidacy in rows:
        case = cases[candidacy.recruitment_id]
        if candidacy.pk not in seen:
            seen.add(candidacy.pk)
            case.candidacies.append(candidacy)
            case.decisions += _one(candidacy, "decision", Decision)
            case.engagements += _one(candidacy, "engagement", Engagement)
        key = vars(candidacy)["opinion_pk"]
        if key is not None:
            told = {name: vars(candidacy)[f"opinion_{name}"] for name in columns}
            about = {"candidacy_id": candidacy.pk, "recruitment_id": candidacy.recruitment_id}
            case.opinions.append(Opinion(pk=key, **about, **told))
    for case in cases.values():
        case.opinions.sort(key=lambda opinion: opinion.round)


def _spread_checks(cases: dict[UUID, Case], rows: Iterable[Check]) -> None:
    seen: set[UUID] = set()
    for check in rows:
        case = cases[check.recruitment_id]
        if check.pk not in seen:
            seen.add(check.pk)
            case.checks.append(check)
        told: dict[str, Any] = {name: getattr(check, f"waiver_{name}") for name in WAIVER_COLUMNS}
        if told["pk"] is not None:
            told["entry_id"] = told.pop("entry")
            about = {"of_check_id": check.pk, "candidacy_id": check.candidacy_id, "code": check.code}
            case.waivers.append(Waiver(recruitment_id=check.recruitment_id, **about, **told))
    for case in cases.values():
        case.waivers.sort(key=lambda waiver: waiver.entry_id)


def _one(candidacy: Candidacy, name: str, model: type[Any]) -> list[Any]:
    try:
        return [getattr(candidacy, name)]
    except model.DoesNotExist:
        return []
