"""A finalist who works here is shut out of the recruitment by the service, when her number is entered.

Nobody handles a matter that concerns herself (kommunallagen 7:4, 6:28). Only keyed digests are compared, of the
numbers that the operator has taken in (`staff_numbers`); no relative's number is asked for, and nobody is told why.

A number can be typed to be rid of somebody. Whoever could have had a hand in the matter is therefore out only until a
head has answered, an auditor is told at once who typed it, and nothing is left of it when the number is put right.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from audit.clock import now
from audit.recorder import Who, act
from vetting.access.actor import Actor
from vetting.access.models import RoleGrant
from vetting.crypto import blind_index
from vetting.recruitment.actions.common import step
from vetting.recruitment.actions.vote_falls import vote_falls, vote_returns
from vetting.recruitment.apart import parties
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import alarm
from vetting.recruitment.models import BlindIndex, Recruitment, Recusal
from vetting.recruitment.standing import DRIVING, ENDED, OPINING

SERVICE = Who(person_id=None, account_id=None, role="system")
PURPOSE = "recusal.match"


def follow_number(case: Case, digest: bytes, *, by: Actor) -> None:
    """Shut out whoever is known by the number just entered (setting STAFF_WITH), for the action that has saved it.

    Whom an earlier number shut out is let in again where no finalist has it any longer.
    """
    let_lapse(case)
    persons: Iterable[UUID] = import_string(settings.STAFF_WITH)(digest)
    for person in persons:
        _shut_out(case, person, digest, by.person_id)


def shut_out_known(digests: dict[UUID, bytes]) -> None:
    """The same for recruitments that go on, when the list of staff has been taken in. `digests`: by person."""
    persons = {digest: person for person, digest in digests.items()}
    going = BlindIndex.objects.filter(digest__in=list(persons)).exclude(
        candidacy__recruitment__state__in=sorted(ENDED)
    )
    found = [(pk, bytes(digest)) for pk, digest in going.values_list("candidacy__recruitment", "digest")]
    for pk, digest in sorted(found, key=str):
        with Case.locked(pk) as case:
            if case.recruitment.state not in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}:
                _shut_out(case, persons[digest], digest, None)


def _shut_out(case: Case, person: UUID, digest: bytes, entered_by: UUID | None) -> None:
    found = case.recusal_of(person)
    if found is not None and (found.by_match or found.state in {"excluded", "ended"}):
        return  # stands aside already, or somebody has let her take part since
    recusal = found or Recusal(
        recruitment=case.recruitment, person_id=person, state=Recusal.State.CLEAR, declared_on=case.today
    )
    recusal.before_match = found.state if found else ""
    recusal.state = step("recusal", "set", found.state if found else "new")
    recusal.by_match, recusal.decided_by, recusal.decided_on = True, None, case.today
    recusal.match, recusal.matched_by_id = _told(case, digest), entered_by
    recusal.had_part = person in parties(case) or _may_have_part(case, person)
    recusal.match_answered_on = recusal.match_lapsed_on = None
    recusal.parties, recusal.changed_at = "", now()
    with act("recusal.set", SERVICE, subject=case.pk, facts=_facts(case)) as entry:
        entry.save(recusal)
        vote_falls(case, entry, person, rests=True)
    if recusal.had_part and entered_by is not None:
        alarm("colleague_match", entered_by, case.pk, now())
    if found is None:
        case.recusals.append(recusal)


def let_lapse(case: Case) -> None:
    """A match that nobody has answered lapses when no finalist has that number any longer; the alert remains."""
    waiting = [each for each in case.recusals if each.by_match and each.state == Recusal.State.EXCLUDED]
    waiting = [each for each in waiting if each.match and each.match_answered_on is None]
    if not waiting:
        return
    rows = BlindIndex.objects.filter(candidacy__recruitment=case.pk)
    entered = {_told(case, bytes(digest)) for digest in rows.values_list("digest", flat=True)}
    for recusal in [each for each in waiting if each.match not in entered]:
        recusal.state = step("recusal", "lift", recusal.state)
        if recusal.before_match == Recusal.State.DECLARED:
            # What she has told waits for its decision, as before.
            recusal.state = step("recusal", "declare_interest", recusal.state)
            recusal.decided_on = None
        recusal.by_match, recusal.match_lapsed_on, recusal.changed_at = False, case.today, now()
        with act("recusal.lifted", SERVICE, subject=case.pk, facts=_facts(case)) as entry:
            entry.save(recusal)
            if recusal.state == Recusal.State.PARTICIPATES:
                vote_returns(case, entry, recusal.person_id)


def _may_have_part(case: Case, person: UUID) -> bool:
    """Whether she is assigned here, or holds a role in which one is: she could be wished away."""
    if any(grant.user.person_id == person for grant in case.grants):
        return True
    held = RoleGrant.objects.filter(person=person, role__in=OPINING | DRIVING, state=RoleGrant.State.ACTIVE)
    return any(grant.is_in_force(case.today) for grant in held)


def _told(case: Case, digest: bytes) -> str:
    """The match as it is written down: it tells nothing but whether it is the same one."""
    return blind_index.digest(PURPOSE, f"{case.pk}:{digest.hex()}").hex()


def _facts(case: Case) -> dict[str, object]:
    return {"role": "system", "reference": case.recruitment.reference, "target_role": "participant"}
