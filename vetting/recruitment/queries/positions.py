"""Positions as lists and pages see them: which ones, how their risk analysis stands, and what their profiles bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask, lent_at
from vetting.organisation.models import Position, Unit
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS, STAGES, Checkpoint
from vetting.policy.profiles import PROFILES
from vetting.policy.requirement import Requirement, requirement
from vetting.recruitment.actions.position import facts_of

MONTHS = CHECKPOINTS["role_risk"].max_age_months or 24


@dataclass(frozen=True, slots=True)
class Risk:
    """How the risk analysis stands on a day: kind of status tag, words, and the last day it holds."""

    kind: str
    words: str
    until: date | None = None


def units_for(actor: Actor, permission: str) -> list[Unit]:
    """The units whose posts `actor` has `permission` for, in the order of the tree: one query."""
    units = Unit.objects.select_related("authority")
    return [unit for unit in units if ask(actor, permission, lent_at(actor, facts_of(unit))).allowed]


def positions_in(units: list[Unit], *, words: str = "", retired: bool = False) -> QuerySet[Position]:
    """The posts of `units`, by title; `words` must stand in the title or the unit's name."""
    rows = Position.objects.filter(unit__in=units, retired_on__isnull=not retired)
    for word in words.split():
        rows = rows.filter(title__icontains=word) | rows.filter(unit__name__icontains=word)
    return rows.select_related("unit").order_by("title", "id")


def risk_of(position: Position, on: date) -> Risk:
    """The position's risk analysis on the day `on`, in words."""
    if position.risk_state == Position.RiskState.ASSESSED:
        return Risk("waiting", _("Väntar på att fastställas"))
    if position.risk_state != Position.RiskState.CONFIRMED or position.risk_decided_on is None:
        return Risk("todo", _("Inte bedömd"))
    until = add_months(position.risk_decided_on, MONTHS)
    if on > until:
        return Risk("redo", _("Behöver göras om (gick ut %(day)s)") % {"day": _day(until)}, until)
    return Risk("done", _("Gäller till %(day)s") % {"day": _day(until)}, until)


def requirement_of(position: Position, on: date) -> Requirement:
    """What a recruitment of the post would get today with its usual form and the answers given once."""
    authority = position.unit.authority
    return requirement(
        profiles=position.profiles,
        unit_profiles=position.unit.profiles,
        form=position.default_form,
        answers=position.answers,
        on=on,
        entity=authority.entity_kind,
        switched_on=frozenset(authority.switched_on),
        raised_to=position.min_approvers,
    )


def by_stage(needed: Requirement) -> list[tuple[str, list[tuple[Checkpoint, bool]]]]:
    """(stage, its checks with whether their question is still open), in the order of the work."""
    found: list[tuple[str, list[tuple[Checkpoint, bool]]]] = []
    for stage in STAGES:
        rows = [
            (CHECKPOINTS[code], code in needed.pending)
            for code in needed.in_play
            if CHECKPOINTS[code].stage == stage
        ]
        if rows:
            found.append((stage, rows))
    return found


def brought_by(check: Checkpoint, needed: Requirement) -> str:
    """Which of the post's profiles ask for the check; empty where the form of engagement does."""
    names = [
        _(PROFILES[code].name) for code in needed.profiles if check.code in PROFILES[code].checkpoints_added
    ]
    return ", ".join(names)


def _day(day: date) -> str:
    return date_format(day, "j b Y")
