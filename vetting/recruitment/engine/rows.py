"""The rows of the four groups, with the states that follow from other rows and from the calendar.

*Blocked* and *expired* are never stored: they are judged here when the page is read. A row that only mirrors another
machine (the position's risk, the opinion, the decision, a declared conflict) is derived from that machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vetting.organisation.models import Position
from vetting.policy.calendar import add_months
from vetting.policy.checkpoints import CHECKPOINTS, Checkpoint
from vetting.policy.grounds import ground_in_force
from vetting.policy.pool import SOON_DAYS
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check, Engagement, Opinion, Recruitment, Recusal, Waiver
from vetting.recruitment.pool_standing import parts_of

ORDER = {code: place for place, code in enumerate(CHECKPOINTS)}
SETTLED = {"done", "not_applicable"}
NOT_WAIVED = SETTLED | {"to_assess"}
"""States that a waiver says nothing about: what is done, and what has come up and is to be assessed."""
OPINION_STATE = {
    Opinion.State.DRAFT: "in_progress",
    Opinion.State.REQUESTED: "in_progress",
    Opinion.State.HALF_GIVEN: "in_progress",
    Opinion.State.APPROVED: "done",
    Opinion.State.APPROVED_WITH_CONDITIONS: "done",
    Opinion.State.OVERRULED: "done",
    Opinion.State.SET_ASIDE: "done",
    Opinion.State.USED: "done",
    Opinion.State.RETURNED: "in_progress",
    Opinion.State.REFUSED: "in_progress",
    Opinion.State.ESCALATED: "in_progress",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a person sees it. `why` is a code that explains *blocked*; `expires_on` when it must be redone.

    `waiver` is the newest that has both signatures; `on` the day it is judged on.
    """

    spec: Checkpoint
    state: str
    check: Check | None = None
    candidacy: Candidacy | None = None
    why: str = ""
    expires_on: date | None = None
    waiver: Waiver | None = None
    on: date | None = None

    @property
    def is_finished(self) -> bool:
        """Done or not needed. A check that is waived is neither."""
        return self.state in SETTLED

    @property
    def is_past(self) -> bool:
        """The evidence is too old by now, also where its age was judged when it counted and that stands."""
        return self.expires_on is not None and self.on is not None and self.expires_on < self.on

    @property
    def waived_until(self) -> date | None:
        """The last day of the waiver that holds, or None. A waiver never covers what has come up to be assessed."""
        holds = self.waiver is not None and self.on is not None and self.waiver.holds_on(self.on)
        return self.waiver.until if self.waiver and holds and self.state not in NOT_WAIVED else None

    @property
    def waiver_over(self) -> Waiver | None:
        """The signed waiver that no longer holds while the check is not done: it stops again."""
        return self.waiver if not self.is_settled else None

    @property
    def is_settled(self) -> bool:
        """Done, not needed or waived today: it stops nothing."""
        return self.is_finished or self.waived_until is not None

    @property
    def is_shown_only(self) -> bool:
        """Whether the ground allows one act and nothing else."""
        return self.check is not None and self.check.documentation == "note_shown_only"


def recruitment_rows(case: Case, on: date | None = None) -> list[Row]:
    """The rows that belong to the position and to the recruitment, in the catalogue's order."""
    on = on or case.today
    rows = [_role_risk(case.position, on)]
    rows += [stored_row(case, check, None, on) for check in _ordered(case.checks_of(None))]
    rows += _declared_conflicts(case)
    return rows


def candidacy_rows(case: Case, candidacy: Candidacy, on: date | None = None) -> list[Row]:
    """The rows of one finalist and of the engagement that follows, in the catalogue's order."""
    on = on or case.today
    rows = [stored_row(case, check, candidacy, on) for check in _ordered(case.checks_of(candidacy))]
    if needs_opinion(case, candidacy):
        rows.append(_opinion_row(case, candidacy, on))
    rows.append(_decision_row(case, candidacy))
    return sorted(rows, key=lambda row: ORDER[row.spec.code])


