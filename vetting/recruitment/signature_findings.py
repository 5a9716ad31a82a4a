"""The signatures of the database itself, held against votes and log as the auditor's own program does (AUDIT_ALSO).

By that program's own `Judge`, so that the two never disagree: a key that has been taken away, or went with a reset,
signs nothing afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from audit.canonical import encoder
from audit.integrity import Finding
from audit.models import Entry
from audit.plan import plan_of
from audit.verify_signatures import BAD, SIGNATURE, Judge
from vetting.recruitment.models import Vote, VoteSignature

ACTIONS = ("account.sign_in_edited", "account.reset_confirmed", "opinion.vote_recorded")
Rows = dict[int, list[dict[str, Any]]]


def findings() -> Iterator[Finding]:
    """What is wrong with each signature; that rows are as the log commits to them is checked of every row."""
    told: list[Finding] = []

    def found(kind: str, number: int, row: str = "") -> None:
        (short, _space, detail), (label, _space, pk) = kind.partition(" "), row.partition(" ")
        told.append(
            Finding(
                short,
                entry=number or None,
                label=label or SIGNATURE,
                row=UUID(pk) if pk else None,
                detail=detail,
            )
        )

    judge = Judge("", False, found)
    votes, signatures = _by_entry(Vote), _by_entry(VoteSignature)
    wanted = Q(action__in=ACTIONS)
    for model in (Vote, VoteSignature):
        wanted |= Q(pk__in=plan_of(model).history._default_manager.values("entry_id"))
    for entry in Entry.objects.filter(wanted).order_by("pk").iterator(500):
        try:
            judge.entry(entry.pk, entry.content, votes.get(entry.pk, []), signatures.get(entry.pk, []))
        except BAD:
            found("entry-malformed", entry.pk)
        yield from told
        told.clear()
    for vote in Vote.objects.iterator(500):
        judge.later(_told(vote), 0)
    yield from told


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
