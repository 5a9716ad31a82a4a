"""What every page of the room does the same way: load, show, act, and answer what an action refuses."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit.clock import now
from audit.errors import AlreadyDone, StaleRow
from audit.models import Entry
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts
from vetting.access.pages import answer_of
from vetting.policy.events import EVENTS
from vetting.recruitment.actions.errors import BadInput, Changed, NotComplete, SamePerson, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.emergencies import held_in
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import refusal
from vetting.recruitment.missing_words import each_in_the_way, in_the_way
from vetting.recruitment.models import Candidacy, Check, Opinion, PoolClearance, Recruitment, Recusal, Waiver
from vetting.web.errors import conflict
from vetting.web.forms import BaseForm, typed_in

Do = Callable[[Any], Any]
ABSENT = (
    Candidacy.DoesNotExist,
    Check.DoesNotExist,
    Opinion.DoesNotExist,
    PoolClearance.DoesNotExist,
    Recusal.DoesNotExist,
    Waiver.DoesNotExist,
)
Lock = Callable[[UUID], AbstractContextManager[Any]]


def load_case(pk: UUID, **kwargs: Any) -> Case:
    """The case of the address. Raises Http404."""
    try:
        return Case.load(pk)
    except Recruitment.DoesNotExist:
        raise Http404 from None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a case that a page is about, so that the door is asked about that part."""

    case: Case
    candidacy: Candidacy | None = None
    check: Check | None = None
    opinion: Opinion | None = None
    recusal: Recusal | None = None
    waiver: Waiver | None = None

    def facts_for(self, actor: Actor) -> Facts:
        """What the door needs to know of this part for `actor`."""
        return self.case.facts_for(
            actor,
            candidacy=self.candidacy,
            check=self.check,
            opinion=self.opinion,
            recusal=self.recusal,
            waiver=self.waiver,
        )


def load_part(
    pk: UUID,
    candidacy: UUID | None = None,
    check: UUID | None = None,
    opinion: UUID | None = None,
    recusal: UUID | None = None,
    waiver: UUID | None = None,
    **kwargs: Any,
) -> Part:
    """The case and the part that the address names (`<uuid:candidacy>`, `<uuid:check>` …). Raises Http404."""
    case = load_case(pk)
    try:
        return Part(
            case,
            case.candidacy(candidacy) if candidacy else None,
            case.check(check) if check else None,
            case.opinion(opinion) if opinion else None,
            _recusal(case, recusal) if recusal else None,
            case.waiver(waiver) if waiver else None,
        )
    except ABSENT:
        raise Http404 from None


def _recusal(case: Case, pk: UUID) -> Recusal:
    found = next((recusal for recusal in case.recusals if recusal.pk == pk), None)
    if found is None:
        raise Recusal.DoesNotExist
    return found


