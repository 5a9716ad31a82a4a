"""The quarterly review: taken up by one, answered by another; what nobody answers gives nothing after its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Denied, require, somewhere
from vetting.access.grants import role_of
from vetting.access.models import RoleGrant
from vetting.administration.actions.roles import Once, locked_role
from vetting.administration.queries.unused import ANSWER, START, taken_up
from vetting.administration.roles_held import facts_about
from vetting.policy.access_review import ANSWER_DAYS, REVIEWS
from vetting.policy.workflow import next_state
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import RecruitmentGrant


def start_review(*, by: Actor, once: Once = None) -> int:
    """Take up what has not been used or lies outside the role; returns how many. Nothing is taken away yet.

    One entry, with every row it changes. Raises Denied, StaleRow when somebody changed one of them meanwhile.
    """
    answer = somewhere(by, START)
    if not answer.allowed:
        raise Denied(START)
    with transaction.atomic():
        found = taken_up(by)
        facts = {"role": answer.role, "count": len(found)}
        with act(
            "access_review.started", by.who(answer.role), subject=REVIEWS, facts=facts, once=once
        ) as entry:
            for grant, cause in found:
                if isinstance(grant, RoleGrant):
                    next_state("role_grant", "start_review", grant.state_on(by.on))
                grant.answer_by, grant.review_cause = by.on + timedelta(days=ANSWER_DAYS), cause
                entry.save(grant)
    return len(found)


def answer_role(pk: UUID, *, by: Actor, keep: bool, once: Once = None) -> None:
    """Keep a role in review, or take it away at once; never one's own.

    Raises RoleGrant.DoesNotExist, Denied, WrongState when the days to answer are over.
    """
    with locked_role(pk) as grant:
        answer = require(by, ANSWER, facts_about(grant, by))
        name = "keep" if keep else "drop"
        if grant.state_on(by.on) != "under_review":
            raise WrongState("role_grant", name, grant.state_on(by.on))
        grant.state = next_state("role_grant", name, "under_review")
        grant.answer_by, grant.review_cause = None, ""
        grant.reviewed_by_id, grant.reviewed_on = by.person_id, by.on
        if not keep:
            grant.ended_by_id, grant.ended_on, grant.reason = by.person_id, by.on, "not_needed"
        facts = {"role": answer.role, "target_role": grant.role, "result": "kept" if keep else "dropped"}
        with act(
            "access_review.answered", by.who(answer.role), subject=grant.pk, facts=facts, once=once
        ) as entry:
            entry.save(grant)


def answer_assignment(pk: UUID, *, by: Actor, keep: bool, once: Once = None) -> None:
    """Keep an assignment in review, or take it back; never one's own.

    Raises RecruitmentGrant.DoesNotExist, Denied, WrongState when the days to answer are over.
    """
    recruitment = RecruitmentGrant.objects.values_list("content_object", flat=True).get(pk=pk)
    with Case.locked(recruitment) as case:
        grant = next((row for row in [*case.grants, *case.lapsed] if row.pk == pk), None)
        if grant is None:
            raise RecruitmentGrant.DoesNotExist
        facts = case.facts_for(by)
        if grant.user.person_id == by.person_id:
            facts = replace(facts, relations=facts.relations | {"grantee"})
        answer = require(by, ANSWER, facts)
        if grant.answer_by is None or grant in case.lapsed:
            raise WrongState(
                "role_grant", "keep" if keep else "drop", "lapsed" if grant in case.lapsed else "active"
            )
        with case.act(
            "access_review.answered",
            by,
            answer.role,
            once=once,
            target_role=role_of(grant.permission),
            result="kept" if keep else "dropped",
        ) as entry:
            if keep:
                grant.answer_by, grant.review_cause, grant.reviewed_on = None, "", by.on
                entry.save(grant)
                return
            if case.recruitment.responsible_id == grant.user.person_id:
                case.recruitment.responsible_id = None
                entry.save(case.recruitment)
            entry.delete(grant)
