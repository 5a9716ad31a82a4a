"""*Befattningar*: the list, one position, and what is decided about it once for all its recruitments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts, ask
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.organisation.models import Position
from vetting.recruitment.actions import position as act
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.forms.positions import (
    ApproversForm,
    ConfirmRiskForm,
    DesignateForm,
    PositionForm,
    RiskForm,
)
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.position_page import position_context
from vetting.recruitment.queries.positions import positions_in, risk_of, units_for
from vetting.recruitment.views.base import done, once_of, perform, show
from vetting.web.forms import BaseForm

ABILITIES = (
    "position.edit",
    "position.assess_risk",
    "position.confirm_risk",
    "position.designate",
    "position.set_approvers",
    "position.retire",
)


@dataclass(frozen=True, slots=True)
class Post:
    """A position that a page is about."""

    position: Position

    def facts_for(self, actor: Actor) -> Facts:
        """What the door needs to know of the position for `actor`."""
        return act.facts_about(self.position, actor)


def load_position(pk: UUID) -> Post:
    """The position of the address. Raises Http404."""
    try:
        return Post(_rows().get(pk=pk))
    except Position.DoesNotExist:
        raise Http404 from None


@contextmanager
def locked_position(pk: UUID) -> Iterator[Position]:
    """The position under a lock, in one transaction."""
    with transaction.atomic():
        yield _rows().select_for_update(of=("self",)).get(pk=pk)


def _rows() -> Any:
    return Position.objects.select_related("unit__authority", "risk_assessed_by", "risk_confirmed_by")


@page("position.list")
def position_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The posts of the units in reach, with how their risk analysis stands."""
    words, retired = request.GET.get("q", "")[:80], request.GET.get("visa") == "avvecklade"
    rows = positions_in(units_for(actor, "position.list"), words=words, retired=retired)
    found = Paginator(rows, 25).get_page(request.GET.get("sida"))
    context = {
        "page": found,
        "items": [(position, risk_of(position, actor.on)) for position in found],
        "words": words,
        "retired": retired,
        "may_create": bool(units_for(actor, "position.create")),
    }
    return show(request, actor, "recruitment/position_list.html", context)


