"""What every page of the room does the same way: load, show, unlock first, act, and answer what an action refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone, StaleRow
from audit.models import Entry
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import Denied, may_somewhere
from vetting.crypto.errors import SealError
from vetting.reports.case import Case
from vetting.reports.errors import BadInput, NeedsAnother, NoRecipients, NotComplete, NotYours, WrongState
from vetting.reports.labels import (
    INPUT_ERRORS,
    LOCKED,
    NEEDS_ANOTHER,
    UNREADABLE,
    WRONG_STATE,
    missing_sentence,
)
from vetting.reports.models import Report
from vetting.reports.vault import Vault, held
from vetting.web.errors import conflict
from vetting.web.forms import BaseForm, typed_in
from vetting.web.parts import Link

INBOX = "report_inbox"
REFUSALS = (
    BadInput,
    NotComplete,
    WrongState,
    NeedsAnother,
    NotYours,
    NoRecipients,
    SealError,
    StaleRow,
    IntegrityError,
)


def load_case(report: UUID, **kwargs: Any) -> Case:
    """The case of the address. Raises Http404."""
    try:
        return Case.load(report)
    except Report.DoesNotExist:
        raise Http404 from None


def vault_of(request: HttpRequest, actor: Actor) -> Vault | None:
    """The keys that are unlocked in this browser; None while they are locked."""
    return held(request.session, request.COOKIES.get(settings.VAULT_COOKIE_NAME, ""), by=actor)


def to_unlock(request: HttpRequest, form: BaseForm | None = None, *, back: str = "") -> HttpResponse:
    """Lead to the page that unlocks, and back here; what was typed when the key was locked is shown to be copied."""
    target = request.path if request.method in ("GET", "HEAD") or form is not None else back
    back = f"{reverse('vault_unlock')}?{urlencode({'till': target})}"
    if form is not None and form.is_bound:
        return conflict(request, what=str(LOCKED), back_url=back, typed=typed_in(form))
    return redirect(back)


def trail(*here: str | Link) -> list[Link]:
    """The way here; what is only words is this page."""
    return [
        Link(_("Anmälningar"), reverse(INBOX)),
        *(step if isinstance(step, Link) else Link(step) for step in here),
    ]


def show(
    request: HttpRequest, actor: Actor, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page of the room; `vault` in the context tells the bar on top until when the keys are open.

    Whoever takes in certificates has no inbox, and no way back to one.
    """
    if not may_somewhere(actor, "report.list"):
        shut = reverse(INBOX)
        context["breadcrumbs"] = [step for step in context.get("breadcrumbs", ()) if step.url != shut]
    return render(request, template, {"actor": actor, **context}, status=status)


def once_of(request: HttpRequest) -> UUID | None:
    """The key of a button that stands alone in its form (the tag `act`), or None."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def done(request: HttpRequest, sentence: str) -> None:
    """A short message on the next page: what has been done."""
    messages.success(request, sentence)


def perform(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    do: Callable[[], Any],
    *,
    back: str,
    form: BaseForm | None = None,
) -> HttpResponse | None:
    """Run `do`. None when it was done (or had been: a second click), or with the faults on `form`.

    Otherwise the page to answer with. Http404 outside the circle.
    """
    try:
        if has_been_done(request, form):
            return None
        do()
    except AlreadyDone:
        return None
    except (Denied, ObjectDoesNotExist):
        raise Http404 from None
    except REFUSALS as error:
        return _answer(request, actor, permission, error, back, form)
    return None


def _answer(
    request: HttpRequest, actor: Actor, permission: str, error: Exception, back: str, form: BaseForm | None
) -> HttpResponse | None:
    code, sentence = sentence_of(error)
    if form is not None and isinstance(error, BadInput):
        for name, word in error.errors.items():
            form.add_error(name if name in form.fields else None, str(INPUT_ERRORS[word]))
        return None
    if form is not None and isinstance(error, NotComplete | NoRecipients):
        form.add_error(None, sentence)
        return None
    role = next((each.role for each in actor.roles if each.role != "employee"), "employee")
    facts = {"role": role, "permission": permission, "reference": "", "reason_code": code}
    # Without the report: the hour of this entry must not tell when somebody worked with which report.
    record("action.refused", actor.who(role), facts=facts)
    return conflict(request, what=sentence, back_url=back, typed=typed_in(form))


def sentence_of(error: Exception) -> tuple[str, str]:
    """The code and the plain sentence of a refusal."""
    if isinstance(error, BadInput):
        return "bad_input", " ".join(str(INPUT_ERRORS[word]) for word in error.errors.values())
    if isinstance(error, NotComplete):
        return "not_complete", missing_sentence(error.missing)
    if isinstance(error, NeedsAnother):
        return "needs_another", str(NEEDS_ANOTHER)
    if isinstance(error, NotYours | SealError):
        return "not_yours", str(UNREADABLE)
    if isinstance(error, NoRecipients):
        return "no_recipients", _("Det finns ingen mottagare kvar som kan få den.")
    return "wrong_state", str(WRONG_STATE)


def has_been_done(request: HttpRequest, form: BaseForm | None) -> bool:
    """A second click: asked before the act, whose state has moved on since the first."""
    try:
        once = UUID(request.POST.get(form.add_prefix("once") if form is not None else "once", ""))
    except ValueError:
        return False
    return Entry.objects.filter(once=once).exists()
