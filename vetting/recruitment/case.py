"""A recruitment with everything that belongs to it, read at once: what the engine, the door and the pages look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from audit.clock import now
from audit.prepared import Prepared
from audit.recorder import Act, act
from vetting.access.actor import Actor, is_open
from vetting.access.door import Answer, Denied, Facts, require
from vetting.accounts.models import Person
from vetting.organisation.models import Authority, DelegationPoint, Position, Unit
from vetting.policy.calendar import today_stockholm
from vetting.policy.events import EVENTS
from vetting.policy.pool import gives_clearance
from vetting.recruitment import relations
from vetting.recruitment.models import (
    BreakGlass,
    Candidacy,
    CandidateLink,
    Check,
    Decision,
    Engagement,
    Given,
    Opinion,
    PoolClearance,
    Recruitment,
    RecruitmentGrant,
    Recusal,
    Vote,
    Waiver,
)


def _whole(pk: UUID) -> models.QuerySet[Recruitment]:
    rows = Recruitment.objects.select_related("position", "unit__authority", "manager", "responsible")
    return rows.filter(pk=pk)


# Every page of a recruitment and every act in one asks these.
WHOLE = Prepared(_whole)
LOCKED = Prepared(lambda pk: _whole(pk).select_for_update(of=("self",)))
CANDIDACIES = Prepared(lambda pk: Candidacy.objects.filter(recruitment=pk).order_by("rank"))
CHECKS = Prepared(lambda pk: Check.objects.filter(recruitment=pk).select_related("recorded_by"))
RECUSALS = Prepared(lambda pk: Recusal.objects.filter(recruitment=pk).select_related("person"))
GRANTS = Prepared(
    lambda pk: RecruitmentGrant.objects.filter(content_object=pk).select_related("user__person", "permission")
)
OPINIONS = Prepared(lambda pk: Opinion.objects.filter(recruitment=pk).order_by("round"))
DECISIONS = Prepared(lambda pk: Decision.objects.filter(recruitment=pk))
ENGAGEMENTS = Prepared(lambda pk: Engagement.objects.filter(recruitment=pk))
CLEARANCES = Prepared(lambda pk: PoolClearance.objects.filter(recruitment=pk))
WAIVERS = Prepared(lambda pk: Waiver.objects.filter(recruitment=pk).order_by("entry"))
VOTES = Prepared(lambda pk: Vote.objects.filter(recruitment=pk, state=Vote.State.GIVEN))
BREAK_GLASSES = Prepared(lambda pk: BreakGlass.objects.filter(recruitment=pk, ended_at=None).defer("reason"))
POINTS = Prepared(
    lambda *paths: DelegationPoint.objects.filter(unit__path__in=paths).select_related("delegate", "unit")
)


class Case:
    """One recruitment in memory. Pages load it in about ten queries; actions change it under a lock."""

    def __init__(
        self, recruitment: Recruitment, position: Position, unit: Unit, authority: Authority, manager: Person
    ) -> None:
        self.recruitment = recruitment
        self.position = position
        self.unit = unit
        self.authority = authority
        self.manager = manager
        self.candidacies: list[Candidacy] = []
        self.checks: list[Check] = []
        self.opinions: list[Opinion] = []
        self.votes: list[Vote] = []
        self.waivers: list[Waiver] = []
        self.decisions: list[Decision] = []
        self.engagements: list[Engagement] = []
        self.clearances: list[PoolClearance] = []
        self.recusals: list[Recusal] = []
        self.grants: list[RecruitmentGrant] = []
        self.lapsed: list[RecruitmentGrant] = []
        self.break_glasses: list[BreakGlass] = []
        self.points: list[DelegationPoint] = []
        self._by_finalist: tuple[tuple[int, int], dict[UUID | None, list[Check]]] = ((0, -1), {})
        self.handed_in: list[Given] = []
        self.own_link: CandidateLink | None = None
        """Of one finalist's own page: read by the pages that tell of it, and by no other."""

    # -- reading ---------------------------------------------------------------------------------------------

    @classmethod
    def load(cls, pk: UUID, *, lock: bool = False) -> Case:
        """Read the recruitment `pk` and all that belongs to it. Raises Recruitment.DoesNotExist.

        With `lock` (inside a transaction) the recruitment's row is held until the transaction ends.
        """
        found = (LOCKED if lock else WHOLE)(pk)
        if not found:
            raise Recruitment.DoesNotExist
        recruitment = found[0]
        case = cls(
            recruitment,
            recruitment.position,
            recruitment.unit,
            recruitment.unit.authority,
            recruitment.manager,
        )
        case.candidacies = CANDIDACIES(pk)
        case.checks = CHECKS(pk)
        case.recusals = RECUSALS(pk)
        for grant in GRANTS(pk):
            # One whose review nobody answered in time is nobody's any more.
            (case.grants if grant.still_holds(case.today) else case.lapsed).append(grant)
        if case.candidacies:
            case.opinions = OPINIONS(pk)
            case.decisions = DECISIONS(pk)
            case.engagements = ENGAGEMENTS(pk)
            if case.engagements and gives_clearance(recruitment.form):
                case.clearances = CLEARANCES(pk)
        if any(not check.is_statutory for check in case.checks):
            case.waivers = WAIVERS(pk)
        if case.opinions:
            case.votes = VOTES(pk)
        case.break_glasses = BREAK_GLASSES(pk)
        case.points = points_above(case.unit)
        return case

    @classmethod
    @contextmanager
    def locked(cls, pk: UUID) -> Iterator[Case]:
        """The case under a lock, in one transaction: what every action runs in."""
        with transaction.atomic():
            yield cls.load(pk, lock=True)

    @property
    def pk(self) -> UUID:
        """The recruitment's id."""
        return self.recruitment.pk

    @property
    def today(self) -> date:
        """The legal day now, Stockholm calendar."""
        return today_stockholm(now())

    def candidacy(self, pk: UUID) -> Candidacy:
        """The candidacy `pk` of this recruitment. Raises Candidacy.DoesNotExist."""
        return _one(self.candidacies, pk, Candidacy)

    def check(self, pk: UUID) -> Check:
        """The check `pk` of this recruitment. Raises Check.DoesNotExist."""
        return _one(self.checks, pk, Check)

    def opinion(self, pk: UUID) -> Opinion:
        """The opinion `pk` of this recruitment. Raises Opinion.DoesNotExist."""
        return _one(self.opinions, pk, Opinion)

    def checks_of(self, candidacy: Candidacy | None) -> list[Check]:
        """The checks of one candidacy, or those of the recruitment itself."""
        seen = (id(self.checks), len(self.checks))
        if self._by_finalist[0] != seen:
            # In a round of 500 nobody goes through everybody's checks for each; whose a check is never changes.
            found: dict[UUID | None, list[Check]] = {}
            for check in self.checks:
                found.setdefault(check.candidacy_id, []).append(check)
            self._by_finalist = (seen, found)
        return list(self._by_finalist[1].get(candidacy.pk if candidacy else None, ()))

    def check_named(self, code: str, candidacy: Candidacy | None = None) -> Check | None:
        """The check with that catalogue code, or None."""
        return next((check for check in self.checks_of(candidacy) if check.code == code), None)

    def waiver(self, pk: UUID) -> Waiver:
        """The waiver `pk` of this recruitment. Raises Waiver.DoesNotExist."""
        return _one(self.waivers, pk, Waiver)

    def waiver_of(self, check: Check) -> Waiver | None:
        """The newest waiver of the check that took effect, whether or not it still holds; None without."""
        signed = [w for w in self.waivers if w.of_check_id == check.pk and w.took_effect]
        return signed[-1] if signed else None

    def live_waiver_of(self, check: Check) -> Waiver | None:
        """The waiver of the check that waits for its second signature or has it and has not been ended, or None."""
        return next((w for w in self.waivers if w.of_check_id == check.pk and w.is_live), None)

    def current_opinion(self, candidacy: Candidacy) -> Opinion | None:
        """The newest round for the candidacy, or None."""
        rounds = [opinion for opinion in self.opinions if opinion.candidacy_id == candidacy.pk]
        return max(rounds, key=lambda opinion: opinion.round, default=None)

    def votes_of(self, opinion: Opinion) -> list[Vote]:
        """The votes that stand in a round."""
        return [v for v in self.votes if v.opinion_id == opinion.pk and v.state == Vote.State.GIVEN]

    def decision_of(self, candidacy: Candidacy) -> Decision | None:
        """The decision for the candidacy, or None."""
        return next((d for d in self.decisions if d.candidacy_id == candidacy.pk), None)

    def engagement_of(self, candidacy: Candidacy) -> Engagement | None:
        """The engagement that the decision began, or None."""
        return next((e for e in self.engagements if e.candidacy_id == candidacy.pk), None)

    def clearance_of(self, candidacy: Candidacy) -> PoolClearance | None:
        """The finalist's clearance that has not been revoked, lapsed or not, or None."""
        live = (c for c in self.clearances if c.state == PoolClearance.State.VALID)
        return next((c for c in live if c.candidacy_id == candidacy.pk), None)

    def recusal_of(self, person_id: UUID) -> Recusal | None:
        """The declaration of one person in this recruitment, or None."""
        return next((recusal for recusal in self.recusals if recusal.person_id == person_id), None)

    def given(self, grant: RecruitmentGrant) -> RecruitmentGrant:
        """`grant`, or the account's lapsed assignment in the same role given anew: there is one row for each."""
        for row in self.lapsed:
            if (row.user_id, row.permission_id) == (grant.user_id, grant.permission_id):
                self.lapsed.remove(row)
                row.granted_by_id, row.since, row.reason = grant.granted_by_id, grant.since, grant.reason
                row.answer_by, row.review_cause, row.until = None, "", grant.until
                return row
        return grant

    # -- the door and the log --------------------------------------------------------------------------------

    def facts_for(
        self,
        actor: Actor,
        *,
        candidacy: Candidacy | None = None,
        check: Check | None = None,
        opinion: Opinion | None = None,
        recusal: Recusal | None = None,
        waiver: Waiver | None = None,
        hold: bool = False,
    ) -> Facts:
        """What the door needs to know of this case, and of the part of it in question, for `actor`."""
        return relations.facts(
            self,
            actor,
            candidacy=candidacy,
            check=check,
            opinion=opinion,
            recusal=recusal,
            waiver=waiver,
            hold=hold,
        )

    def require(self, actor: Actor, permission: str, **part: Any) -> Answer:
        """Ask the door about this case, or a part (`candidacy=`, `check=`, `opinion=` …). Raises Denied."""
        return require(actor, permission, self.facts_for(actor, **part))

    @contextmanager
    def act(
        self,
        event: str,
        by: Actor,
        role: str,
        *,
        candidacy: Candidacy | None = None,
        check: Check | None = None,
        once: UUID | None = None,
        seal: bool = False,
        **facts: Any,
    ) -> Iterator[Act]:
        """One act in this recruitment: fills in the facts that the event asks for and that the case knows."""
        if not is_open(by):
            # Closed, or found to be another person's, while this request waited for the lock.
            raise Denied(event, "account")
        known: dict[str, Any] = {"role": role, "reference": self.recruitment.reference}
        if candidacy is not None:
            known["candidacy"] = candidacy.label
        if check is not None:
            known["check"] = check.code
        wanted = EVENTS[event].facts
        said = {name: value for name, value in known.items() if name in wanted} | facts
        with act(event, by.who(role), subject=self.pk, facts=said, once=once, seal=seal) as entry:
            yield entry


def points_above(unit: Unit) -> list[DelegationPoint]:
    """The delegation points of the unit and of every unit above it."""
    return POINTS(*(unit.path[: 5 * n] for n in range(1, len(unit.path) // 5 + 1)))


def _one(rows: list[Any], pk: UUID, model: type[models.Model]) -> Any:
    for row in rows:
        if row.pk == pk:
            return row
    raise model.DoesNotExist  # type: ignore[attr-defined]