@page("position.view", load=load_position)
def position_view(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """One post: profiles, checks with sections, answers given once, risk analysis, number of opinions."""
    may = _abilities(actor, post)
    return show(request, actor, "recruitment/position.html", position_context(post.position, actor.on, may))


@page("position.create", methods=("GET", "HEAD", "POST"))
def create_position(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new post."""
    open_units = [unit for unit in units_for(actor, "position.create") if unit.is_in_force(actor.on)]
    form = PositionForm(request.POST or None, units=open_units)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        made = _create(actor, form)
        if made is not None:
            done(request, _("Befattningen är upplagd. Nu ska dess risk bedömas."))
            return redirect("position_view", pk=made)
        if not form.errors:
            return redirect("position_list")
    return show(request, actor, "recruitment/position_create.html", {"form": form})


def _create(actor: Actor, form: PositionForm) -> UUID | None:
    """The new post's id; None when it was made by an earlier click, or with errors on the form."""
    typed = form.cleaned_data
    try:
        position = act.create_position(
            by=actor,
            unit=form.units[typed["unit"]],
            title=typed["title"],
            profiles=typed["profiles"],
            answers=form.answers,
            form=typed["form"],
            once=form.once_key,
        )
    except AlreadyDone:
        return None
    except Denied:
        raise Http404 from None
    except BadInput as error:
        for name, code in error.errors.items():
            form.add_error(name if name in form.fields else None, str(INPUT_ERRORS[code]))
        return None
    return position.pk


@page("position.assess_risk", load=load_position, methods=("GET", "HEAD", "POST"))
def assess_risk(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Write the risk analysis; another person confirms it."""
    old = post.position
    initial = {
        "level": str(old.risk_level or ""),
        "reasons": old.risk_reasons,
        "reference": old.risk_reference,
    }
    form = RiskForm(request.POST or None, initial=initial, seen=old.entry_id)

    def do(position: Position) -> None:
        typed = form.cleaned_data
        saved = {"reasons": position.risk_reasons, "reference": position.risk_reference}
        if form.unchanged(position.entry_id, saved):
            act.assess_risk(
                position,
                by=actor,
                level=int(typed["level"]),
                reference=typed["reference"],
                reasons=typed["reasons"],
                once=form.once_key,
            )

    text = _("Riskbedömningen är sparad. En annan person ska nu fastställa den.")
    return _form_page(request, actor, post, form, "position.assess_risk", do, text)


@page("position.confirm_risk", load=load_position, methods=("GET", "HEAD", "POST"))
def confirm_risk(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Confirm what another has written."""
    form = ConfirmRiskForm(
        request.POST or None, initial={"decided_on": actor.on}, seen=post.position.entry_id
    )

    def do(position: Position) -> None:
        if form.unchanged(position.entry_id):
            act.confirm_risk(
                position, by=actor, decided_on=form.cleaned_data["decided_on"], once=form.once_key
            )

    return _form_page(
        request, actor, post, form, "position.confirm_risk", do, _("Riskbedömningen är fastställd.")
    )


@page("position.designate", load=load_position, methods=("GET", "HEAD", "POST"))
def designate_position(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Note the decision that makes the post a designated leading one."""
    form = DesignateForm(request.POST or None)

    def do(position: Position) -> None:
        typed = form.cleaned_data
        act.designate_position(
            position, by=actor, section=typed["section"], decided_on=typed["decided_on"], once=form.once_key
        )

    return _form_page(request, actor, post, form, "position.designate", do, _("Befattningen är utpekad."))


@page("position.set_approvers", load=load_position, methods=("GET", "HEAD", "POST"))
def set_approvers(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Ask for more opinions than the profiles do; needs the password again."""
    form = ApproversForm(request.POST or None, least=act.approvers_of(post.position), most=act.MOST_APPROVERS)

    def do(position: Position) -> None:
        act.set_approvers(position, by=actor, count=form.cleaned_data["count"], once=form.once_key)

    text = _("Antalet yttranden är höjt. Det gäller rekryteringar som öppnas från och med nu.")
    return _form_page(request, actor, post, form, "position.set_approvers", do, text, step_up=True)


@page("position.retire", load=load_position, methods=("POST",))
def retire_position(request: HttpRequest, actor: Actor, post: Post, pk: UUID) -> HttpResponse:
    """Take the post out of use."""

    def do(position: Position) -> None:
        act.retire_position(position, by=actor, once=once_of(request))

    if is_resumed(request):
        return redirect("position_view", pk=pk)
    answer = perform(request, actor, pk, "position.retire", do, lock=locked_position)
    if answer is None:
        done(request, _("Befattningen är avvecklad. Pågående rekryteringar fortsätter."))
    return answer or redirect("position_view", pk=pk)


def _form_page(
    request: HttpRequest,
    actor: Actor,
    post: Post,
    form: BaseForm,
    permission: str,
    do: Callable[[Position], None],
    sentence: str,
    *,
    step_up: bool = False,
) -> HttpResponse:
    """One form about a position: shown, kept as typed on a fault, done once."""
    position = post.position
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        if step_up:
            require_step_up(request)
        answer = perform(request, actor, position.pk, permission, do, form=form, lock=locked_position)
        if answer is not None:
            return answer
        if not form.errors:
            done(request, sentence)
            return redirect("position_view", pk=position.pk)
    context = {
        "form": form,
        "position": position,
        "risk": risk_of(position, actor.on),
        "kind": permission.removeprefix("position."),
    }
    return show(request, actor, "recruitment/position_form.html", context)


def _abilities(actor: Actor, post: Post) -> dict[str, bool]:
    """Which of the acts this person may take here, retired posts aside."""
    facts = post.facts_for(actor)
    in_use = post.position.retired_on is None
    return {code.removeprefix("position."): in_use and ask(actor, code, facts).allowed for code in ABILITIES}
