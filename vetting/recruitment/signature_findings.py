"""The signatures of the database itself, held against votes and log as the auditor's own program does (AUDIT_ALSO).

By that program's own `Reader`, so that the two never disagree: a key that has been taken away, or went with a reset,
signs nothing afterwards.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from audit.canonical import encoder
from audit.integrity import Finding
from audit.models import Entry, Erased
from audit.plan import plan_of
from audit.verify_signatures import BAD, SIGNATURE, VOTE, Reader
from vetting.recruitment.models import Vote, VoteSignature

ACTIONS = ("account.sign_in_edited", "account.reset_confirmed", "opinion.vote_recorded")
Rows = dict[int, list[dict[str, Any]]]


class _Service(Reader):
    """The auditor's program, over the database instead of a bundle."""

    def __init__(self) -> None:
        self.origin, self.required, self.count = "", False, 0
        self.keys, self.votes, self.how = defaultdict(set), {}, Counter()
        self.told: list[Finding] = []

    def found(self, kind: str, number: int, row: str = "") -> None:
        """Keep a finding for `audit_verify`."""
        (short, _space, detail), (label, _space, pk) = kind.partition(" "), row.partition(" ")
        place = UUID(pk) if pk else None
        self.told.append(Finding(short, number or None, label or SIGNATURE, place, detail))


def findings() -> Iterator[Finding]:
    """What is wrong with each signature; that rows are as the log commits to them is checked of every row."""
    service, votes, signatures = _Service(), _by_entry(Vote), _by_entry(VoteSignature)
    wanted = Q(action__in=ACTIONS)
    for model in (Vote, VoteSignature):
        wanted |= Q(pk__in=plan_of(model).history._default_manager.values("entry_id"))
    # A vote that was disposed of is held against its proof (audit.erasing); its signature stays.
    gone = set(Erased.objects.filter(commit__label=VOTE).values_list("commit__entry", flat=True))
    for entry in Entry.objects.filter(wanted).order_by("pk").iterator(500):
        if entry.pk in gone:
            continue
        try:
            service.entry(entry.pk, entry.content, votes.get(entry.pk, []), signatures.get(entry.pk, []))
        except BAD:
            service.found("entry-malformed", entry.pk)
    for vote in Vote.objects.iterator(500):
        service.later(_told(vote), 0)
    yield from service.told


def _by_entry(model: Any) -> Rows:
    """The rows of the history as they are written in a bundle, by the number of their entry."""
    found: Rows = defaultdict(list)
    rows: Any = plan_of(model).history._default_manager.order_by("entry_id")
    for row in rows.iterator(500):
        found[row.entry_id].append(_told(row))
    return found


def _told(row: Any) -> dict[str, Any]:
    """The row as it is written in a bundle."""
    fields = row._meta.concrete_fields
    values = ((each, getattr(row, each.attname)) for each in fields)
    return {each.attname: None if value is None else encoder(each)(value) for each, value in values}
