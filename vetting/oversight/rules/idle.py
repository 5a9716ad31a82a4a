"""Sealed details opened in a recruitment by somebody who does nothing in it, a week before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from audit.models import Entry
from vetting.oversight.rules.seen import COLUMNS, Finding, Seen
from vetting.policy.alerts import OPENINGS, RULES, WORK
from vetting.recruitment.names_read import PURPOSE

RULE = RULES["reading_without_work"]
Pair = tuple[UUID, UUID]


def find(entries: list[Seen]) -> Iterator[Finding]:
    """One finding per person and recruitment, at the first opening of a week. The entries are at least a week old."""
    openings = [s for s in entries if s.action in OPENINGS and s.person is not None and s.subject is not None]
    if not openings:
        return
    opened, worked = _around(openings)
    named = _names_to_declare(openings)
    for seen in openings:
        if seen.id in named:
            continue  # what she opened the name for is done by declaring, and nothing else is asked of her
        pair: Pair = (seen.person, seen.subject)  # type: ignore[assignment]
        since, until = seen.time - RULE.window, seen.time + RULE.window
        if any(since <= time <= until for time in worked[pair]):
            continue
        if any(since < time and key < seen.id for key, time in opened[pair]):
            continue  # told when it was opened first
        yield Finding(RULE.code, pair[0], seen.time, 1, RULE.threshold, seen.time, (pair[1],))


def _names_to_declare(openings: list[Seen]) -> set[int]:
    """The openings of a finalist's name alone, to declare a conflict of interest, by those who declared within a week.

    Everybody who declares has to see the names first.
    """
    pks = [seen.id for seen in openings if seen.action == "candidacy.revealed"]
    read = [
        entry
        for entry in Entry.objects.filter(pk__in=pks, purpose=PURPOSE)
        if entry.facts.get("field") == "name"
    ]
    people, subjects = {each.actor_person for each in read}, {each.subject for each in read}
    declared = Entry.objects.filter(
        subject__in=subjects, actor_person__in=people, action="declaration.given"
    ).values_list("actor_person", "subject", "time")
    times: dict[Pair, list[datetime]] = defaultdict(list)
    for person, subject, time in declared if read else ():
        times[(person, subject)].append(time)
    return {
        each.pk
        for each in read
        if any(
            each.time <= time <= each.time + RULE.window for time in times[(each.actor_person, each.subject)]
        )
    }


def _around(
    openings: list[Seen],
) -> tuple[dict[Pair, list[tuple[int, datetime]]], dict[Pair, list[datetime]]]:
    """All openings and all work of these people in these recruitments: one query, by the recruitments' index."""
    people, subjects = {seen.person for seen in openings}, {seen.subject for seen in openings}
    rows = Entry.objects.filter(
        subject__in=subjects, actor_person__in=people, action__in=sorted(OPENINGS | WORK)
    )
    opened: dict[Pair, list[tuple[int, datetime]]] = defaultdict(list)
    worked: dict[Pair, list[datetime]] = defaultdict(list)
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=1000):
        seen = Seen(*row)
        pair: Pair = (seen.person, seen.subject)  # type: ignore[assignment]
        if seen.action in OPENINGS:
            opened[pair].append((seen.id, seen.time))
        else:
            worked[pair].append(seen.time)
    return opened, worked
