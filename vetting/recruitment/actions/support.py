"""*Tillstyrk* in several recruitments at once: each with its own entries and its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.recruitment.actions.errors import Refused, WrongState
from vetting.recruitment.actions.opinion import take_opinion
from vetting.recruitment.actions.vote import BY_PASSWORD, Ballot, decide_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.confirming import Confirmed
from vetting.recruitment.engine.rows import waivers_used
from vetting.recruitment.models import Opinion


def support_each(
    by: Actor, opinions: Iterable[Opinion], once: UUID, confirmed: Confirmed = BY_PASSWORD
) -> list[tuple[Opinion, Refused | Denied | None]]:
    """Take and support each opinion; the error of each that could not be, None for each that was.

    Cases with a check that has been assessed are refused: they are read one by one. The keys of the acts follow
    from `once`, so that a second click has no effect and says the same.
    """
    return [(opinion, _support(by, opinion, once, confirmed)) for opinion in opinions]


def _support(by: Actor, opinion: Opinion, once: UUID, confirmed: Confirmed) -> Refused | Denied | None:
    key = uuid5(once, str(opinion.pk))
    try:
        with Case.locked(opinion.recruitment_id) as case:
            if Entry.objects.filter(once=key).exists():
                return None
            own = case.opinion(opinion.pk)
            if any(check.has_deviated for check in case.checks_of(case.candidacy(own.candidacy_id))):
                raise WrongState("opinion", "support_many", "deviation")
            if waivers_used(case, case.candidacy(own.candidacy_id)):
                raise WrongState("opinion", "support_many", "waived")
            take_opinion(case, by=by, opinion=own)
            ballot = Ballot("supported")
            decide_opinion(case, by=by, opinion=own, ballot=ballot, confirmed=confirmed, once=key)
    except (Refused, Denied) as error:
        return error
    return None
