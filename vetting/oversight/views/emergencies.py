"""*Nödåtkomster*: all that have been taken, and the auditor's review of one with its reason and what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.clock import now
from audit.errors import AlreadyDone
from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.access.reveal import open_fields
from vetting.accounts.resume import is_resumed
from vetting.crypto.errors import NoKey, SealError
from vetting.crypto.sealed import unseal
from vetting.oversight.views.base import acting_role, trail
from vetting.policy.reasons import BREAK_GLASS_REVIEWED
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.break_glass import review_break_glass as review
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.emergencies import Emergency
from vetting.recruitment.forms.break_glass import ReviewForm
from vetting.recruitment.labels import state_label
from vetting.recruitment.models import BreakGlass
from vetting.recruitment.queries.emergencies import emergencies_visible_to
from vetting.recruitment.telling import told
from vetting.recruitment.views.base import done, show
from vetting.recruitment.views.break_glass import load_emergency
from vetting.web.errors import conflict
from vetting.web.parts import Link

PER_PAGE = 50
KINDS = {"open": "important", "ended": "assess", "reviewed": "done"}


@dataclass(frozen=True, slots=True)
class Row:
    """One break-glass in words; the name is empty for whoever has a protected identity."""

    glass: BreakGlass
    name: str
    role: str
    kind: str
    words: str
    ended: datetime
    result: str


def row_of(glass: BreakGlass) -> Row:
    """As it stands at this moment."""
    state = glass.state(now())
    return Row(
        glass,
        "" if glass.person.is_protected else glass.person.display_name,
        _(ROLES[glass.role].name),
        KINDS[state],
        state_label("break_glass", state),
        glass.ended_at or glass.until,
        _(BREAK_GLASS_REVIEWED[glass.result]) if glass.result else "",
    )


@page("break_glass.list")
def break_glass_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All within reach, newest first; the reason is on the auditor's page alone."""
    page = Paginator(emergencies_visible_to(actor), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "breadcrumbs": trail(actor, Link(_("Nödåtkomster"))),
        "page": page,
        "rows": [row_of(glass) for glass in page],
        "reviews": may_somewhere(actor, "break_glass.review"),
    }
    return show(request, actor, "oversight/break_glasses.html", context)


@page("break_glass.review", load=load_emergency, methods=("GET", "HEAD", "POST"))
def review_break_glass(request: HttpRequest, actor: Actor, emergency: Emergency, glass: UUID) -> HttpResponse:
    """The reason, opened under an entry of its own, what was read, and the auditor's finding from the list."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        try:
            review(glass, by=actor, result=form.cleaned_data["result"], once=form.once_key)
        except AlreadyDone:
            pass
        except WrongState:
            here = reverse("review_break_glass", kwargs={"glass": glass})
            what = _("Nödåtkomsten pågår än, eller är redan granskad.")
            return conflict(request, what=what, back_url=here)
        done(request, _("Granskningen är antecknad."))
        return redirect("break_glass_list")
    return _shown(request, actor, emergency.glass, form)


def _shown(request: HttpRequest, actor: Actor, glass: BreakGlass, form: ReviewForm) -> HttpResponse:
    row, reference = row_of(glass), glass.recruitment.reference
    context = {
        "breadcrumbs": trail(actor, Link(_("Nödåtkomster"), reverse("break_glass_list")), Link(reference)),
        "row": row,
        "reason": _reason(actor, glass),
        "readings": _readings(glass, row.ended),
        "form": form if glass.state(now()) == "ended" else None,
        "readers_url": reverse("log_readers", kwargs={"pk": glass.recruitment_id})
        if may_somewhere(actor, "log.view_readers")
        else "",
    }
    status = 422 if form.errors else 200
    return show(request, actor, "oversight/break_glass.html", context, status=status)


def _reason(actor: Actor, glass: BreakGlass) -> str:
    """The reason; the page tells who has read the recruitment too, so its opening is that reading. Empty: no key."""
    role = acting_role(actor, "break_glass.review")
    facts = {"role": role, "reference": glass.recruitment.reference}
    opening = open_fields(
        actor.who(role),
        "log.readers_viewed",
        subject=glass.recruitment_id,
        facts=facts,
        fields=("reason",),
        purpose="review_break_glass",
    )
    try:
        return unseal(glass, "reason", opening)
    except (NoKey, SealError):
        return ""


def _readings(glass: BreakGlass, until: datetime) -> list[tuple[datetime, str]]:
    """What this account did in the recruitment while it lasted, in order: one query."""
    rows = Entry.objects.filter(
        subject=glass.recruitment_id,
        actor_account=glass.account_id,
        time__gte=glass.opened_at,
        time__lte=until,
    ).order_by("id")
    return [(entry.time, told(entry.action, entry.facts)[1]) for entry in rows]
