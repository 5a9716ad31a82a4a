"""*Tillstyrk* in several recruitments at once: each with its own entries and its own transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID, uuid5

from django.db import IntegrityError

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.recruitment.actions.errors import Refused, WrongState
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.actions.vote import BY_PASSWORD, Ballot, decide_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.engine.progress import approvers_needed
from vetting.recruitment.engine.rows import waivers_used
from vetting.recruitment.models import Opinion

Outcome = list[tuple[Opinion, Refused | Denied | None]]


def support_each(
    by: Actor, opinions: Iterable[Opinion], once: UUID, confirmed: Mapping[UUID, Confirmed] | None = None
) -> Outcome:
    """Take and support each opinion; the error of each that could not be, None for each that was.

    Each is judged on its own, and one that falls out says nothing of the others: no case may hold another up.
    `confirmed`: opinion → how it was confirmed, with what was shown of it.

    Cases with a check that has been assessed are refused: they are read one by one. So are those where two give an
    opinion, who are to be blind to each other: that a vote was one of many tells what it says. The keys of the acts
    follow from `once`, so that a second click has no effect and says the same.
    """
    how = confirmed or {}
    return [(opinion, _support(by, opinion, once, how.get(opinion.pk, BY_PASSWORD))) for opinion in opinions]


def given_before(once: UUID, opinions: Collection[UUID]) -> set[UUID]:
    """Those that the same click has given already."""
    keys = {key_of(once, opinion): opinion for opinion in opinions}
    found = Entry.objects.filter(once__in=list(keys)).values_list("once", flat=True)
    return {keys[key] for key in found if key is not None}


def key_of(once: UUID, opinion: UUID) -> UUID:
    """The key of one opinion's act."""
    return uuid5(once, str(opinion))


def _support(by: Actor, opinion: Opinion, once: UUID, confirmed: Confirmed) -> Refused | Denied | None:
    key = key_of(once, opinion.pk)
    try:
        with Case.locked(opinion.recruitment_id) as case:
            if Entry.objects.filter(once=key).exists():
                return None
            own = case.opinion(opinion.pk)
            _require_clean(case, own)
            take_opinion(case, by=by, opinion=own)
            decide_opinion(
                case, by=by, opinion=own, ballot=Ballot("supported"), confirmed=confirmed, once=key
            )
    except (Refused, Denied) as error:
        return error
    except IntegrityError:
        # The database's own four-eyes and state rules, where two acted in the same moment.
        return WrongState("opinion", "support_many", "constraint")
    return None


def _require_clean(case: Case, opinion: Opinion) -> None:
    """Raises WrongState for what is to be read by itself."""
    candidacy = case.candidacy(opinion.candidacy_id)
    if any(check.has_deviated for check in case.checks_of(candidacy)):
        raise WrongState("opinion", "support_many", "deviation")
    if waivers_used(case, candidacy):
        raise WrongState("opinion", "support_many", "waived")
    if max(opinion.approvers, approvers_needed(case, candidacy)[0]) > 1:
        raise WrongState("opinion", "support_many", "two_needed")
