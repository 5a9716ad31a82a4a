"""Changes of units and authorities that wait for another administrator, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.accounts.models import Person
from vetting.administration.actions.tree_proposals import PERMISSION, Kind
from vetting.administration.queries.delegation_order import named
from vetting.organisation.models import TreeProposal, Unit
from vetting.policy.profiles import PROFILES
from vetting.web.marks import when
from vetting.web.parts import Fact

WHAT = {
    "move": gettext_noop("Enheten flyttas, med enheterna under den"),
    "replace": gettext_noop("Enheten ersätts av en annan"),
    "edit": gettext_noop("Enhetens uppgifter ändras"),
    "authority": gettext_noop("Nämndens eller bolagets uppgifter ändras"),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal as the list shows it."""

    proposal: TreeProposal
    name: str
    what: str
    is_own: bool


def waiting_changes(actor: Actor) -> list[Waiting]:
    """What waits, the oldest first, for whoever may propose such; nothing for others."""
    if not may_somewhere(actor, "unit.edit"):
        return []
    rows = TreeProposal.objects.filter(state=TreeProposal.State.PROPOSED)
    rows = rows.select_related("unit", "authority").order_by("proposed_on", "pk")
    return [
        Waiting(row, _name(row), _(WHAT[row.kind]), row.proposed_by_id == actor.person_id)
        for row in rows
        if may_somewhere(actor, PERMISSION[Kind(row.kind)])
    ]


def facts_about_change(row: TreeProposal) -> list[Fact]:
    """Label and value: what it is about, and each thing as it is and as it will be."""
    facts = [Fact(_("Förslag"), _(WHAT[row.kind])), Fact(_("Gäller"), _name(row))]
    wanted = row.wanted
    if row.unit is not None and row.kind in (Kind.MOVE, Kind.REPLACE):
        place = Unit.objects.filter(pk=wanted["parent"]).first() if wanted["parent"] else None
        label = _("Ny plats") if row.kind == Kind.MOVE else _("Ersätts av")
        facts += [
            Fact(_("Ligger under"), row.unit.parent.name if row.unit.parent else _("Högst upp")),
            Fact(label, place.name if place else _("Högst upp")),
            Fact(_("Från och med"), when(date.fromisoformat(wanted["on"]))),
        ]
    elif row.unit is not None:
        facts += _changed(row.unit.name, wanted["name"], _("Namn"))
        facts += _changed(_profiles(row.unit.profiles), _profiles(wanted["profiles"]), _("Kontrollprofiler"))
        now, then = row.unit.access_manager_id, wanted["access_manager_id"]
        facts += _changed(_person(now), _person(then), _("Ger och stänger systembehörigheter"))
    elif row.authority is not None:
        facts += _changed(row.authority.name, wanted["name"], _("Namn"))
        facts += _changed(row.authority.diary_prefix, wanted["diary_prefix"], _("Beteckning i diariet"))
        own = _("HR:s eller säkerhetsfunktionens egen")
        is_now, will_be = row.authority.is_control_function, wanted["is_control_function"]
        facts += _changed(_yes(is_now), _yes(will_be), own)
    return [*facts, Fact(_("Föreslagen av"), named(row.proposed_by), note=when(row.proposed_on))]


def _name(row: TreeProposal) -> str:
    stands = row.unit if row.unit is not None else row.authority
    return stands.name if stands is not None else "–"


def _changed(before: str, after: str, label: str) -> list[Fact]:
    if before == after:
        return []
    return [Fact(label, after, note=_("Nu: %(value)s") % {"value": before})]


def _profiles(codes: list[str]) -> str:
    return ", ".join(_(PROFILES[code].name) for code in codes) or "–"


def _person(pk: UUID | str | None) -> str:
    if pk is None:
        return "–"
    return named(Person.objects.get(pk=pk))


def _yes(value: bool) -> str:
    return _("Ja") if value else _("Nej")
