"""What the log's own check cannot know: whether each digest that a search finds is of the finalist whose row it is.

The digests are outside history and log, so that they go with her (AUDIT_ALSO).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.finding import Finding
from vetting.recruitment.models import BlindIndex, NameIndex
from vetting.recruitment.search_index import is_own


def findings() -> Iterator[Finding]:
    """Rows that hold another's digest, or one that this service has not made; `row`: the finalist's."""
    models: tuple[Any, ...] = (BlindIndex, NameIndex)
    for model in models:
        for row in model.objects.order_by("pk").iterator(2000):
            if not is_own(row):
                yield Finding("digest-planted", label=model._meta.label_lower, row=row.candidacy_id)