def needs_opinion(case: Case, candidacy: Candidacy) -> bool:
    """The profile calls for the security function's opinion, or the finalist was drawn in the sample."""
    return case.recruitment.approvers > 0 or candidacy.sampled


def stored_row(case: Case, check: Check, candidacy: Candidacy | None, on: date) -> Row:
    """A stored check with the state it has on the day `on`."""
    spec = CHECKPOINTS[check.code]
    state, why = check.state, ""
    limit = expires_on(spec, check)
    if check.state == Check.State.DONE:
        if limit is not None and _judged_on(case, spec, candidacy, on) > limit:
            state = "expired"
        elif check.valid_until is not None and check.valid_until < _first_day(case, candidacy, on):
            state, limit = "expired", check.valid_until
            why = "ends_before_start" if limit >= on else ""
        elif (last := _carries_bookings_until(case, check, candidacy)) is not None and (
            last - on
        ).days <= SOON_DAYS:
            # Vetted once for a pool: only what lapses is done again, and may be so some weeks ahead.
            state, limit, why = "expired", last, "pool_soon" if last >= on else ""
    elif check.state == Check.State.NOT_STARTED:
        why = blocked_because(case, spec, candidacy, on)
        if why:
            state = "blocked"
        elif check.documentation == "note_shown_only":
            state = Check.State.WAITING_CANDIDATE
    return Row(spec, str(state), check, candidacy, why, limit, case.waiver_of(check), on)


def _carries_bookings_until(case: Case, check: Check, candidacy: Candidacy | None) -> date | None:
    """The last day on which the check carries bookings from a pool; None where there is no clearance to carry."""
    if candidacy is None or case.clearance_of(candidacy) is None:
        return None
    return parts_of([check], case.engagement_of(candidacy)).get(check.code)


def expires_on(spec: Checkpoint, check: Check) -> date | None:
    """The last day on which the evidence is young enough (calendar months from its day), or None.

    By a statute's exemption it is the exemption that has a last day, not the extract of the earlier engagement.
    """
    if spec.reuse == "statutory_exemption" and check.reused_from_id is not None:
        return check.valid_until
    if spec.max_age_months is None or check.evidence_on is None:
        return None
    return add_months(check.evidence_on, spec.max_age_months)


def blocked_because(case: Case, spec: Checkpoint, candidacy: Candidacy | None, on: date) -> str:
    """Why the check cannot be begun on the day `on`, as a code, or "" when it can.

    Intrusive checks open only for the finalist proposed for a place, after the cheaper ones and a recorded
    human decision to go on (work.md 3).
    """
    state = case.recruitment.state
    if state == Recruitment.State.DRAFT:
        return "draft"
    if state in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED} and spec.belongs_to != "engagement":
        return "ended"
    if case.recruitment.on_hold:
        return "held"
    if not (spec.in_catalogue(on) and ground_in_force(spec.ground, on, case.authority.entity_kind)):
        return "ground"
    if candidacy is not None and spec.belongs_to == "candidacy":
        if candidacy.state in {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}:
            return "candidacy_ended"
        if spec.intrusive and candidacy.proceeded_on is None:
            return "proceed"
    if spec.code == "access_grant" and candidacy is not None and left_for_later(case, candidacy):
        return "deferred"
    if spec.stage == "employment" or spec.code == "access_grant":
        engagement = case.engagement_of(candidacy) if candidacy else None
        if spec.stage == "employment" and (engagement is None or engagement.started_on is None):
            return "start_first"
    if spec.stage == "exit":
        engagement = case.engagement_of(candidacy) if candidacy else None
        if engagement is None or engagement.state != Engagement.State.EXITING:
            return "exit_first"
    return ""


def _judged_on(case: Case, spec: Checkpoint, candidacy: Candidacy | None, on: date) -> date:
    """The day against which age counts: the decision, for start rows the start, otherwise the day asked about."""
    if candidacy is None:
        return case.recruitment.decided_on or on
    engagement = case.engagement_of(candidacy)
    if spec.stage == "start" and engagement is not None:
        return engagement.started_on or on
    decision = case.decision_of(candidacy)
    return decision.decided_on if decision is not None else on


