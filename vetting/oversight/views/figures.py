"""*Hämta siffror*: the protected tables of the quarter that is over, as a file; recorded before it leaves."""

from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.figures.protection import K
from vetting.organisation.models import Authority
from vetting.oversight.queries import protected
from vetting.oversight.views.base import acting_role
from vetting.oversight.views.quarter_tables import tables_of
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES
from vetting.web.spreadsheet import TYPE, spreadsheet

EXPORT, VIEW = "figures.export", "figures.view"


@page(EXPORT, methods=("POST",))
def export_figures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The file. Its digest is in the log before it leaves; what the page tells exactly is protected here as well."""
    role = acting_role(actor, EXPORT)
    if not may_fetch(actor):
        raise Http404
    require_step_up(request)
    if is_resumed(request):
        messages.info(request, _("Nu kan du hämta siffrorna."))
        return redirect("control")
    found = protected.figures_of(actor, actor.on)
    first, last = found.quarter.first.isoformat(), found.quarter.last.isoformat()
    made = spreadsheet(_rows(actor, role, found))
    facts = {"role": role, "period": f"{first} – {last}", "digest": sha256(made).hexdigest()}
    record("figures.exported", actor.who(role), facts=facts)
    answer = HttpResponse(made, content_type=TYPE)
    answer["Content-Disposition"] = f'attachment; filename="siffror-{first}-{last}.csv"'
    return answer


def may_fetch(actor: Actor) -> bool:
    """Whether all that the page counts for this person may be fetched by her.

    Where another role of hers shows more than may be fetched, a file of less beside the page would tell the difference.
    """
    view, export = PERMISSIONS[VIEW].scopes, PERMISSIONS[EXPORT].scopes
    roles = [held.role for held in actor.roles if view[held.role] != "no"]
    return may_somewhere(actor, EXPORT) and all(export[role] == view[role] for role in roles)


def _within(actor: Actor) -> str:
    """Whose numbers they are: a file that is sent on is read without its page."""
    scopes = PERMISSIONS[EXPORT].scopes
    wide = [held for held in actor.roles if scopes[held.role] in ("all", "authority")]
    if any(scopes[held.role] == "all" or held.everywhere for held in wide):
        return _("Hela kommunen")
    rows = Authority.objects.filter(pk__in={pk for held in wide for pk in held.authorities}).order_by("name")
    return ", ".join(rows.values_list("name", flat=True))


def _rows(actor: Actor, role: str, found: protected.Figures) -> list[list[str]]:
    """A head of what it is, and a line for each number, in the words of the page."""
    head = [
        [_("Period"), f"{found.quarter.first.isoformat()} – {found.quarter.last.isoformat()}"],
        [_("Hämtad"), actor.on.isoformat()],
        [_("Hämtad av"), _(ROLES[role].name)],
        [_("Omfattar"), _within(actor)],
        [
            _("Skyddad uppgift"),
            _("Tal under %(k)s, också noll, och de som skulle röja ett sådant visas inte.") % {"k": K},
        ],
        [],
        [_("Tabell"), _("Tal"), _("Antal")],
    ]
    tables = tables_of(found, opinions=True, waivers=True)
    return head + [[heading, fact.label, str(fact.value)] for heading, facts in tables for fact in facts]
