"""The page of a proposal, and of the answer to it: the same for agreements, the delegation order and settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.administration.views.acting import saved
from vetting.administration.views.base import show, status_of, trail
from vetting.web.forms import BaseForm
from vetting.web.parts import Link


def page_of_two(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    form: BaseForm,
    do: Callable[[], Any],
    shown: dict[str, Any],
    *,
    back: Link,
    said: str = "",
    subject: UUID | None = None,
) -> HttpResponse:
    """Run `do` when the form is sent, and say `said`; else that it is proposed, or confirmed where the permission is
    that of an answer.

    `back`: the list it belongs to, by its name; `shown`: heading, lead, and what the page tells of it.
    """
    answer = saved(request, actor, permission, form, do, back=back.url, subject=subject)
    if isinstance(answer, HttpResponse):
        return answer
    if answer:
        is_answer = permission.endswith(".confirm")
        proposed = _("Förslaget är lagt. En annan person bekräftar det.")
        messages.success(request, said or (_("Bekräftat.") if is_answer else proposed))
        return redirect(back.url)
    way = trail(back, str(shown["heading"]))
    context = {"form": form, "back": back.url, "breadcrumbs": way, **shown}
    return show(
        request, actor, "administration/two_signatures.html", context, status=status_of(request, form)
    )
