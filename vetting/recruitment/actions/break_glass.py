"""Break-glass: opened with a reason and told of at once, ended by its opener or the clock, reviewed by the auditor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from audit.clock import now
from audit.errors import AlreadyDone
from audit.models import Entry
from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Denied, require
from vetting.crypto import keystore
from vetting.crypto.sealed import seal_into
from vetting.policy.emergency import MINUTES, SHORTEST
from vetting.policy.reasons import BREAK_GLASS_REVIEWED
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import alarm, facts_of, is_finalist
from vetting.recruitment.models import BreakGlass, Recruitment

PERMISSION = "break_glass.open"


def open_break_glass(*, by: Actor, reference: str, reason: str, once: Once = None) -> BreakGlass:
    """Let this account read the recruitment for an hour; an auditor is told in the same transaction.

    Raises Denied, alike for what does not exist, what is out of reach, what one stands aside from and what is about
    oneself (of which an auditor is told); WrongState, BadInput, AlreadyDone (a second click).
    """
    if once is not None and Entry.objects.filter(once=once).exists():
        raise AlreadyDone("break_glass.opened has been done.")
    if len(reason.strip()) < SHORTEST:
        raise BadInput(reason="short_for_review")
    # Asked before anything is looked up, so that the answer says nothing of the recruitment.
    earlier = list(BreakGlass.objects.filter(person_id=by.person_id, ended_at=None))
    if any(one.state(now()) == "open" for one in earlier):
        raise WrongState("break_glass", "open", "open_elsewhere")
    pk = Recruitment.objects.filter(reference=reference.strip()).values_list("pk", flat=True).first()
    if pk is None:
        raise Denied(PERMISSION, "unknown")
    with Case.locked(pk) as case:
        answer = case.require(by, PERMISSION)
        if not is_finalist(case, by.person_id):
            return _open(case, by, answer.role, reason, earlier, once)
    with transaction.atomic():
        alarm("break_glass_own", by.person_id, pk, now())
    raise Denied(PERMISSION, "own")


def _open(case: Case, by: Actor, role: str, reason: str, earlier: list[BreakGlass], once: Once) -> BreakGlass:
    facts = case.facts_for(by)
    if facts.is_own or facts.assigned - {"employee"}:
        raise WrongState("break_glass", "open", "has_assignment")
    glass = BreakGlass(
        recruitment=case.recruitment,
        person_id=by.person_id,
        account_id=by.account_id,
        role=role,
        opened_at=now(),
        minutes=MINUTES,
    )
    keystore.create(glass.pk)
    seal_into(glass, "reason", reason.strip())
    with case.act("break_glass.opened", by, role, once=once, minutes=MINUTES) as entry:
        for one in earlier:
            one.ended_at = one.until  # it ended by itself: written down before another begins
            entry.save(one)
        entry.save(glass)
    case.break_glasses.append(glass)
    alarm("break_glass", by.person_id, case.pk, glass.opened_at)
    return glass


def end_break_glass(pk: UUID, *, by: Actor, once: Once = None) -> None:
    """End it before its time. Raises BreakGlass.DoesNotExist, Denied, WrongState, AlreadyDone."""
    with _locked(pk, once) as glass:
        answer = require(by, "break_glass.end", facts_of(glass, by))
        step("break_glass", "end", glass.state(now()))
        glass.ended_at = now()
        said = {"role": answer.role, "reference": glass.recruitment.reference}
        with act(
            "break_glass.ended", by.who(answer.role), subject=glass.recruitment_id, facts=said, once=once
        ) as entry:
            entry.save(glass)


def review_break_glass(pk: UUID, *, by: Actor, result: str, once: Once = None) -> None:
    """Note whether it was justified, once, never by whoever opened it.

    Raises BreakGlass.DoesNotExist, Denied, WrongState, BadInput, AlreadyDone.
    """
    with _locked(pk, once) as glass:
        answer = require(by, "break_glass.review", facts_of(glass, by))
        step("break_glass", "review", glass.state(now()))
        if result not in BREAK_GLASS_REVIEWED:
            raise BadInput(result="choice")
        glass.ended_at = glass.ended_at or glass.until
        glass.reviewed_by_id, glass.reviewed_at, glass.result = by.person_id, now(), result
        said = {"role": answer.role, "reference": glass.recruitment.reference, "result": result}
        with act(
            "break_glass.reviewed", by.who(answer.role), subject=glass.recruitment_id, facts=said, once=once
        ) as entry:
            entry.save(glass)


@contextmanager
def _locked(pk: UUID, once: Once) -> Iterator[BreakGlass]:
    with transaction.atomic():
        if once is not None and Entry.objects.filter(once=once).exists():
            raise AlreadyDone("It has been done.")
        rows = BreakGlass.objects.select_related("recruitment__unit")
        yield rows.select_for_update(of=("self",)).get(pk=pk)
