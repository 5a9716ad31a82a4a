"""What has happened in one recruitment, newest first: entries of the log, told as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from audit.models import Entry
from vetting.access.actor import Actor
from vetting.accounts.models import Person
from vetting.policy.event_groups import GROUPS, LOOKED, TIMELINE
from vetting.recruitment.case import Case
from vetting.recruitment.telling import happening, told_role
from vetting.web.parts import Happening

LAST = 8
PAGE = 50
ABOUT_PROTECTION = ("candidacy.protection_marked",)
"""Told to the named handlers alone: everybody else sees nothing that tells one finalist from another."""
NONE: Mapping[int, Sequence[str]] = {}
NOTE = "check.shown_recorded"
"""Not told of a finalist who was not engaged: the note leaves view with her (skollagen 2:32)."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries of one page; `older` is the key of the next page, or None."""

    entries: list[Entry]
    older: int | None


def entries_of(
    case: Case,
    actor: Actor,
    *,
    kind: str = "",
    before: int | None = None,
    limit: int = LAST,
    only_acts: bool = False,
) -> Timeline:
    """The newest entries about the recruitment that `actor` may be told of, `only_acts` without who has looked. One
    query."""
    rows = Entry.objects.filter(subject=case.pk)
    if not any(str(actor.person_id) in candidacy.handlers for candidacy in case.candidacies):
        rows = rows.exclude(action__in=ABOUT_PROTECTION)
    # Who the service shut out is for the list of who stands aside; here it would tell that a finalist works here.
    rows = rows.exclude(action__in=("recusal.set", "recusal.lifted"), actor_role="system")
    if only_acts:
        rows = rows.exclude(action__in=sorted(LOOKED))
    if kind in TIMELINE:
        rows = rows.filter(action__in=sorted(GROUPS[kind].events))
    if before is not None:
        rows = rows.filter(id__lt=before)
    columns = ("id", "time", "action", "actor_person", "actor_role", "leaf")
    found = list(rows.order_by("-id").only(*columns)[: limit + 1])
    gone = {each.label for each in case.candidacies if each.ended_on is not None}
    shown = [
        entry
        for entry in found[:limit]
        if not (entry.action == NOTE and entry.facts.get("candidacy") in gone)
    ]
    return Timeline(shown, found[limit - 1].pk if len(found) > limit else None)


def names_of(people: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of those who acted, one query. A person with protected identity is named by her role alone."""
    wanted = {person for person in people if person is not None}
    if not wanted:
        return {}
    rows = Person.objects.filter(pk__in=wanted, is_protected=False)
    return dict(rows.values_list("pk", "display_name"))


def people_acting(entries: Iterable[Entry]) -> set[UUID | None]:
    """Who acted in the entries, and whom they stood in for."""
    rows = list(entries)
    return {entry.actor_person for entry in rows} | {entry.on_behalf_of for entry in rows}


def acted(entry: Entry, names: Mapping[UUID, str]) -> str:
    """The actor's name, and whom she stood in for; empty where she is told by her role alone."""
    name = names.get(entry.actor_person, "") if entry.actor_person else ""
    absent = entry.on_behalf_of
    if absent is None:
        return name
    who = name or told_role(entry)
    behind = names.get(absent, _("någon annan"))
    return _("%(who)s (som ersättare för %(absent)s)") % {"who": who, "absent": behind}


def told(
    entries: Iterable[Entry],
    names: Mapping[UUID, str],
    changes: Mapping[int, Sequence[str]] = NONE,
    *,
    here: str = "",
) -> list[Happening]:
    """The entries as sentences with the actor's name (or role), and the lines of *old → new* by entry.

    `here`: the reference of the recruitment whose own page this is; its sentences need not repeat it.
    """
    return [
        _without(
            here,
            happening(
                entry,
                who=acted(entry, names),
                changes=changes.get(entry.pk, ()),
            ),
        )
        for entry in entries
    ]


def _without(reference: str, said: Happening) -> Happening:
    """*lade in slutkandidaten K1 i R-2026-0007.* → *lade in slutkandidaten K1.*"""
    if not reference:
        return said
    return replace(
        said,
        what=re.sub(
            rf"( i rekryteringen| in the recruitment| i| in| för| for)? {re.escape(reference)}(?!\d)",
            "",
            said.what,
        ),
    )
