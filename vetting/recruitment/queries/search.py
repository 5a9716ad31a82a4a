"""Finding a finalist again by number, among the recruitments one is assigned to; without opening anything."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from uuid import UUID

from audit.clock import now
from audit.models import Entry
from audit.ranges import DAYS
from vetting.access.actor import Actor
from vetting.crypto import blind_index
from vetting.policy.numbers import Number
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries.visible import reach_of

PERMISSION = "candidacy.search_number"
EVENT = "candidacy.number_searched"
PER_HOUR = 30
MOST = 20


def candidacies_with(actor: Actor, number: Number) -> list[Candidacy]:
    """The finalists with exactly this number that `actor` may search among: one query, newest first.

    Whoever has a protected identity has no number in the index, and is left out here all the same.
    """
    digest = blind_index.digest(INDEX_PURPOSE, number.normalised)
    rows = Candidacy.objects.filter(
        reach_of(actor, PERMISSION).about(),
        blind_index__digest=digest,
        is_protected=False,
    )
    rows = rows.select_related("recruitment__position", "recruitment__unit")
    return list(rows.order_by("-created_on", "label")[:MOST])


def searches_last_hour(person_id: UUID) -> int:
    """How many searches the log holds of this person during the last hour, whichever account they were made with."""
    since = now() - timedelta(hours=1)
    # From the newest by the index of the person, so that a long service makes no search slower.
    # Those of reports, whose ids come after all others, tell no hour.
    mine = Entry.objects.filter(actor_person=person_id, id__lt=DAYS)
    newest = mine.order_by("-id").values_list("time", "action")
    last_hour = takewhile(lambda entry: entry[0] >= since, newest.iterator(chunk_size=100))
    return sum(action == EVENT for _time, action in last_hour)
