"""*Genomgång*: started by a head or the auditor, answered row by row by another than the one it concerns."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.errors import AlreadyDone, StaleRow
from vetting.access.actor import Actor
from vetting.access.door import Denied, may_somewhere
from vetting.access.grants import role_of
from vetting.access.models import RoleGrant
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.administration.actions.access_review import answer_assignment, answer_role, start_review
from vetting.administration.explained import assignment_line, name_of, signed_line
from vetting.administration.forms.access_review import AnswersForm
from vetting.administration.queries.left_behind import without_anybody
from vetting.administration.queries.role_holders import where
from vetting.administration.queries.under_review import Waiting, last_started, to_answer, to_follow
from vetting.administration.role_page import links_to, review_words
from vetting.administration.views.acting import pressed
from vetting.administration.views.base import once_of, show, status_of, trail
from vetting.policy.access_review import ANSWER_DAYS, AT_MOST, CAUSES
from vetting.policy.roles import ROLES
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.models import RecruitmentGrant

ROLE, ASSIGNMENT = "roll-", "uppdrag-"


@page("access_review.start")
def access_review(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How far the review has come where one may start it: what nobody has answered, and what then follows."""
    waiting = to_follow(actor)
    context = {
        "rows": [
            (
                _whose(row),
                _what(row, waiting),
                _on_whose_word(row),
                _(CAUSES[row.review_cause]),
                row.answer_by,
            )
            for row in _all(waiting)
        ],
        "last": last_started(actor),
        "days": ANSWER_DAYS,
        "at_most": AT_MOST,
        "may_answer": len(to_answer(actor)),
        "left": links_to(without_anybody(actor)) if may_somewhere(actor, "recruitment.assign") else [],
    }
    return show(request, actor, "administration/access_review.html", context, here="access_review")


@page("access_review.start", methods=("POST",))
def start_access_review(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take up what has not been used, or lies outside the role."""
    return pressed(
        request,
        actor,
        "access_review.start",
        lambda: start_review(by=actor, once=once_of(request)),
        said=_("Genomgången är startad. Det som togs upp står här nedanför."),
        back=reverse("access_review"),
    )


@page("access_review.answer", methods=("GET", "HEAD", "POST"))
def answer_access_review(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep or take away, row by row; one entry for each. What is left alone waits until its day."""
    waiting = to_answer(actor)
    rows = {
        _name(row): (
            f"{_whose(row)} – {_what(row, waiting)}",
            f"{_on_whose_word(row)} {review_words(row, actor.on)}",
        )
        for row in _all(waiting)
    }
    form = AnswersForm(request.POST or None, rows=rows)
    if request.method == "POST" and not is_resumed(request) and form.is_valid():
        done, late = _answer(actor, form)
        if done:
            said = ngettext("%(n)s åtkomst är besvarad.", "%(n)s åtkomster är besvarade.", done) % {"n": done}
            messages.success(request, said)
        if late:
            messages.warning(
                request, _("Några rader hade redan besvarats eller upphört. Listan är läst på nytt.")
            )
        if not done and not late:
            messages.info(request, _("Inget är valt. Välj Behåll eller Ta bort på minst en rad."))
        return redirect("answer_access_review")
    context = {
        "form": form,
        "count": len(waiting),
        "breadcrumbs": trail(_("Besvara genomgång")),
        "may_start": may_somewhere(actor, "access_review.start"),
    }
    return show(
        request, actor, "administration/answer_access_review.html", context, status=status_of(request, form)
    )


def _answer(actor: Actor, form: AnswersForm) -> tuple[int, int]:
    """How many rows were answered, and how many could not be any more. Each is an act of its own."""
    done = late = 0
    for name, keep in form.answers().items():
        answer = answer_role if name.startswith(ROLE) else answer_assignment
        pk = UUID(name.removeprefix(ROLE).removeprefix(ASSIGNMENT))
        try:
            answer(pk, by=actor, keep=keep, once=uuid5(form.once_key, str(pk)))
            done += 1
        except (AlreadyDone, Denied, ObjectDoesNotExist, WrongState, StaleRow, IntegrityError):
            late += 1
    return done, late


def _all(waiting: Waiting) -> list[RoleGrant | RecruitmentGrant]:
    return [*waiting.roles, *waiting.assignments]


def _name(row: RoleGrant | RecruitmentGrant) -> str:
    return f"{ROLE if isinstance(row, RoleGrant) else ASSIGNMENT}{row.pk}"


def _whose(row: RoleGrant | RecruitmentGrant) -> str:
    return name_of(row.person if isinstance(row, RoleGrant) else row.user.person)


def _what(row: RoleGrant | RecruitmentGrant, waiting: Waiting) -> str:
    """The role and where; of a recruitment its reference only to whoever has it in her list."""
    if isinstance(row, RoleGrant):
        return f"{_(ROLES[row.role].name)}, {where(row) or _('hela kommunen')}"
    recruitment = row.content_object
    if recruitment.pk in waiting.named:
        place = f"{recruitment.reference} – {recruitment.position.title}"
    else:
        place = _("en rekrytering i %(unit)s") % {"unit": recruitment.unit.name}
    return f"{_(ROLES[role_of(row.permission)].name)}, {place}"


def _on_whose_word(row: RoleGrant | RecruitmentGrant) -> str:
    return signed_line(row) if isinstance(row, RoleGrant) else assignment_line(row)
