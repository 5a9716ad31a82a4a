"""The delegation order and the work done for others, as their pages list them: what holds, comes and waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import ask, lent_at
from vetting.accounts.models import Person
from vetting.administration.delegation_held import facts_of_agreement, facts_of_proposal
from vetting.organisation.models import (
    AgreementProposal,
    DelegationPoint,
    DelegationProposal,
    ServiceAgreement,
    Unit,
)
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions.position import facts_of
from vetting.web.marks import when
from vetting.web.parts import Fact

FUNCTIONS = {
    "hr": gettext_noop("HR"),
    "security": gettext_noop("Säkerhetsfunktionen"),
    "protective_security": gettext_noop("Säkerhetsskyddet"),
    "registry": gettext_noop("Registrator och arkiv"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point, or a proposed one, in words."""

    row: DelegationPoint | DelegationProposal
    delegate: str
    escalates: str
    forms: str
    may_answer: bool = False
    may_end: bool = False


def points_for(actor: Actor) -> list[Point]:
    """The points in force and to come in the units where `actor` may see the order, by unit."""
    rows = DelegationPoint.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=actor.on))
    rows = rows.select_related("unit__authority", "delegate", "escalates_to")
    waiting = set(
        DelegationProposal.objects.filter(state="proposed", point__isnull=False).values_list(
            "point", flat=True
        )
    )
    return [
        _in_words(
            row,
            may_end=row.pk not in waiting
            and row.valid_to is None
            and ask(actor, "delegation_order.propose", facts_of(row.unit)).allowed,
        )
        for row in rows.order_by("unit__authority__name", "unit__path", "code", "is_substitute", "valid_from")
        if _sees(actor, row.unit)
    ]


def proposed_points_for(actor: Actor) -> list[Point]:
    """What waits for an answer there, the oldest first; marked where `actor` may give it."""
    rows = DelegationProposal.objects.filter(state="proposed")
    rows = rows.select_related("unit__authority", "delegate", "escalates_to", "proposed_by")
    return [
        _in_words(
            row,
            may_answer=ask(actor, "delegation_order.confirm", facts_of_proposal(row, actor)).allowed,
        )
        for row in rows.order_by("proposed_on", "code")
        if _sees(actor, row.unit)
    ]


def units_to_propose_for(actor: Actor) -> list[Unit]:
    """The units in force for which `actor` may propose points."""
    rows = Unit.objects.select_related("authority").order_by("authority__name", "path")
    return [
        unit
        for unit in rows
        if (unit.valid_to is None or unit.valid_to >= actor.on)
        and ask(actor, "delegation_order.propose", facts_of(unit)).allowed
    ]


def agreements(on: date) -> list[ServiceAgreement]:
    """The agreements in force and to come."""
    rows = ServiceAgreement.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    rows = rows.select_related("provider", "receiver")
    return list(rows.order_by("receiver__name", "function", "valid_from"))


def proposed_agreements(actor: Actor) -> list[tuple[AgreementProposal, bool]]:
    """What waits, the oldest first, and whether `actor` may answer it."""
    rows = AgreementProposal.objects.filter(state="proposed")
    return [
        (row, ask(actor, "service_agreement.confirm", facts_of_agreement(row, actor)).allowed)
        for row in rows.select_related("provider", "receiver", "proposed_by").order_by("proposed_on", "pk")
    ]


def function_name(code: str) -> str:
    """The function in words."""
    return _(FUNCTIONS[code])


def named(person: Person | None) -> str:
    """A name, unless the person's is protected."""
    if person is None:
        return _("Nämnden")
    return _("Namnet visas inte") if person.is_protected else person.display_name


def _sees(actor: Actor, unit: Unit) -> bool:
    return ask(actor, "delegation_order.view", lent_at(actor, facts_of(unit))).allowed


def _in_words(row: DelegationPoint | DelegationProposal, **may: bool) -> Point:
    allowed = [code for code, form in FORMS.items() if form.allowed]
    every = set(allowed) <= set(row.forms)
    forms = _("Alla") if every else ", ".join(_(FORMS[code].name) for code in allowed if code in row.forms)
    return Point(row, named(row.delegate), named(row.escalates_to), forms, **may)


def facts_about_point(row: DelegationPoint | DelegationProposal) -> list[Fact]:
    """Label and value, for whoever answers or ends it."""
    said = _in_words(row)
    found = [
        Fact(_("Punkt"), row.code),
        Fact(_("Enhet"), row.unit.name, note=row.unit.authority.name),
        Fact(_("Delegat"), said.delegate, note=_("Ersättare") if row.is_substitute else ""),
        Fact(_("Anställningsformer"), said.forms),
        Fact(_("Ledande befattningar"), _("Ja") if row.leading_posts else _("Nej")),
        Fact(_("Efter avstyrkande beslutar"), said.escalates),
        Fact(_("Från och med"), when(row.valid_from)),
        Fact(_("Till och med"), when(row.valid_to) if row.valid_to else _("Tills vidare")),
    ]
    if isinstance(row, DelegationProposal):
        what = _("Punkten upphör") if row.kind == "end" else _("Ny punkt")
        return [Fact(_("Förslag"), what), *found, _proposed_by(row.proposed_by, row.proposed_on)]
    return found


def facts_about_agreement(row: ServiceAgreement | AgreementProposal) -> list[Fact]:
    """Label and value, for whoever answers or ends it."""
    found = [
        Fact(_("Funktion"), function_name(row.function)),
        Fact(_("Utförs av"), row.provider.name),
        Fact(_("Åt"), row.receiver.name),
        Fact(_("Från och med"), when(row.valid_from)),
        Fact(_("Till och med"), when(row.valid_to) if row.valid_to else _("Tills vidare")),
    ]
    if isinstance(row, AgreementProposal):
        what = _("Uppdraget upphör") if row.kind == "end" else _("Nytt uppdrag")
        return [Fact(_("Förslag"), what), *found, _proposed_by(row.proposed_by, row.proposed_on)]
    return found


def _proposed_by(person: Person, on: date) -> Fact:
    return Fact(_("Föreslagen av"), named(person), note=when(on))
