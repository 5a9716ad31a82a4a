"""*Får jag boka?* and *Klar för pool*: one question on a phone, and the list of what lapses first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.pool import LIMIT, LOOKUPS_PER_HOUR, SOON_DAYS
from vetting.recruitment.forms.pool import AskForm
from vetting.recruitment.models import PoolClearance
from vetting.recruitment.pool_standing import Judged
from vetting.recruitment.queries import pool
from vetting.recruitment.views.base import show
from vetting.recruitment.views.forming import status_of
from vetting.web.errors import too_many
from vetting.web.parts import Link

HOUR = 60 * 60
PER_PAGE = 25


@page(pool.LOOK_UP, methods=("GET", "HEAD", "POST"))
def may_i_book(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Yes or no with a date. The question is recorded before it is answered; who was asked about is not kept."""
    form = AskForm(request.POST or None)
    found = pool.places(actor, pool.LOOK_UP)
    reply = None
    asks = request.method == "POST" and not is_resumed(request) and not found.is_nowhere
    if asks and form.is_valid():
        if pool.asked_last_hour(actor.person_id) >= LOOKUPS_PER_HOUR:
            return too_many(request, HOUR)
        facts = {"role": str(found.role), "unit": pool.first_place(found)}
        record(pool.LOOKED_UP, actor.who(found.role), facts=facts)
        reply = pool.look_up(actor, found, form.cleaned_data["who"])
    context = {
        "form": form if reply is None else AskForm(),
        "asked": form.cleaned_data["who"] if reply is not None else "",
        "reply": reply,
        "answers": [_spoken(each, actor.on) for each in reply.answers] if reply is not None else [],
        "books_nothing": found.is_nowhere,
        "per_hour": LOOKUPS_PER_HOUR,
    }
    return show(request, actor, "recruitment/may_i_book.html", context, status=status_of(request, form))


def _spoken(answer: pool.Answer, on: date) -> dict[str, Any]:
    """The answer as it is read at arm's length: one word, and a date."""
    said = {"reference": answer.reference, "work": answer.work, "unit": answer.unit}
    return {"yes": answer.judged.yes, "date": _dated(answer.judged, on), **said}


def _dated(judged: Judged, on: date) -> str:
    if judged.until is None:
        return ""
    day = date_format(judged.until, "j F" if judged.until.year == on.year else "j F Y")
    if not judged.yes:
        return _("Senaste dag var %(day)s.") % {"day": day}
    if judged.until == on:
        return _("Bara i dag, %(day)s.") % {"day": day}
    return _("Till och med %(day)s.") % {"day": day}


@page(pool.LIST)
def clearance_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The clearances of one's own units, what lapses first on top; about eight queries whatever the length."""
    found = pool.places(actor, pool.LIST)
    if not found.is_nowhere and found.role != "hiring_manager":
        # For whoever does not lead the units it is a reading outside her assignments.
        facts = {"role": str(found.role), "unit": pool.first_place(found)}
        record(pool.LISTED, actor.who(found.role), facts=facts)
    rows = pool.clearances_of(actor, found)
    chosen = pool.tabs(actor.on, actor.on + timedelta(days=SOON_DAYS))
    tab = request.GET.get("visa", "")
    tab = tab if tab in chosen else "galler"
    labels = (("galler", _("Gäller")), ("snart", _("Ska förnyas snart")), ("utgangna", _("Gått ut")))
    counts = pool.counts(rows, chosen)
    listed = Paginator(rows.filter(chosen[tab]), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "rows": [
            _row(row, judged, actor) for row, judged in pool.judged_all(list(listed.object_list), actor.on)
        ],
        "page": listed,
        "may_appoint": may_somewhere(actor, "pool_booker.appoint"),
        "tabs": [
            Link(words, f"?visa={code}", count=counts[code], current=code == tab) for code, words in labels
        ],
    }
    return show(request, actor, "recruitment/clearance_list.html", context)


def _row(clearance: PoolClearance, judged: Judged, actor: Actor) -> dict[str, Any]:
    """A row: the reference and the post, never a name; the last day, and what of it lapses first."""
    until = judged.until or clearance.until
    days = (until - actor.on).days
    kind, words = "done", _("Klar för pool")
    if judged.until is None:
        kind, words = "not_ready", _("Får inte bokas")
    elif days < 0:
        kind, words = "redo", _("Gick ut")
    elif days <= SOON_DAYS:
        kind = "redo"
        left = ngettext("%(days)s dag kvar", "%(days)s dagar kvar", days) % {"days": days}
        words = left if days else _("Sista dagen")
    code = clearance.first_to_lapse
    first = _("Ett år sedan beslutet") if code == LIMIT else _(CHECKPOINTS[code].name)
    # The engagement's page is open to HR of the unit, and to the manager whose recruitment it was.
    linked = actor.holds("hr_officer", "hr_head") or clearance.recruitment.manager_id == actor.person_id
    return {
        "clearance": clearance,
        "linked": linked,
        "kind": kind,
        "words": words,
        "until": until,
        "first": first,
    }
