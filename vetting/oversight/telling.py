"""Entries in sentences for those who oversee: no name of anybody vetted, and no more than they may be told."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.policy.roles import ROLES
from vetting.recruitment.queries.timeline import ABOUT_PROTECTION, NOTE, acted
from vetting.recruitment.telling import reason_line, told

Left = Set[tuple[UUID, str]]
"""Finalists who have left, by recruitment and label."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the log: when, who (name, or nobody) under which role, what, why, and about which recruitment."""

    at: datetime
    name: str
    role: str
    what: str
    note: str
    reference: str
    url: str


def line(
    entry: Entry, *, names: Mapping[UUID, str], left: Left, recruitments: Mapping[UUID, tuple[str, str]]
) -> Line:
    """The entry as a row. `recruitments`: id → reference and the address the reader may follow."""
    facts = entry.facts
    said, what = _discreetly(entry, facts, left)
    name = acted(entry, names)
    role = _(ROLES[entry.actor_role].name) if entry.actor_role in ROLES else said
    reference, url = recruitments.get(entry.subject, ("", "")) if entry.subject else ("", "")
    return Line(entry.time, name, role, what, reason_line(entry.action, facts), reference, url)


def _discreetly(entry: Entry, facts: dict[str, object], left: Left) -> tuple[str, str]:
    if entry.action in ABOUT_PROTECTION:
        # Which finalist it was is for the named handlers alone.
        return told(entry.action, facts | {"candidacy": _("en slutkandidat")})
    if entry.action == NOTE and (entry.subject, facts.get("candidacy")) in left:
        # The note that an extract was shown has left view with her (skollagen 2:32); that somebody acted has not.
        who, _what = told(entry.action, facts)
        return who, _("antecknade en kontroll i %(reference)s.") % {"reference": facts.get("reference", "–")}
    return told(entry.action, facts)
