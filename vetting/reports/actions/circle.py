"""Who can read a report: let in by one and another, or leaving on one's own.

As in `handling`: the case is locked, `by` acts, `vault` holds her keys, `once` is the form's. All raise Denied.
"""

from __future__ import annotations

from uuid import UUID

from audit.clock import now
from vetting.access.actor import Actor
from vetting.crypto import envelopes
from vetting.crypto.envelopes import Purpose
from vetting.reports import sealing
from vetting.reports.actions.alarms import leave_alarms
from vetting.reports.actions.closing import require_reason
from vetting.reports.actions.reporter import forget, leave
from vetting.reports.case import Case, Once, moved
from vetting.reports.days import today
from vetting.reports.directory import recipients_of, require_good
from vetting.reports.errors import BadCertificate, BadInput, NotComplete
from vetting.reports.models import Alarm, Member
from vetting.reports.vault import Vault

LEAST = 2
"""Members that must be left when one stands aside."""


def propose_member(
    case: Case, *, by: Actor, vault: Vault, person: UUID, reason: str, once: Once = None
) -> Member:
    """Propose one more recipient of the report's directory, whom the reporter has not taken out. Raises BadInput."""
    answer = case.require(by, "circle.propose")
    require_reason("circle", "propose", reason)
    said = vault.of(case).json(case.report, "consents") or {}
    chosen = next((r for r in recipients_of(str(case.report.directory)) if r.person_id == person), None)
    if chosen is None or str(person) in said.get("excluded", ()) or case.member_of(person) is not None:
        raise BadInput(person="choice")
    member = Member(
        report=case.report,
        key=chosen.key,
        person_id=person,
        role=chosen.role,
        number=max(each.number for each in case.members) + 1,
        state=moved("circle", "propose", "new"),
        since=today(),
        proposed_by_id=by.person_id,
        reason=reason,
    )
    with case.act("circle.proposed", by, answer.role, once=once) as entry:
        entry.save(member)
    return member


def consent_member(case: Case, member: Member, *, by: Actor, vault: Vault, once: Once = None) -> None:
    """Another member lets her in: the key, or a part of it, is sealed to hers. Raises WrongState, NotComplete.

    Where two read together, this takes a part that was lent, as reading does. A name that was given before stays with
    those who had a part of it.
    """
    answer = case.require(by, "circle.consent", proposer=member.proposed_by_id, grantee=member.person_id)
    member.state = moved("circle", "consent", member.state)
    try:
        require_good(member.key, today())
    except BadCertificate:
        raise NotComplete("certificate") from None
    if not _may_join(case, member, vault):
        raise NotComplete("recipient")
    member.confirmed_by_id, member.since = by.person_id, today()
    mine = vault.place_in(case)
    holder = (member.key_id, bytes(member.key.public), member.number)
    if case.report.two_persons:
        made = [sealing.one_more(case.pk, mine.key_id, vault.seeds[mine.key_id], Purpose.PART, now(), holder)]
    else:
        made = sealing.for_each(vault.of(case), [holder])
    envelopes.put(made)
    try:
        with case.act("circle.extended", by, answer.role, once=once) as entry:
            entry.save(member)
    except BaseException:
        envelopes.take_back(case.pk, member.key_id)
        raise


def _may_join(case: Case, member: Member, vault: Vault) -> bool:
    """Judged anew: since she was proposed the reporter may have taken her out, or her role or key have ended."""
    said = vault.of(case).json(case.report, "consents") or {}
    keys = {each.person_id: each.key.pk for each in recipients_of(str(case.report.directory))}
    return keys.get(member.person_id) == member.key_id and str(member.person_id) not in said.get(
        "excluded", ()
    )


def reject_member(case: Case, member: Member, *, by: Actor, reason: str, once: Once = None) -> None:
    """Another member says no. Raises WrongState, BadInput."""
    answer = case.require(by, "circle.reject", proposer=member.proposed_by_id)
    member.state = moved("circle", "reject", member.state)
    require_reason("circle", "reject", reason)
    member.ended_on, member.confirmed_by_id, member.reason = today(), by.person_id, reason
    with case.act("circle.rejected", by, answer.role, once=once) as entry:
        entry.save(member)


def stand_aside(case: Case, *, by: Actor, once: Once = None) -> None:
    """Leave the circle: one's envelope is destroyed. Raises NotComplete where fewer than two would be left."""
    answer = case.require(by, "circle.stand_aside")
    member = case.member_of(by.person_id)
    if member is None or len(case.circle) <= LEAST:
        raise NotComplete("recipients")
    leave(case, member, "stand_aside")
    with case.act("circle.left", by, answer.role, once=once) as entry:
        case.save(entry, member)
    # Without her key it is not known which alarm is the report's: she is asked of none that waits now.
    leave_alarms(Alarm.objects.filter(directory=case.report.directory), [by.person_id], now())
    forget(case.pk, member)
