"""Who reads the report now, for whoever sent it: by function and name, and each may still be taken out."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vetting.crypto.written import Code
from vetting.reports.actions import reporter
from vetting.reports.models import Member
from vetting.reports.people import names_of
from vetting.reports.public import join
from vetting.reports.returning import Returned


@dataclass(frozen=True, slots=True)
class InCircle:
    """One reader, with the mark that her box has."""

    person: UUID
    mark: str
    name: str
    function: str


def readers_now(back: Returned) -> list[InCircle]:
    """Those who can read it, by name."""
    rows = list(Member.objects.filter(report=back.report, state="member"))
    names = names_of({row.person_id for row in rows})
    found = [
        InCircle(
            row.person_id,
            mark_of(back.code, row.person_id),
            names.get(row.person_id, ""),
            join.function_of(row.role),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.name)


def take_out(request: HttpRequest, back: Returned, once: UUID) -> str:
    """Whoever stood on the page and has no cross any more is out; who came in since is left as she is.

    Raises NotComplete where too few would be left.
    """
    kept, shown = set(request.POST.getlist("readers")), set(request.POST.getlist("shown"))
    removed = [each.person for each in readers_now(back) if each.mark in shown - kept]
    if not removed:
        return _("Ingen är borttagen.")
    reporter.change_consents(back, back.consents, removed=removed, once=once)
    return _("Ändringen är sparad. Den du tog bort kan inte läsa mer, och får inte veta det.")


def mark_of(code: Code, person: UUID) -> str:
    """What stands for a person on this report's page: no id of hers leaves the service."""
    return hmac.digest(code.key("reader mark"), person.bytes, "sha256")[:8].hex()