def _first_day(case: Case, candidacy: Candidacy | None, on: date) -> date:
    """The first day of work: as it was, or as it is planned, and never before the day asked about."""
    engagement = case.engagement_of(candidacy) if candidacy is not None else None
    if engagement is None:
        return on
    return engagement.started_on or max(on, engagement.planned_start)


def _role_risk(position: Position, on: date) -> Row:
    spec = CHECKPOINTS["role_risk"]
    if position.risk_state == Position.RiskState.NONE or position.risk_decided_on is None:
        state = "in_progress" if position.risk_state == Position.RiskState.ASSESSED else "not_started"
        return Row(spec, state)
    limit = add_months(position.risk_decided_on, spec.max_age_months or 24)
    return Row(spec, "expired" if on > limit else "done", expires_on=limit)


def _declared_conflicts(case: Case) -> list[Row]:
    spec = CHECKPOINTS["recruiter_coi"]
    declared = [recusal for recusal in case.recusals if recusal.state != Recusal.State.CLEAR]
    if not declared:
        return []
    open_ones = any(recusal.state == Recusal.State.DECLARED for recusal in declared)
    return [Row(spec, "in_progress" if open_ones else "done")]


def _opinion_row(case: Case, candidacy: Candidacy, on: date) -> Row:
    spec = CHECKPOINTS["security_opinion"]
    opinion = case.current_opinion(candidacy)
    if opinion is None:
        why = blocked_because(case, spec, candidacy, on)
        return Row(spec, "blocked" if why else "not_started", candidacy=candidacy, why=why)
    state = OPINION_STATE.get(Opinion.State(opinion.state), "not_started")
    if opinion_lapsed(opinion, on) or opinion_outdated(case, opinion):
        state = "expired"
    return Row(spec, state, candidacy=candidacy, expires_on=opinion.valid_until)


def opinion_lapsed(opinion: Opinion, on: date) -> bool:
    """Whether the last day of a given opinion has passed before it was used; judged when it is read."""
    stands = {Opinion.State.APPROVED, Opinion.State.APPROVED_WITH_CONDITIONS, Opinion.State.OVERRULED}
    return opinion.state in stands and opinion.valid_until is not None and on > opinion.valid_until


def opinion_outdated(case: Case, opinion: Opinion) -> bool:
    """Whether something has become *att bedöma* after the material was handed over: the opinion never saw it."""
    stands = {Opinion.State.APPROVED, Opinion.State.APPROVED_WITH_CONDITIONS}
    return opinion.state in stands and any(
        check.has_deviated and opinion.basis.get(str(check.pk)) != material_of(case, check)
        for check in case.checks
        if check.candidacy_id == opinion.candidacy_id and check.belongs_to == "candidacy"
    )


def material_of(case: Case, check: Check) -> int:
    """The log entry that the row's material is of: the check's own, or that of a waiver of it that came later."""
    waiver = case.waiver_of(check)
    return max(check.entry_id, waiver.entry_id) if waiver is not None else check.entry_id


def left_for_later(case: Case, candidacy: Candidacy) -> list[Waiver]:
    """What is to be completed after the start and is not done, whether or not its last day has passed.

    Meanwhile nobody is given access beyond the ordinary: the row where that is confirmed cannot be begun.
    """
    mine = (w for w in case.waivers if w.candidacy_id == candidacy.pk and w.deferred)
    return [w for w in mine if case.check(w.of_check_id).state not in SETTLED]


def waivers_used(case: Case, candidacy: Candidacy) -> list[Waiver]:
    """The waivers about the finalist that took effect, whether or not they still hold."""
    return [waiver for waiver in case.waivers if waiver.candidacy_id == candidacy.pk and waiver.took_effect]


def _decision_row(case: Case, candidacy: Candidacy) -> Row:
    state = "done" if case.decision_of(candidacy) else "not_started"
    return Row(CHECKPOINTS["decision"], state, candidacy=candidacy)


def _ordered(checks: list[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: ORDER[check.code])
