"""The rows of the queue as they are shown: how long each has waited, what changed, and whether this person may vote."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetting.access.actor import Actor
from vetting.policy.calendar import working_days_between
from vetting.recruitment.engine.remaining import left_before_start
from vetting.recruitment.models import Opinion
from vetting.recruitment.queries.cases import light_cases
from vetting.recruitment.queries.opinions import TARGET_DAYS, queue


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the queue. `changed` is None in a first round, else how many rows differ from the round before.

    `left`: checks that are left before the start, whatever this opinion says.
    """

    opinion: Opinion
    days: int
    changed: int | None
    may_vote: bool
    why_not: str
    mine: bool
    left: int

    @property
    def is_late(self) -> bool:
        """Whether the target of one working day has passed."""
        return self.days > TARGET_DAYS

    @property
    def left_words(self) -> str:
        """How many checks are left before the start, however clean what is done may be."""
        if not self.left:
            return _("Inget återstår före start")
        words = ngettext(
            "%(n)s kontroll återstår före start", "%(n)s kontroller återstår före start", self.left
        )
        return words % {"n": self.left}

    @property
    def deviates(self) -> bool:
        """Whether a check has had something to assess."""
        return bool(getattr(self.opinion, "deviates", False))

    @property
    def can_be_ticked(self) -> bool:
        """Whether it may be supported together with others: no deviation, no waiver, one opinion is enough, and this
        person may give it."""
        return not self.why_by_itself

    @property
    def why_by_itself(self) -> str:
        """Why it is not supported together with others, as a code; "" where it may be."""
        if not self.may_vote:
            return self.why_not
        if self.deviates:
            return "deviation"
        if self.waived:
            return "waived"
        return "two_needed" if self.opinion.approvers > 1 else ""

    @property
    def waived(self) -> bool:
        """Whether a check has had a waiver with both signatures."""
        return bool(getattr(self.opinion, "waived", False))


def rows(actor: Actor, opinions: Iterable[Opinion], on: date) -> list[Waiting]:
    """The queue's rows as they are shown; one query for all earlier rounds, four for what is left to do."""
    shown = list(opinions)
    before, left = _earlier(shown), _left(shown)
    found = []
    for opinion in shown:
        why = _why_not(actor, opinion)
        found.append(
            Waiting(
                opinion=opinion,
                days=working_days_between(opinion.requested_on or on, on),
                changed=_changed(opinion, before.get(opinion.pk)),
                may_vote=not why,
                why_not=why,
                mine=bool(getattr(opinion, "is_mine", False)),
                left=left[opinion.pk],
            )
        )
    return found


def ticked(actor: Actor, chosen: Collection[UUID]) -> list[Waiting]:
    """Those of `chosen` that wait within the actor's reach, in the queue's order; a fixed number of queries."""
    return rows(
        actor,
        queue(actor).filter(pk__in=chosen),
        actor.on,
    )


def _why_not(actor: Actor, opinion: Opinion) -> str:
    if getattr(opinion, "has_voted", False):
        return "other_approver"
    if getattr(opinion, "is_apart", False):
        return "substitute_of_excluded"
    if opinion.preparer_id == actor.person_id:
        return "preparer"
    managers = {each["person"] for each in opinion.recruitment.earlier_managers}
    managers |= {str(opinion.manager_id), str(opinion.recruitment.manager_id)}
    if str(actor.person_id) in managers:
        return "hiring_manager"
    if getattr(opinion, "has_recorded", False):
        return "check_recorder"
    if getattr(opinion, "is_kept_for_guest", False):
        return "guest"
    return "held" if opinion.recruitment.on_hold else ""


def _left(shown: list[Opinion]) -> dict[UUID, int]:
    """Opinion id → checks that are left before the start."""
    cases = {
        case.pk: case for case in light_cases(list({o.recruitment_id: o.recruitment for o in shown}.values()))
    }
    found = {}
    for opinion in shown:
        case = cases[opinion.recruitment_id]
        found[opinion.pk] = left_before_start(case, case.candidacy(opinion.candidacy_id))
    return found


def _earlier(opinions: list[Opinion]) -> dict[UUID, dict[str, int]]:
    """Opinion id → the material of the newest earlier round that was handed over."""
    later = {opinion.candidacy_id: opinion for opinion in opinions if opinion.round > 1}
    found: dict[UUID, tuple[int, dict[str, int]]] = {}
    rounds = Opinion.objects.filter(candidacy_id__in=later).exclude(basis={})
    for candidacy_id, number, basis in rounds.values_list("candidacy_id", "round", "basis"):
        opinion = later[candidacy_id]
        if number < opinion.round and number > found.get(opinion.pk, (0, {}))[0]:
            found[opinion.pk] = (number, basis)
    return {pk: basis for pk, (_number, basis) in found.items()}


def _changed(opinion: Opinion, before: dict[str, int] | None) -> int | None:
    if before is None:
        return None
    now = opinion.basis
    return sum(1 for check in {*now, *before} if now.get(check) != before.get(check))
