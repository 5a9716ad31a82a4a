"""*Ny rekrytering*: the choice, then its lawful checks and the advert's paragraph, then the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from audit.models import Entry
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.organisation.models import Position
from vetting.policy.engagement_forms import FORMS
from vetting.recruitment.actions import recruitment as actions
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.errors import BadInput, NotComplete
from vetting.recruitment.answering import of_others, split
from vetting.recruitment.case import Case
from vetting.recruitment.forms.create import CopyForm, CreateForm, TermsForm
from vetting.recruitment.forms.questions import AtOnceForm
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.labels import missing_label
from vetting.recruitment.lawful import Lawful, lawful_checks
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.beginnings import latest_to_copy, managers, may_copy, positions_to_recruit
from vetting.recruitment.relations import HR
from vetting.recruitment.views.base import done, load_case, show
from vetting.web.parts import Fact, Link, Task

COPIES = 5


@page("recruitment.create", methods=("GET", "HEAD", "POST"))
def create_recruitment(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose; see what the law and the profiles ask for; start."""
    positions = list(positions_to_recruit(actor))
    asked = {"position": request.GET.get("befattning", "")}
    form = CreateForm(
        request.POST or None,
        positions=positions,
        managers=managers(actor),
        initial=asked if any(asked.values()) else None,
    )
    step = request.POST.get("steg", "")
    if not form.is_bound or not form.is_valid() or step == "andra":
        return _first(request, actor, form)
    lawful = lawful_checks(
        form.chosen_position, form.cleaned_data["form"], actor.on, form.cleaned_data["engagement_days"]
    )
    theirs = _of_others(actor, form, lawful.asked)
    at_once = AtOnceForm(request.POST if step == "oppna" else None, codes=lawful.asked)
    opens = step == "oppna" and not theirs and at_once.is_valid()
    if not is_resumed(request) and (step == "starta" or opens):
        opening = at_once if step == "oppna" else None
        started = _start(
            actor, form, form.chosen_position, opening=opening, manager=form.chosen_manager.person
        )
        if started is not None:
            return _begun(request, actor, started)
    return _second(request, actor, form, lawful, at_once, theirs)


@page("recruitment.copy", load=load_case, methods=("GET", "HEAD", "POST"))
def copy_recruitment(request: HttpRequest, actor: Actor, case: Case, pk: UUID) -> HttpResponse:
    """*Ny från förra*: three fields on one page, with the checks that hold today."""
    old = case.recruitment
    if not may_copy(actor, old):
        raise Http404
    form = CopyForm(request.POST or None, initial={"form": old.form, "places": old.places})
    manager = managers(actor).get(old.manager_id)
    still = manager is not None and manager.recruits_for(case.position.unit.path)
    if still and request.method == "POST" and not is_resumed(request) and form.is_valid():
        started = _start(actor, form, case.position, manager=case.manager, copied_from=old)
        if started is not None:
            return _begun(request, actor, started)
    context = {
        "form": form,
        "case": case,
        "still": still,
        "lawful": lawful_checks(case.position, old.form, actor.on),
        "breadcrumbs": _trail(_("Ny från %(reference)s") % {"reference": old.reference}),
    }
    return show(request, actor, "recruitment/copy.html", context)


def _first(request: HttpRequest, actor: Actor, form: CreateForm) -> HttpResponse:
    context = {
        "form": form,
        "copies": [_copy(old) for old in latest_to_copy(actor, COPIES)],
        "breadcrumbs": _trail(_("Ny rekrytering")),
    }
    return show(request, actor, "recruitment/new.html", context)


def _copy(old: Recruitment) -> Fact:
    url = reverse("copy_recruitment", kwargs={"pk": old.pk})
    return Fact(
        old.unit.name, old.position.title, url, f"{old.reference} · {date_format(old.created_on, 'j b Y')}"
    )


