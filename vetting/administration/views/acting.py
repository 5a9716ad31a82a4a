"""How a page of the room acts: once, after the password where the policy asks for it, every refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone, StaleRow
from audit.models import Entry
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import Denied
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.administration.labels import INPUT_ERRORS, OTHERWISE, REFUSED, SAME_PERSON
from vetting.policy.permissions import PERMISSIONS
from vetting.recruitment.actions.errors import BadInput, SamePerson, WrongState
from vetting.web.errors import conflict
from vetting.web.forms import BaseForm, typed_in

Do = Callable[[Any], Any]


def saved(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    form: BaseForm,
    do: Callable[[], Any],
    *,
    back: str,
    subject: UUID | None = None,
) -> HttpResponse | bool:
    """True when the form was acted on, False when it is to be shown, or the answer that ends the request."""
    if request.method != "POST" or is_resumed(request) or not form.is_valid():
        return False
    if PERMISSIONS[permission].step_up:
        require_step_up(request)
    answer = perform(request, actor, permission, do, back=back, subject=subject, form=form)
    return answer if answer is not None else not form.errors


def pressed(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    do: Callable[[], Any],
    *,
    said: str,
    back: str,
    subject: UUID | None = None,
) -> HttpResponse:
    """A button that does one thing at once. After a lost sign-in nothing is done: the page is shown again."""
    if is_resumed(request):
        messages.success(request, _("Inget är sparat än. Tryck på knappen en gång till."))
        return redirect(back)
    if PERMISSIONS[permission].step_up:
        require_step_up(request)
    answer = perform(request, actor, permission, do, back=back, subject=subject)
    if answer is not None:
        return answer
    messages.success(request, said)
    return redirect(back)


def perform(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    do: Callable[[], Any],
    *,
    back: str,
    subject: UUID | None = None,
    form: BaseForm | None = None,
) -> HttpResponse | None:
    """Run `do`. None when it was done (or had been: a second click), or with the faults on the form.

    Otherwise the page to answer with. Http404 outside the actor's scope.
    """
    try:
        if _has_been_done(request, form):
            return None
        do()
    except AlreadyDone:
        return None
    except (Denied, ObjectDoesNotExist):
        raise Http404 from None
    except BadInput as error:
        sentences = {name: str(INPUT_ERRORS[code]) for name, code in error.errors.items()}
        if form is None:
            return refused(
                request, actor, permission, "bad_input", " ".join(sentences.values()), back, subject
            )
        for name, sentence in sentences.items():
            form.add_error(name if name in form.fields else None, sentence)
        return None
    except WrongState as error:
        sentence = str(REFUSED.get(error.state, OTHERWISE))
        return refused(request, actor, permission, "wrong_state", sentence, back, subject, form)
    except SamePerson:
        return refused(request, actor, permission, "same_person", str(SAME_PERSON), back, subject, form)
    except (StaleRow, IntegrityError):
        # The database's own rules, where two acted in the same moment.
        return refused(request, actor, permission, "constraint", str(OTHERWISE), back, subject, form)
    return None


def refused(
    request: HttpRequest,
    actor: Actor,
    permission: str,
    code: str,
    sentence: str,
    back: str,
    subject: UUID | None = None,
    form: BaseForm | None = None,
) -> HttpResponse:
    """409 with the reason and what was typed, and an entry: a step was forced where no page offers it."""
    role = next((held.role for held in actor.roles if held.role != "employee"), "employee")
    facts = {"role": role, "permission": permission, "reference": "", "reason_code": code}
    record("action.refused", actor.who(role), subject=subject, facts=facts)
    return conflict(request, what=sentence, back_url=back, typed=typed_in(form))


def under(lock: AbstractContextManager[Any], do: Do) -> Callable[[], Any]:
    """`do` with what the lock holds."""

    def run() -> Any:
        with lock as held:
            return do(held)

    return run


def _has_been_done(request: HttpRequest, form: BaseForm | None) -> bool:
    """A second click: asked before the act, whose state has moved on since the first."""
    try:
        once = UUID(request.POST.get(form.add_prefix("once") if form is not None else "once", ""))
    except ValueError:
        return False
    return Entry.objects.filter(once=once).exists()
