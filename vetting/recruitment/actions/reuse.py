"""Using an earlier check again where the catalogue says so: within its limit, or by the statute's exemption."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_json_into
from vetting.policy.calendar import is_older_than
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import ground_in_force
from vetting.recruitment.actions.checks import candidacy_of, live_state, require_recordable
from vetting.recruitment.actions.common import Once, require_moving, step
from vetting.recruitment.actions.errors import BadInput, NotComplete, WrongState
from vetting.recruitment.actions.waiver_after import end_waiver_of
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.models import BlindIndex, Candidacy, Check
from vetting.recruitment.queries.reuse import EXEMPTION, exemption_of
from vetting.recruitment.standing import point_to_sign_by


def reuse_check(case: Case, *, by: Actor, check: Check, earlier: Check, once: Once = None) -> None:
    """Take over the result of `earlier` (same check, same employer), as old as it is.

    By a statute's exemption it is whoever decides who confirms it, and the last day is kept beside it; of an extract
    that is only shown nothing else is. Raises WrongState when the catalogue never allows it, BadInput when it is too
    old or the exemption is over, NotComplete, Denied.
    """
    spec = CHECKPOINTS[check.code]
    answer = case.require(by, "check.reuse", check=check)
    same = earlier.code == check.code and earlier.state == Check.State.DONE and not earlier.has_deviated
    if spec.reuse == "never" or not same or not _same_person_and_employer(case, check, earlier):
        raise WrongState("check", "reuse", spec.reuse)
    if spec.reuse == EXEMPTION:
        until: date | None = _exemption(case, by, earlier)
        if check.reused_from_id is not None and check.recorded_by_id != by.person_id:
            check.state = Check.State.NOT_STARTED  # another decides now, and confirms it herself
    else:
        require_recordable(case, check, shown_only=False)
        until = _young_enough(earlier, by.on)
    check.state = step("check", "reuse", live_state(case, check))
    check.outcome, check.evidence_on, check.reused_from = earlier.outcome, earlier.evidence_on, earlier
    check.valid_until = until
    check.recorded_by_id, check.recorded_on, check.changed_at = by.person_id, by.on, now()
    if check.belongs_to != "recruitment" and check.documentation != "note_shown_only":
        seal_json_into(check, "evidence", {"reused": True})
    with case.act(
        "check.reused",
        by,
        answer.role,
        candidacy=candidacy_of(case, check),
        check=check,
        once=once,
        date=earlier.evidence_on.isoformat() if earlier.evidence_on else "",
    ) as entry:
        entry.save(check)
        end_waiver_of(case, entry, check)


def _young_enough(earlier: Check, on: date) -> date | None:
    """The last day of what the earlier evidence shows. Raises BadInput where it is older than the catalogue lets it."""
    months = CHECKPOINTS[earlier.code].max_age_months
    if earlier.evidence_on is None or (months is not None and is_older_than(earlier.evidence_on, months, on)):
        raise BadInput(earlier="too_old")
    return earlier.valid_until


def _exemption(case: Case, by: Actor, earlier: Check) -> date:
    """The exemption's last day. Raises NotComplete, for whoever cannot decide here among others; BadInput when over."""
    if not ground_in_force(earlier.ground, case.today, case.authority.entity_kind):
        raise NotComplete([Missing("blocked", "ground")])
    require_moving(case)
    if point_to_sign_by(case, by) is None:
        raise NotComplete([Missing("stop", "no_delegation")])
    until = exemption_of(earlier) if earlier.reused_from_id is None else None
    if until is None or until < by.on:
        raise BadInput(earlier="exemption_over")
    return until


def require_exemptions(case: Case, candidacy: Candidacy, start: date) -> None:
    """Nobody begins after the last day of an exemption that the decision rests on. Raises BadInput."""
    last = [c.valid_until for c in case.checks_of(candidacy) if is_exempt(c) and c.valid_until is not None]
    if last and start > min(last):
        raise BadInput(planned_start="exemption_over")


def is_exempt(check: Check) -> bool:
    """Whether the check is done by a statute's exemption at a new engagement."""
    return check.reused_from_id is not None and CHECKPOINTS[check.code].reuse == EXEMPTION


def _same_person_and_employer(case: Case, check: Check, earlier: Check) -> bool:
    """By the keyed digest of the number, which both must have; a check of the recruitment itself is about no person."""
    if earlier.recruitment.unit.authority_id != case.authority.pk or earlier.pk == check.pk:
        return False
    if check.candidacy_id is None or check.candidacy_id == earlier.candidacy_id:
        return True
    both = {check.candidacy_id, earlier.candidacy_id}
    digests = [
        bytes(each)
        for each in BlindIndex.objects.filter(candidacy_id__in=both).values_list("digest", flat=True)
    ]
    return len(digests) == len(both) and len(set(digests)) == 1
