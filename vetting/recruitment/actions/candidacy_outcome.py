"""How a candidacy ends before the decision, and what marking protected identity destroys."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto import keystore
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.reasons import NOT_SELECTED
from vetting.recruitment import search_index
from vetting.recruitment.actions.candidacy_end import end_candidacy
from vetting.recruitment.actions.candidate_link import forget_given
from vetting.recruitment.actions.common import Once, require_moving, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.actions.invalidate import invalidate_opinion
from vetting.recruitment.actions.note import forget_notes
from vetting.recruitment.actions.pool import end_clearances_of
from vetting.recruitment.actions.reuse import is_exempt
from vetting.recruitment.actions.waiver_after import forget_words
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, Check, Engagement


def withdraw_candidacy(case: Case, *, by: Actor, candidacy: Candidacy, once: Once = None) -> None:
    """The candidate has withdrawn. No reason is stored; always possible, also while the recruitment is on hold."""
    decision = case.require(by, "candidacy.withdraw", candidacy=candidacy)
    candidacy.state = step("candidacy", "withdraw", candidacy.state)
    engagement = case.engagement_of(candidacy)
    with case.act("candidacy.withdrawn", by, decision.role, candidacy=candidacy, once=once) as entry:
        end_candidacy(
            case, entry, candidacy, by, outcome="withdrawn", reason="", opinion_step="end_withdrawn"
        )
        entry.save(candidacy)
        if engagement is not None and engagement.state == Engagement.State.PLANNED:
            engagement.state = step("engagement", "not_taken_up", engagement.state)
            entry.save(engagement)


def mark_not_selected(case: Case, *, by: Actor, candidacy: Candidacy, reason: str, once: Once = None) -> None:
    """End the candidacy with a neutral reason from the list, never about what a check showed."""
    decision = case.require(by, "candidacy.mark_not_selected", candidacy=candidacy)
    require_moving(case)
    candidacy.state = step("candidacy", "mark_not_selected", candidacy.state)
    if reason not in NOT_SELECTED:
        raise BadInput(reason="reason")
    with case.act(
        "candidacy.not_selected", by, decision.role, candidacy=candidacy, once=once, reason_code=reason
    ) as entry:
        end_candidacy(
            case, entry, candidacy, by, outcome="not_selected", reason=reason, opinion_step="end_not_selected"
        )
        entry.save(candidacy)


def mark_protected(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    alias: str,
    kept_at: str,
    handlers: Iterable[UUID],
    once: Once = None,
) -> None:
    """Go over to handling by hand under an alias: everything stored about the person is destroyed, history included.

    The candidacy's key is destroyed, so that copies of the ciphertext cannot be read; a new, empty key follows.
    Checks that are never done for such a person fall away. Never asked: which kind of protection, or why.
    """
    decision = case.require(by, "candidacy.mark_protected", candidacy=candidacy)
    people = [str(person) for person in handlers]
    if candidacy.is_protected:
        raise WrongState("candidacy", "mark_protected", "protected")
    if not alias.strip() or not kept_at.strip():
        raise BadInput(
            **{
                name: "required"
                for name, text in (("alias", alias), ("kept_at", kept_at))
                if not text.strip()
            }
        )
    if not 1 <= len(set(people)) <= 2:
        raise BadInput(handlers="one_or_two")
    candidacy.is_protected, candidacy.alias, candidacy.kept_at = True, alias.strip(), kept_at.strip()
    candidacy.handlers = sorted(set(people))
    candidacy.name = candidacy.contact = candidacy.number = None
    candidacy.number_kind, candidacy.known_person, candidacy.changed_at = (
        Candidacy.NumberKind.NONE,
        False,
        now(),
    )
    with case.act("candidacy.protection_marked", by, decision.role, candidacy=candidacy, once=once) as entry:
        # What was written about her in an opinion goes with the key: a round under way or given begins anew.
        invalidate_opinion(case, entry, candidacy, "invalidate", "fall_back")
        entry.save(candidacy)
        for check in case.checks_of(candidacy):
            _strip(check)
            entry.save(check)
        forget_words(case, entry, candidacy)
        forget_given(entry, candidacy)
        forget_notes(entry, candidacy)
        end_clearances_of(case, entry, candidacy, by)
        search_index.drop(candidacy)
    transaction.on_commit(lambda: keystore.renew(candidacy.pk))


def _strip(check: Check) -> None:
    spec = CHECKPOINTS[check.code]
    if is_exempt(check):  # it rests on an earlier engagement of a person who is no longer told of here
        check.state, check.outcome = Check.State.NOT_STARTED, ""
        check.evidence_on = check.recorded_by = check.recorded_on = None
    check.evidence = check.assessment = check.valid_until = check.reused_from = None
    check.changed_at = now()
    if spec.protected_identity == "not_applicable" and check.state != Check.State.NOT_APPLICABLE:
        check.state, check.outcome, check.reason = Check.State.NOT_APPLICABLE, "", "protected_identity"
        check.evidence_on = check.recorded_by = check.recorded_on = None
        check.deviated = False
