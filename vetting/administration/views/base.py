"""What every page of the room does the same way: the tabs of its parts, and how a page is shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.accounts.resume import is_resumed
from vetting.web.forms import BaseForm
from vetting.web.parts import Link

# (permission, URL name, label): the parts of the room, each shown to whoever may open it.
PARTS = (
    ("role.list", "role_list", gettext_noop("Roller")),
    ("delegation.list", "delegation_list", gettext_noop("Ersättare")),
    ("account.list", "account_list", gettext_noop("Konton")),
    ("unit.list", "unit_list", gettext_noop("Enheter")),
    ("unit.list", "agreement_list", gettext_noop("Uppdrag åt andra")),
    ("delegation_order.view", "delegation_order", gettext_noop("Delegationsordning")),
    ("setting.view", "setting_list", gettext_noop("Inställningar")),
    ("access_review.start", "access_review", gettext_noop("Genomgång")),
    ("access.explain", "explain_access", gettext_noop("Förklara åtkomst")),
    ("access.preview", "preview_access", gettext_noop("Pröva åtkomst")),
)


def parts_for(actor: Actor, here: str) -> list[Link]:
    """The room's parts that `actor` may open, as tabs; `here` is the URL name of the present one."""
    return [
        Link(_(label), reverse(name), current=name == here)
        for permission, name, label in PARTS
        if may_somewhere(actor, permission)
    ]


def trail(*here: str | Link) -> list[Link]:
    """The way here through the room; what is only words is this page."""
    steps = [step if isinstance(step, Link) else Link(step) for step in here]
    return [Link(_("Behörigheter"), reverse("role_list")), *steps]


def status_of(request: HttpRequest, form: BaseForm) -> int:
    """422 for a form sent back with errors; 200 for one that is shown or has come back from the sign-in."""
    return 422 if request.method == "POST" and not is_resumed(request) and form.errors else 200


def once_of(request: HttpRequest) -> UUID | None:
    """The key of a button that stands alone in its form (the tag `act`), or None."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def show(
    request: HttpRequest,
    actor: Actor,
    template: str,
    context: dict[str, Any],
    *,
    here: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page of the room for `actor`; with `here`, the name of a part, the tabs of all parts come along."""
    parts = parts_for(actor, here) if here else []
    shown = {"actor": actor, "parts": parts if len(parts) > 1 else [], **context}
    if not may_somewhere(actor, "role.list"):
        # The trail begins in a page that is not there for everybody who comes to this one.
        first = reverse("role_list")
        shown["breadcrumbs"] = [step for step in context.get("breadcrumbs", []) if step.url != first]
    return render(request, template, shown, status=status)
