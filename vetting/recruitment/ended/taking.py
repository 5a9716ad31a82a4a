"""Take in who has left: the exit of each engagement under way is begun with its last day, by the service.

Each in its own transaction and with its own entry. What is on its way out already is left as it is, so that the same
list again changes nothing; nobody is ended by a list, only told of: access is closed and secrecy reminded of by people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.progress import Progress
from audit.recorder import Who, act, record
from vetting.crypto import blind_index
from vetting.recruitment.actions.common import step
from vetting.recruitment.actions.engagement import name_of
from vetting.recruitment.case import Case
from vetting.recruitment.ended.reading import Ended, Fault
from vetting.recruitment.models import EndedFeed, Engagement

SERVICE = Who(person_id=None, account_id=None, role="system")
PURPOSE = "ended_employments.file"
UNDER_WAY = Engagement.objects.filter(state__in=[Engagement.State.ACTIVE, Engagement.State.EXITING])
COLUMNS = (
    "recruitment", "candidacy", "recruitment__reference", "candidacy__label", "state", "started_on", "planned_end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Live:
    """An engagement under way, as far as the list is compared with it."""

    recruitment: UUID
    candidacy: UUID
    reference: str
    label: str
    state: str
    started_on: date
    last_day: date | None

    def is_meant(self, row: Ended) -> bool:
        """Whether the row can be about this one: what began after its last day is another employment."""
        named = row.reference in ("", self.reference, f"{self.reference} {self.label}")
        return named and self.started_on <= row.last_day


@dataclass(slots=True)
class Told:
    """What came of a list: how many exits it began, how many were begun before, how many are not known here."""

    begun: int = 0
    before: int = 0
    unknown: int = 0
    faults: list[Fault] = field(default_factory=list)


def digest_of(content: bytes) -> bytes:
    """What the file is known again by. Raises Locked without an INDEX_KEY."""
    return blind_index.digest(PURPOSE, sha256(content).hexdigest())


def earlier(digest: bytes) -> EndedFeed | None:
    """The same file, taken in before, or None."""
    return EndedFeed.objects.filter(digest=digest, rows__gt=0).order_by("made_on").last()


def take_ended(rows: Iterable[Ended], *, only_look: bool = False, progress: Progress | None = None) -> Told:
    """Begin the exit of each that is found; with `only_look` nothing is changed. `progress` is told of each row."""
    rows, told = list(rows), Told()
    by_number = _by_number({row.digest for row in rows if row.digest is not None})
    by_name = _by_name({row.reference for row in rows if row.digest is None})
    for number, row in enumerate(rows, 1):
        if progress is not None:
            progress(number, len(rows))
        found = by_name[row.reference] if row.digest is None else by_number[row.digest]
        mine = [each for each in found if each.is_meant(row)]
        if not mine:
            told.unknown += 1
        elif len(mine) > 1:
            told.faults.append(Fault(row.row, "referens", _SEVERAL))
        elif mine[0].state == Engagement.State.EXITING:
            _compare(told, row, mine[0].last_day)
        elif only_look or _begin(mine[0], row.last_day):
            told.begun += 1
        else:
            told.before += 1
    return told


def note_feed(digest: bytes, *, made_on: date, rows: int, begun: int) -> None:
    """That a list has been taken in: the page of engagements goes by its day."""
    EndedFeed(made_on=made_on, taken_at=now(), digest=digest, rows=rows, begun=begun).save()
    record("operation.commanded", SERVICE, facts={"command": "ended_employments", "result": "done"})


_SEVERAL = "the person has several engagements under way; give the reference of the one that ends"


def _compare(told: Told, row: Ended, last_day: date | None) -> None:
    told.before += 1
    if last_day != row.last_day:
        told.faults.append(
            Fault(row.row, "sista_dag", "an exit is begun with another last day; the manager decides")
        )


def _by_number(digests: set[bytes]) -> dict[bytes, list[Live]]:
    """Engagements under way by whose they are. Whoever is protected has no number here, and is handled by hand."""
    found: dict[bytes, list[Live]] = defaultdict(list)
    for wanted in _parts(digests):
        rows = UNDER_WAY.filter(candidacy__blind_index__digest__in=wanted)
        for digest, *each in rows.values_list("candidacy__blind_index__digest", *COLUMNS):
            found[bytes(digest)].append(Live(*each))
    return found


def _by_name(names: set[str]) -> dict[str, list[Live]]:
    """The same by *reference label*, for those whose number no check called for."""
    found: dict[str, list[Live]] = defaultdict(list)
    for wanted in _parts({name.partition(" ")[0] for name in names}):
        rows = UNDER_WAY.filter(recruitment__reference__in=wanted)
        for each in (Live(*row) for row in rows.values_list(*COLUMNS)):
            found[f"{each.reference} {each.label}"].append(each)
    return found


def _parts(wanted: set[Any]) -> Iterator[list[Any]]:
    """So many at a time that either engine takes them as parameters."""
    listed = sorted(wanted)
    for at in range(0, len(listed), 500):
        yield listed[at : at + 500]


def _begin(one: Live, last_day: date) -> bool:
    """Begin the exit under the case's lock; whether it was this that began it."""
    with Case.locked(one.recruitment) as case:
        candidacy = case.candidacy(one.candidacy)
        engagement = case.engagement_of(candidacy)
        if engagement is None or engagement.state != Engagement.State.ACTIVE:
            return False  # somebody was quicker
        engagement.state = step("engagement", "begin_exit", engagement.state)
        engagement.planned_end = last_day
        facts = {"role": "system", "engagement": name_of(case, candidacy), "date": last_day.isoformat()}
        with act("engagement.exit_begun", SERVICE, subject=case.pk, facts=facts) as entry:
            entry.save(engagement)
    return True
