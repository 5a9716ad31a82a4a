"""A finalist who works here is shut out of the recruitment by the service, when her number is entered.

Nobody handles a matter that concerns herself (kommunallagen 7:4, 6:28). Only keyed digests are compared, of the
numbers that the operator has taken in (`staff_numbers`); no relative's number is asked for, and nobody is told why.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from audit.clock import now
from audit.recorder import Who, act
from vetting.recruitment.actions.common import step
from vetting.recruitment.actions.vote_falls import vote_falls
from vetting.recruitment.case import Case
from vetting.recruitment.models import BlindIndex, Recruitment, Recusal
from vetting.recruitment.standing import ENDED

SERVICE = Who(person_id=None, account_id=None, role="system")


def shut_out_finalists(case: Case, digest: bytes) -> None:
    """Shut out whoever is known by the number just entered (setting STAFF_WITH). For the action that saves it."""
    persons: Iterable[UUID] = import_string(settings.STAFF_WITH)(digest)
    for person in persons:
        _shut_out(case, person)


def shut_out_known(digests: dict[UUID, bytes]) -> None:
    """The same for recruitments that go on, when the list of staff has been taken in. `digests`: by person."""
    persons = {digest: person for person, digest in digests.items()}
    going = BlindIndex.objects.filter(digest__in=list(persons)).exclude(
        candidacy__recruitment__state__in=sorted(ENDED)
    )
    found = [
        (pk, persons[bytes(digest)]) for pk, digest in going.values_list("candidacy__recruitment", "digest")
    ]
    for pk, person in sorted(found, key=str):
        with Case.locked(pk) as case:
            if case.recruitment.state not in {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}:
                _shut_out(case, person)


def _shut_out(case: Case, person: UUID) -> None:
    found = case.recusal_of(person)
    if found is not None and (found.by_match or found.state in {"excluded", "ended"}):
        return  # stands aside already, or somebody has let her take part since
    recusal = found or Recusal(
        recruitment=case.recruitment, person_id=person, state=Recusal.State.CLEAR, declared_on=case.today
    )
    recusal.state = step("recusal", "set", found.state if found else "new")
    recusal.by_match, recusal.decided_by, recusal.decided_on = True, None, case.today
    recusal.changed_at = now()
    said = {"role": "system", "reference": case.recruitment.reference, "target_role": "participant"}
    with act("recusal.set", SERVICE, subject=case.pk, facts=said) as entry:
        entry.save(recusal)
        vote_falls(case, entry, person)
    if found is None:
        case.recusals.append(recusal)
