"""A lot is put forward by one and decided on by another: nothing is disposed of by either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audit.recorder import act
from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.disposal.lots import are_one, digest_of, facts_of, listing_of
from vetting.disposal.models import Lot
from vetting.disposal.queries.due import due
from vetting.organisation.models import Authority
from vetting.policy.disposal import CARRIED_OUT, MOST_IN_A_LOT
from vetting.policy.reasons import DISPOSAL_REJECTED
from vetting.recruitment.actions.common import Once, step
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState


@contextmanager
def locked_lot(pk: UUID) -> Iterator[Lot]:
    """The lot under a lock, in one transaction. Raises Lot.DoesNotExist."""
    with transaction.atomic():
        yield Lot.objects.select_for_update(of=("self",)).select_related("authority").get(pk=pk)


def propose_lot(authority: Authority, row: str, decision: str, *, by: Actor, once: Once = None) -> Lot:
    """Put forward what is due of the kind `row`, the oldest first and at most `MOST_IN_A_LOT`: the list is frozen.

    `decision`: the disposal decision or point of the document plan it rests on. Raises Denied, BadInput, WrongState
    where one of the kind waits already.
    """
    answer = require(by, "disposal.propose", Facts(authority.pk, relations=frozenset({"not_protected"})))
    if row not in CARRIED_OUT:
        raise BadInput(row="choice")
    if not decision.strip():
        raise BadInput(decision="required")
    with transaction.atomic():
        own = Authority.objects.select_for_update().get(pk=authority.pk)
        if Lot.objects.filter(authority=own, row=row, state__in=["proposed", "confirmed"]).exists():
            raise WrongState("disposal", "propose", "waiting")
        found = list(islice(due(row, by.on, within=[own.pk]), MOST_IN_A_LOT))
        if not found:
            raise WrongState("disposal", "propose", "nothing_due")
        listing = listing_of(found)
        lot = Lot(
            number=_next_number(by.on.year), authority=own, row=row, up_to=by.on, decision=decision.strip(),
            listing=listing, digest=digest_of(listing), count=len(found), proposed_by_id=by.person_id,
            proposed_on=by.on,
        )  # fmt: skip
        said = {
            "role": answer.role,
            "lot": lot.number,
            "retention": row,
            "count": lot.count,
            "digest": lot.digest,
        }
        with act("disposal.proposed", by.who(answer.role), subject=lot.pk, facts=said, once=once) as entry:
            entry.save(lot)
    return lot


def confirm_lot(lot: Lot, *, by: Actor, once: Once = None) -> None:
    """The second signature, another person's: from its first day the service may carry it out.

    Raises Denied or SamePerson for whoever put it forward, with whichever account, and for her substitute; WrongState.
    """
    answer = require(by, "disposal.confirm", facts_of(lot, by))
    if are_one(lot.proposed_by_id, by.person_id):
        raise SamePerson
    lot.state = step("disposal", "confirm", lot.state)
    lot.answered_by_id, lot.answered_on = by.person_id, by.on
    said = {"role": answer.role, "lot": lot.number, "count": lot.count, "digest": lot.digest}
    with act(
        "disposal.confirmed", by.who(answer.role), subject=lot.pk, facts=said, once=once, seal=True
    ) as entry:
        entry.save(lot)


def reject_lot(lot: Lot, *, by: Actor, reason: str, once: Once = None) -> None:
    """No to what was put forward, or a stop to what was decided on and has not been carried out.

    `reason`: a code of DISPOSAL_REJECTED. Raises Denied or SamePerson for whoever put it forward, WrongState, BadInput.
    """
    answer = require(by, "disposal.reject", facts_of(lot, by))
    if are_one(lot.proposed_by_id, by.person_id):
        raise SamePerson
    is_decided = lot.state == Lot.State.CONFIRMED
    lot.state = step("disposal", "reject", lot.state)
    if reason not in DISPOSAL_REJECTED:
        raise BadInput(reason="reason")
    lot.reject_code = reason
    if is_decided:
        lot.stopped_by_id, lot.stopped_on = by.person_id, by.on
    else:
        lot.answered_by_id, lot.answered_on = by.person_id, by.on
    said = {"role": answer.role, "lot": lot.number, "reason_code": reason}
    with act("disposal.rejected", by.who(answer.role), subject=lot.pk, facts=said, once=once) as entry:
        entry.save(lot)


def _next_number(year: int) -> str:
    prefix = f"G-{year}-"
    newest = Lot.objects.filter(number__startswith=prefix).aggregate(last=Max("number"))["last"]
    return f"{prefix}{int(newest.removeprefix(prefix)) + 1 if newest else 1:04d}"