def show(
    request: HttpRequest, actor: Actor, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a page for `actor`; the menu comes with every page (navigation.menu), and what says that she reads it
    under a break-glass where she does."""
    case = context.get("case")
    held = held_in(case.break_glasses, actor) if isinstance(case, Case) else None
    said = {"emergency": held, "emergency_minutes": held.minutes_left(now()) if held else 0}
    return render(request, template, {"actor": actor, **said, **context}, status=status)


def note_reading(request: HttpRequest, actor: Actor, case: Case, event: str, **facts: Any) -> None:
    """Record the reading of a page outside one's assignments, before it is shown."""
    answer = answer_of(request)
    if answer is not None and answer.is_outside:
        known = {"role": answer.role, "reference": case.recruitment.reference}
        said = {name: value for name, value in known.items() if name in EVENTS[event].facts} | facts
        record(event, actor.who(answer.role), subject=case.pk, facts=said)


def perform(
    request: HttpRequest,
    actor: Actor,
    pk: UUID,
    permission: str,
    do: Do,
    *,
    form: BaseForm | None = None,
    lock: Lock | None = None,
) -> HttpResponse | None:
    """Run `do(case)` under the case's lock. None when it was done (or had been done: a second click).

    `lock` holds another object than a case (a position) while `do` changes it.

    Otherwise the page to answer with, or - when `form` was given and the fault is in what was typed - None with the
    errors on the form: check `form.errors` afterwards. Http404 outside the actor's scope.
    """
    try:
        with (lock or Case.locked)(pk) as case:
            if _has_been_done(request, form):
                return None
            do(case)
    except AlreadyDone:
        return None
    except (Denied, Recruitment.DoesNotExist, *ABSENT):
        raise Http404 from None
    except BadInput as error:
        sentences = {name: str(INPUT_ERRORS[code]) for name, code in error.errors.items()}
        if form is None:
            return refused(request, actor, pk, permission, "bad_input", " ".join(sentences.values()))
        for name, sentence in sentences.items():
            form.add_error(name if name in form.fields else None, sentence)
        return None
    except NotComplete as error:
        if form is None:
            sentence = _("Det här saknas först: %(what)s.") % {"what": in_the_way(case, error.missing)}
            return refused(request, actor, pk, permission, "not_complete", sentence)
        for what in each_in_the_way(case, error.missing):
            form.add_error(None, _("Saknas först: %(what)s") % {"what": what})
        return None
    except (Changed, StaleRow):
        sentence = _("Någon annan har sparat här medan du skrev. Läs vad som står nu och försök igen.")
        if form is None:
            return refused(request, actor, pk, permission, "changed", sentence)
        form.add_error(None, sentence)
        return None
    except WrongState as error:
        return refused(request, actor, pk, permission, "wrong_state", refusal(error.state), form)
    except SamePerson:
        return refused(request, actor, pk, permission, "same_person", four_eyes(), form)
    except IntegrityError:
        # The database's own four-eyes and state rules, where two acted in the same moment.
        return refused(request, actor, pk, permission, "constraint", refusal(""), form)
    return None


def _has_been_done(request: HttpRequest, form: BaseForm | None) -> bool:
    """A second click: asked before the act, whose state has moved on since the first."""
    try:
        once = UUID(request.POST.get(form.add_prefix("once") if form is not None else "once", ""))
    except ValueError:
        return False
    return Entry.objects.filter(once=once).exists()


def once_of(request: HttpRequest) -> UUID | None:
    """The key of a button that stands alone in its form (the tag `act`), or None."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None


def four_eyes() -> str:
    """The sentence for a step that another person must take."""
    return _(
        "Steget ska tas av en annan person än den som har handlagt, ansvarar eller redan har yttrat sig."
    )


def gone(
    request: HttpRequest, actor: Actor, pk: UUID, permission: str, form: BaseForm
) -> HttpResponse | None:
    """For a page that offers its form no longer: 409 with what was typed in it, or None where nothing was sent."""
    if not form.is_bound:
        return None
    return refused(request, actor, pk, permission, "wrong_state", refusal(""), form)


def refused(
    request: HttpRequest,
    actor: Actor,
    pk: UUID,
    permission: str,
    code: str,
    sentence: str,
    form: BaseForm | None = None,
) -> HttpResponse:
    """409 with the reason and what was typed in `form`, and an entry: a step was forced where no page offers it."""
    reference = Recruitment.objects.filter(pk=pk).values_list("reference", flat=True).first()
    role = next((held.role for held in actor.roles if held.role != "employee"), "employee")
    facts = {"role": role, "permission": permission, "reference": reference or "", "reason_code": code}
    record("action.refused", actor.who(role), subject=pk, facts=facts)
    back_url = f"/rekryteringar/{pk}/" if reference else f"/befattningar/{pk}/"
    return conflict(request, what=sentence, back_url=back_url, typed=typed_in(form))


def done(request: HttpRequest, sentence: str) -> None:
    """A short message on the next page: what has been done."""
    messages.success(request, sentence)
