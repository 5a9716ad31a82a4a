"""Using an earlier check again where the catalogue says so: within its limit, or by the statute's exemption."""

from __future__ import annotations

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto.sealed import seal_json_into
from vetting.policy.calendar import is_older_than
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.checks import candidacy_of, live_state, require_recordable
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.waiver_after import end_waiver_of
from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Check


def reuse_check(case: Case, *, by: Actor, check: Check, earlier: Check, once: Once = None) -> None:
    """Take over the result of `earlier` (same check, same employer), as old as it is; never for shown-only notes.

    Raises WrongState when the catalogue never allows it, BadInput when it is too old.
    """
    spec = CHECKPOINTS[check.code]
    answer = case.require(by, "check.reuse", check=check)
    same = earlier.code == check.code and earlier.state == Check.State.DONE and not earlier.has_deviated
    if spec.reuse != "within_limit" or not same or not _same_person_and_employer(case, check, earlier):
        raise WrongState("check", "reuse", spec.reuse)
    require_recordable(case, check, shown_only=False)
    if earlier.evidence_on is None or (
        spec.max_age_months is not None and is_older_than(earlier.evidence_on, spec.max_age_months, by.on)
    ):
        raise BadInput(earlier="too_old")
    check.state = step("check", "reuse", live_state(case, check))
    check.outcome, check.evidence_on, check.reused_from = earlier.outcome, earlier.evidence_on, earlier
    check.valid_until = earlier.valid_until
    check.recorded_by_id, check.recorded_on, check.changed_at = by.person_id, by.on, now()
    if check.belongs_to != "recruitment":
        seal_json_into(check, "evidence", {"reused": True})
    with case.act(
        "check.reused",
        by,
        answer.role,
        candidacy=candidacy_of(case, check),
        check=check,
        once=once,
        date=earlier.evidence_on.isoformat(),
    ) as entry:
        entry.save(check)
        end_waiver_of(case, entry, check)


def _same_person_and_employer(case: Case, check: Check, earlier: Check) -> bool:
    """By the keyed digest of the number; a check of the recruitment itself is about no person."""
    if earlier.recruitment.unit.authority_id != case.authority.pk:
        return False
    digests = {
        bytes(digest)
        for digest in BlindIndex.objects.filter(
            candidacy_id__in=[check.candidacy_id, earlier.candidacy_id]
        ).values_list("digest", flat=True)
    }
    return check.candidacy_id is None or check.candidacy_id == earlier.candidacy_id or len(digests) == 1
