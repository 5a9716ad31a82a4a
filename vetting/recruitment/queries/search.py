"""Finding a finalist again by number or name, among one's own recruitments; without opening anything."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from uuid import UUID

from audit.clock import now
from audit.models import Entry
from audit.ranges import DAYS
from vetting.access.actor import Actor
from vetting.crypto import blind_index
from vetting.policy.alerts import SEARCHES
from vetting.policy.numbers import Number
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.models import Candidacy
from vetting.recruitment.queries.visible import reach_of
from vetting.recruitment.search_index import digest_of_called, is_own

PERMISSION = "candidacy.search_number"
BY_NAME = "candidacy.search_name"
EVENTS = {PERMISSION: "candidacy.number_searched", BY_NAME: "candidacy.name_searched"}
PER_HOUR = 30
MOST = 20


def candidacies_with(actor: Actor, number: Number) -> list[Candidacy]:
    """The finalists with exactly this number that `actor` may search among: one query, newest first."""
    digest = blind_index.digest(INDEX_PURPOSE, number.normalised)
    return _found(actor, PERMISSION, "blind_index", digest=digest)


def candidacies_called(actor: Actor, name: str) -> list[Candidacy]:
    """The finalists whose first and last names are these that `actor` may search among: one query, newest first.

    The digests are asked about within the question of what may be seen: read before it, a name that nobody has
    would be answered sooner than one that is hidden.
    """
    return _found(actor, BY_NAME, "name_index", called=digest_of_called(name))


def _found(actor: Actor, permission: str, index: str, **digest: bytes) -> list[Candidacy]:
    """Whoever has a protected identity is in no index, and is left out here all the same; so is one whose row holds
    another's digest."""
    asked = {f"{index}__{column}": value for column, value in digest.items()}
    rows = Candidacy.objects.filter(reach_of(actor, permission).about(), **asked, is_protected=False)
    rows = rows.select_related("recruitment__position", "recruitment__unit", index)
    return [each for each in rows.order_by("-created_on", "label")[:MOST] if is_own(getattr(each, index))]


def searches_last_hour(person_id: UUID) -> int:
    """How many searches, by number and by name together, the log holds of this person during the last hour,
    whichever account they were made with."""
    since = now() - timedelta(hours=1)
    # From the newest by the index of the person, so that a long service makes no search slower.
    # Those of reports, whose ids come after all others, tell no hour.
    mine = Entry.objects.filter(actor_person=person_id, id__lt=DAYS)
    newest = mine.order_by("-id").values_list("time", "action")
    last_hour = takewhile(lambda entry: entry[0] >= since, newest.iterator(chunk_size=100))
    return sum(action in SEARCHES for _time, action in last_hour)
