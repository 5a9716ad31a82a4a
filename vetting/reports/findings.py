"""What the log's own check cannot know of the reports: whether circles have envelopes and keys certificates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from audit.finding import Finding
from audit.plan import label_of
from vetting.crypto import envelopes
from vetting.crypto.envelopes import Purpose
from vetting.reports.directory import is_authentic
from vetting.reports.models import Member, RecipientKey

CHUNK = 500


def findings() -> Iterator[Finding]:
    """`envelope-missing`: a member of a circle whose envelope is gone, or that never had one.

    `key-uncertified`: a key in use that the root does not know, whatever the database says.
    """
    for key in RecipientKey.objects.filter(state=RecipientKey.State.CERTIFIED).order_by("pk"):
        if not is_authentic(key):
            yield Finding("key-uncertified", label=label_of(RecipientKey), row=key.pk)
    living = Member.objects.filter(state="member").exclude(report__state="disposed").order_by("pk")
    rows = iter(living.values_list("pk", "report_id", "key_id").iterator(2000))
    while part := list(islice(rows, CHUNK)):
        held = envelopes.held_by(
            {key for _, _, key in part}, {report for _, report, _ in part}, (Purpose.REPORT, Purpose.PART)
        )
        there = {(envelope.owner, envelope.holder) for envelope in held}
        for row, report, key in part:
            if (report, key) not in there:
                yield Finding("envelope-missing", label=label_of(Member), row=row)
