"""*Gör klar för pool*, renew and take away: one page about one finalist's clearance."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.access.pages import page
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.pool import LIMIT, gives_clearance, last_day
from vetting.recruitment import links
from vetting.recruitment.actions.pool import (
    SOON,
    due_extracts,
    grant_clearance,
    missing_for_clearance,
    revoke_clearance,
)
from vetting.recruitment.case import Case
from vetting.recruitment.forms.pool import GrantForm, RevokeForm
from vetting.recruitment.labels import refusal
from vetting.recruitment.models import Candidacy, PoolClearance
from vetting.recruitment.pool_standing import parts_of
from vetting.recruitment.views.base import Part, load_part, refused
from vetting.recruitment.views.forming import form_page
from vetting.recruitment.views.naming import candidacy_in
from vetting.web.parts import Fact

GRANT, REVOKE = "pool_clearance.grant", "pool_clearance.revoke"


@page(GRANT, load=load_part, methods=("GET", "HEAD", "POST"))
def grant(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """What the clearance would be, what is missing, and the one button; the same page renews it."""
    case, candidacy = part.case, candidacy_in(part)
    clearance = case.clearance_of(candidacy)
    may_be = gives_clearance(case.recruitment.form) and not candidacy.is_protected
    due = due_extracts(case, candidacy) if may_be else []
    shown_here = {row.spec.code for row in due}
    missing = (
        [m for m in missing_for_clearance(case, candidacy) if m.code not in shown_here] if may_be else []
    )

    def do(fresh: Case) -> None:
        own = fresh.candidacy(candidacy.pk)
        grant_clearance(fresh, by=actor, candidacy=own, extracts=form.extracts(), once=form.once_key)

    form = GrantForm(
        request.POST or None,
        due=[row.spec.code for row in due],
        soon=[row.spec.code for row in due if row.why == SOON],
    )
    heading = _("Klar för pool") + f" {candidacy.label}"
    return form_page(
        request, actor, case, GRANT, form, do,
        heading=heading,
        submit=_("Förnya") if clearance is not None else _("Gör klar för pool"),
        said=_("Klar för pool. Den som bokar får ja till och med sista dagen."),
        candidacy=candidacy,
        template="recruitment/clearance.html",
        next_url=links.to("grant_clearance", case, candidacy),
        missing=[links.of_missing(case, item, candidacy) for item in missing],
        **_standing(case, actor, candidacy, bool(due), may_be=may_be, ready=not missing),
    )  # fmt: skip


def _standing(
    case: Case, actor: Actor, candidacy: Candidacy, redone: bool, *, may_be: bool, ready: bool
) -> dict[str, Any]:
    """What there is of a clearance, and what the button would give. `redone`: extracts are shown with it."""
    clearance = case.clearance_of(candidacy)
    until, first = last_day(actor.on, parts_of(case.checks_of(candidacy), case.engagement_of(candidacy)))
    facts = case.facts_for(actor, candidacy=candidacy)
    return {
        "why_not": "" if may_be else refusal("by_hand" if candidacy.is_protected else "not_pool"),
        "clearance": clearance,
        "kind": "ready" if clearance is not None and clearance.lasts_on(actor.on) else "redo",
        "facts": _facts(case, clearance, until, first) if may_be and ready else [],
        "parts": _parts(case, candidacy) if may_be else [],
        "gains": redone or clearance is None or until > clearance.until,
        "may_revoke": clearance is not None and ask(actor, REVOKE, facts).allowed,
        "on": actor.on,
    }


@page(REVOKE, load=load_part, methods=("GET", "HEAD", "POST"))
def revoke(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """A neutral reason from the list; whoever books is told only that she may not."""
    case, candidacy = part.case, candidacy_in(part)
    if case.clearance_of(candidacy) is None:
        return refused(request, actor, case.pk, REVOKE, "wrong_state", refusal("no_clearance"))

    def do(fresh: Case) -> None:
        own = fresh.clearance_of(fresh.candidacy(candidacy.pk))
        if own is None:
            raise PoolClearance.DoesNotExist
        revoke_clearance(
            fresh, by=actor, clearance=own, reason=form.cleaned_data["reason"], once=form.once_key
        )

    form = RevokeForm(request.POST or None)
    return form_page(
        request, actor, case, REVOKE, form, do,
        heading=_("Ta bort klarmarkering"),
        submit=_("Ta bort"),
        colour="danger",
        lead=_("Ingen får boka personen från och med nu. Skälet syns i händelserna, aldrig för den som bokar."),
        said=_("Klarmarkeringen är borttagen."),
        candidacy=candidacy,
    )  # fmt: skip


def _facts(case: Case, clearance: PoolClearance | None, until: Any, first: str) -> list[Fact]:
    """What one gives by pressing the button."""
    why = _("Ett år, det längsta som gäller") if first == LIMIT else _(CHECKPOINTS[first].name)
    found = [
        Fact(_("Befattning"), case.position.title),
        Fact(_("Enhet"), case.unit.name),
        Fact(_("Sista dag"), date_format(until, "j b Y"), note=why),
    ]
    if clearance is not None:
        found.insert(0, Fact(_("Referens"), clearance.reference))
        found[-1] = Fact(
            _("Sista dag nu"), date_format(clearance.until, "j b Y"),
            note=_("efter förnyelse %(day)s") % {"day": date_format(until, "j b Y")} if until > clearance.until else "",
        )  # fmt: skip
    return found


def _parts(case: Case, candidacy: Candidacy) -> list[dict[str, Any]]:
    """Each part that lapses, soonest first, as it stands now."""
    now = parts_of(case.checks_of(candidacy), case.engagement_of(candidacy))
    days = sorted(now.items(), key=lambda pair: pair[1])
    return [
        {"name": _(CHECKPOINTS[code].name), "day": day, "is_late": day < case.today} for code, day in days
    ]
