"""The signatures of the database itself, held against votes and log as the auditor's own program does (AUDIT_ALSO)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from audit.canonical import encoder
from audit.integrity import Finding
from audit.models import Entry
from audit.plan import plan_of
from audit.verify_signatures import BAD, judge
from vetting.recruitment.models import Vote, VoteSignature

LABEL = "recruitment.votesignature"


def findings() -> Iterator[Finding]:
    """What is wrong with each signature; that rows are as the log commits to them is checked of every row."""
    registered = _registered()
    for row in VoteSignature.objects.order_by("entry").iterator(500):
        entry = Entry.objects.filter(pk=row.entry_id).first()
        if entry is None:
            continue
        if entry.facts.get("method") != row.how:
            yield Finding("signature-differs", entry=entry.pk, label=LABEL, row=row.pk)
        if row.how != row.How.SIGNED:
            continue
        known = {key for number, key in registered[row.account_id] if number < entry.pk}
        vote = plan_of(Vote).history._default_manager.filter(id=row.vote_id, entry_id=entry.pk).first()
        try:
            found = (
                ["vote-missing"] if vote is None else judge(_told(row), _told(vote), entry.content, known, "")
            )
        except BAD:
            found = ["text-malformed"]
        for kind in found:
            yield Finding(
                kind.partition(" ")[0], entry=entry.pk, label=LABEL, row=row.pk, detail=kind.partition(" ")[2]
            )


def _told(row: Any) -> dict[str, Any]:
    """The row as it is written in a bundle."""
    fields = row._meta.concrete_fields
    values = ((each, getattr(row, each.attname)) for each in fields)
    return {each.attname: None if value is None else encoder(each)(value) for each, value in values}


def _registered() -> dict[UUID, list[tuple[int, str]]]:
    """Account → the keys it has registered, with the number of the entry."""
    found: dict[UUID, list[tuple[int, str]]] = defaultdict(list)
    for entry in Entry.objects.filter(action="account.sign_in_edited").order_by("pk").iterator(500):
        facts = entry.facts
        if facts.get("method") == "key_added" and entry.subject is not None and facts.get("digest"):
            found[entry.subject].append((entry.pk, facts["digest"]))
    return found