def _second(
    request: HttpRequest,
    actor: Actor,
    form: CreateForm,
    lawful: Lawful,
    at_once: AtOnceForm,
    theirs: list[Task],
) -> HttpResponse:
    """What is asked for, before anything is saved; the choices travel with the button."""
    position = form.chosen_position
    # The key of this page's button is the same whichever of its two forms the error belongs to.
    at_once.once_value = form.once_value
    context = {
        "form": form,
        "at_once": at_once,
        "others": theirs,
        "position": position,
        "chosen_facts": _chosen(form),
        "kept": [(name, request.POST.get(name, "")) for name in form.fields if name not in ("once", "seen")],
        "lawful": lawful,
        "breadcrumbs": _trail(_("Ny rekrytering")),
    }
    status = 422 if at_once.errors and not is_resumed(request) else 200
    return show(request, actor, "recruitment/new_checks.html", context, status=status)


def _of_others(actor: Actor, form: CreateForm, asked: Sequence[str]) -> list[Task]:
    """The questions of the opening that the one who starts cannot answer: then it begins as a draft."""
    position = form.chosen_position
    is_own = form.chosen_manager.person.pk == actor.person_id
    facts = Facts(
        position.unit.authority_id,
        position.unit.path,
        is_own=is_own,
        assigned=frozenset(HR) if actor.holds(*HR) else frozenset(),
        relations=frozenset({"hiring_manager"} if is_own else ()),
    )
    return of_others(split(facts, asked)[1], {})


def _chosen(form: CreateForm) -> list[Fact]:
    typed = form.cleaned_data
    facts = [
        Fact(_("Enhet"), form.chosen_position.unit.name),
        Fact(_("Form"), _(FORMS[typed["form"]].name)),
        Fact(_("Platser"), typed["places"]),
        Fact(_("Rekryterande chef"), form.chosen_manager.person.display_name),
    ]
    if typed["planned_start"]:
        facts.append(Fact(_("Planerad start"), date_format(typed["planned_start"], "j b Y")))
    if typed["engagement_days"]:
        facts.append(Fact(_("Antal dagar"), typed["engagement_days"]))
    return facts


def _start(
    actor: Actor, form: TermsForm, position: Position, *, opening: AtOnceForm | None = None, **more: Any
) -> UUID | None:
    """Start the recruitment, with `opening` open it too; its id, also on a second click. None with the reason on the
    form, and then nothing is saved. Raises Http404.
    """
    typed: Mapping[str, Any] = form.cleaned_data
    try:
        with transaction.atomic():
            case = actions.create_recruitment(
                by=actor,
                position=position,
                form=typed["form"],
                places=typed["places"],
                planned_start=typed["planned_start"],
                engagement_days=typed.get("engagement_days"),
                once=form.once_key,
                **more,
            )
            if opening is not None:
                give_declaration(case, by=actor)
                actions.open_recruitment(case, by=actor, answers=opening.answers())
    except AlreadyDone:
        return Entry.objects.values_list("subject", flat=True).get(once=form.once_key)
    except Denied:
        raise Http404 from None
    except NotComplete as error:
        what = "; ".join(missing_label(item) for item in error.missing)
        form.add_error(None, _("Det här saknas först: %(what)s. Starta som utkast.") % {"what": what})
        return None
    except BadInput as error:
        for name, code in error.errors.items():
            form.add_error(name if name in form.fields else None, str(INPUT_ERRORS[code]))
        return None
    return case.pk


def _begun(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    if Recruitment.objects.values_list("state", flat=True).get(pk=pk) != Recruitment.State.DRAFT:
        done(request, _("Rekryteringen är öppen. Lägg in den första slutkandidaten när du har en."))
        return redirect("recruitment_view", pk=pk)
    done(
        request, _("Rekryteringen är startad som utkast. Besvara frågorna och öppna den för slutkandidater.")
    )
    return redirect("open_recruitment", pk=pk)


def _trail(here: str) -> list[Link]:
    return [Link(_("Rekryteringar"), reverse("recruitment_list")), Link(here)]
