"""The name of whoever reported: asked for by one, let by another, read by the first alone and for a short time.

As in `handling`: the case is locked, `by` acts, `vault` holds her keys, `once` is the form's. All raise Denied.
"""

from __future__ import annotations

from vetting.access.actor import Actor
from vetting.crypto.envelopes import Purpose
from vetting.policy import report_clocks as clocks
from vetting.policy.reasons_reports import IDENTITY_GROUND
from vetting.reports import sealing
from vetting.reports.actions.closing import require_reason
from vetting.reports.case import Case, Once, moved
from vetting.reports.days import today
from vetting.reports.directory import public_of
from vetting.reports.errors import BadInput, NotComplete, NotYours
from vetting.reports.models import Identity, IdentityReveal
from vetting.reports.submit import require_text
from vetting.reports.vault import Vault


def identity_of(case: Case) -> Identity | None:
    """The name that was given and not taken back; None where there is none."""
    return Identity.objects.filter(report=case.report, withdrawn_on=None).first()


def request_identity(
    case: Case, *, by: Actor, vault: Vault, ground: str, reason: str, once: Once = None
) -> IdentityReveal:
    """Ask to read the name. Raises NotComplete where there is none or one has asked already, BadInput."""
    answer = case.require(by, "identity.request")
    identity = identity_of(case)
    if identity is None:
        raise NotComplete("identity")
    if ground not in IDENTITY_GROUND:
        raise BadInput(ground="choice")
    waiting = IdentityReveal.objects.filter(identity=identity, asker_id=by.person_id, state="requested")
    if waiting.exists():
        raise NotComplete("asked")
    row = IdentityReveal(
        report=case.report,
        identity=identity,
        asker_id=by.person_id,
        state=moved("identity_reveal", "request", "new"),
        ground=ground,
        asked_on=today(),
    )
    vault.of(case).put(row, "reason", require_text("reason", reason))
    with case.act("identity.requested", by, answer.role, once=once, ground=ground) as entry:
        entry.save(row)
    return row


def confirm_identity(case: Case, row: IdentityReveal, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Let the asker read it until the end of the next day: one's own part, sealed to her key. Raises WrongState."""
    answer = case.require(by, "identity.confirm", proposer=row.asker_id)
    row.state = moved("identity_reveal", "confirm", state_of(row))
    asker, mine = case.member_of(row.asker_id), vault.place_in(case)
    if asker is None or asker.state != "member":
        raise NotYours
    row.answered_by_id, row.answered_on = by.person_id, today()
    row.until = clocks.identity_until(today())
    sealing.lend(
        row.identity_id,
        mine.key_id,
        vault.seeds[mine.key_id],
        Purpose.IDENTITY,
        to=asker.key_id,
        public=public_of(asker.key, asker.person_id),
        until=clocks.end_of(row.until),
    )
    with case.act("identity.confirmed", by, answer.role, once=once, until=row.until) as entry:
        entry.save(row)


def reject_identity(case: Case, row: IdentityReveal, *, by: Actor, reason: str, once: Once = None) -> None:
    """Say no. Raises WrongState, BadInput."""
    answer = case.require(by, "identity.reject", proposer=row.asker_id)
    row.state = moved("identity_reveal", "reject", state_of(row))
    require_reason("identity_reveal", "reject", reason)
    row.answered_by_id, row.answered_on = by.person_id, today()
    with case.act("identity.rejected", by, answer.role, once=once) as entry:
        entry.save(row)


def reveal_identity(case: Case, row: IdentityReveal, *, by: Actor, vault: Vault) -> str:
    """The name, to whoever asked, while it is let; recorded first.

    Raises WrongState when the time is out, NeedsAnother, NotYours, NotComplete where it was taken back.
    """
    answer = case.require(by, "identity.reveal", proposer=row.asker_id)
    moved("identity_reveal", "reveal", state_of(row))
    identity = row.identity
    if identity.withdrawn_on is not None:
        raise NotComplete("identity")
    key = vault.of_identity(case, identity)
    with case.act("identity.revealed", by, answer.role):
        pass
    return key.text(identity, "who")


def state_of(row: IdentityReveal) -> str:
    """The state; that the time is out is worked out when it is asked.."""
    if row.state == "confirmed" and row.until is not None and row.until < today():
        return "ended"
    return str(row.state)
