"""What every page of the room does the same way: the tabs of its parts, and how a page is shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.web.parts import Link

# (permission, URL name, label): the parts of the room, each shown to whoever may open it.
PARTS = (("role.list", "role_list", gettext_noop("Roller")),)


def parts_for(actor: Actor, here: str) -> list[Link]:
    """The room's parts that `actor` may open, as tabs; `here` is the URL name of the present one."""
    return [
        Link(_(label), reverse(name), current=name == here)
        for permission, name, label in PARTS
        if may_somewhere(actor, permission)
    ]


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
    return render(request, template, shown, status=status)
