"""The candidate's pages: the code and what it opens, the declaration, the reply, leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone, StaleRow
from audit.models import Entry
from vetting.candidate import kept, limits, stay
from vetting.candidate.door import ask_for_code, by_hand, find, in_stay, open_to_all, refused, show
from vetting.candidate.forms import DeclarationForm, ReplyForm, questions
from vetting.candidate.noted import noted_of
from vetting.candidate.shown import name_of, shown
from vetting.candidate.stay import Stay
from vetting.recruitment.actions.candidate_page import (
    NoWay,
    declare,
    declared_in,
    is_open,
    open_page,
    reply,
    to_reply,
)
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Check
from vetting.recruitment.printing import declared_parts
from vetting.web.errors import conflict, too_many
from vetting.web.forms import BaseForm, typed_in

HOME = "candidate_page"


@open_to_all("GET", "HEAD", "POST")
def candidate_page(request: HttpRequest) -> HttpResponseBase:
    """The page: with a stay everything about one's own candidacy, without one the form for the code."""
    if request.method == "POST":
        return _let_in(request)
    found = stay.current(request)
    if found is None:
        return ask_for_code(request)
    if found.candidacy.is_protected:
        return by_hand(request)
    return _page(request, found)


def _let_in(request: HttpRequest) -> HttpResponseBase:
    if limits.is_too_many(request):
        return too_many(request, limits.MINUTE)
    typed, carried = request.POST.get("code", ""), kept.is_intact(request.POST.get(kept.FIELD, ""))
    found = find(typed)
    if found is None:
        refused()
        return ask_for_code(request, is_wrong=True, kept_form=carried)
    case, link = found
    try:
        with Case.locked(case.pk) as fresh:
            entry = open_page(fresh, link=link)
    except NoWay:
        refused()
        return ask_for_code(request, is_wrong=True, kept_form=carried)
    back = kept.unseal(carried, link)
    opened = Stay(case, case.candidacy(link.candidacy_id), link, entry)
    answer = _again(request, opened, back) if back is not None else redirect(HOME)
    stay.begin(answer, link, entry)
    return answer


def _again(request: HttpRequest, found: Stay, back: kept.Kept) -> HttpResponse:
    """The form that met an ended stay, as it was typed; nothing of it is saved yet."""
    if found.candidacy.is_protected:
        return by_hand(request)
    if back.page == "candidate_declare" and declared_in(found.case, found.candidacy) is not None:
        return _declaration(request, found, _declaration_form(found, back.fields), resumed=True)
    if back.page == "candidate_reply":
        return _replies(request, found, ReplyForm(back.fields, link=found.link, about=""), resumed=True)
    return _page(request, found)


def _page(request: HttpRequest, found: Stay) -> HttpResponse:
    context = {
        "in_stay": True,
        "case": found.case,
        "candidacy": found.candidacy,
        "page": shown(found.case, found.candidacy),
        "until": found.link.until,
    }
    return show(request, "candidate/page.html", context)


@in_stay("candidate_declare", "GET", "HEAD", "POST")
def candidate_declare(request: HttpRequest, found: Stay) -> HttpResponseBase:
    """The declaration: side job, conflict of interest, companies, as far as the post asks for them."""
    if declared_in(found.case, found.candidacy) is None or not is_open(found.case, found.candidacy):
        return _gone(request, None if request.method != "POST" else _declaration_form(found, request.POST))
    form = _declaration_form(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _perform(
            request,
            form,
            lambda case: declare(case, link=found.link, parts=form.declared(), once=form.once_key),
            found,
        )
        if answer is not None:
            return answer
    return _declaration(request, found, form)


def _declaration_form(found: Stay, data: Any) -> DeclarationForm:
    check = declared_in(found.case, found.candidacy)
    parts = [part for part, _statute in declared_parts(found.case, found.candidacy)]
    return DeclarationForm(data, link=found.link, parts=parts, about=check.code if check else "")


def _declaration(
    request: HttpRequest, found: Stay, form: DeclarationForm, *, resumed: bool = False
) -> HttpResponse:
    words = questions()
    parts = [
        (words[part][2], statute, form[part], form[f"{part}_what"])
        for part, statute in declared_parts(found.case, found.candidacy)
    ]
    context = {"in_stay": True, "form": form, "parts": parts, "case": found.case, "resumed": resumed}
    return show(request, "candidate/declare.html", context, status=_status(form, resumed))


@in_stay("candidate_reply", "GET", "HEAD", "POST")
def candidate_reply(request: HttpRequest, found: Stay) -> HttpResponseBase:
    """What is to be assessed, and the reply to it: her own words, or that she declines."""
    if request.method != "POST":
        return _replies(request, found, None)
    form = ReplyForm(request.POST, link=found.link, about=_about(found, request.POST.get("check", "")))
    if not is_open(found.case, found.candidacy):
        return _gone(request, form)
    if form.is_valid():
        typed = form.cleaned_data
        answer = _perform(
            request,
            form,
            lambda case: reply(
                case, link=found.link, check=typed["check"], text=typed["reply"],
                declines=typed["how"] == "declined", once=form.once_key,
            ),
            found,
        )  # fmt: skip
        if answer is not None:
            return answer
    return _replies(request, found, form)


def _about(found: Stay, check: str) -> str:
    return next((row.code for row in found.case.checks_of(found.candidacy) if str(row.pk) == check), "")


def _replies(
    request: HttpRequest, found: Stay, sent: ReplyForm | None, *, resumed: bool = False
) -> HttpResponse:
    due = to_reply(found.case, found.candidacy) if is_open(found.case, found.candidacy) else []
    if sent is not None and not any(str(row.pk) == sent.data.get("check") for row in due):
        return _gone(request, sent)
    parts = [_part(found, row, sent) for row in due]
    context = {"in_stay": True, "form": sent, "parts": parts, "case": found.case, "resumed": resumed}
    return show(request, "candidate/reply.html", context, status=_status(sent, resumed))


def _part(found: Stay, row: Check, sent: ReplyForm | None) -> dict[str, Any]:
    own = sent if sent is not None and sent.data.get("check") == str(row.pk) else None
    form = own or ReplyForm(
        link=found.link, about=row.code, initial={"check": row.pk}, auto_id=f"{row.code}_%s"
    )
    return {
        "name": name_of(row.code),
        "check": row,
        "form": form,
        "noted": noted_of(row, found.entry_id),
        "is_past": row.reply_by is not None and row.reply_by < found.case.today,
    }


@open_to_all("POST")
def candidate_leave(request: HttpRequest) -> HttpResponseBase:
    """End the stay, here and in the browser."""
    answer = show(request, "candidate/left.html", {})
    stay.end(request, answer)
    return answer


def _perform(
    request: HttpRequest, form: BaseForm, do: Callable[[Case], Any], found: Stay
) -> HttpResponse | None:
    """Do it once under the case's lock: back to the page with its receipt, or what to answer instead, or None."""
    try:
        with Case.locked(found.case.pk) as case:
            if not Entry.objects.filter(once=form.once_key).exists():
                do(case)
    except (AlreadyDone, IntegrityError):
        if not Entry.objects.filter(once=form.once_key).exists():
            return _gone(request, form)
    except NoWay:
        return ask_for_code(request, is_wrong=True)
    except BadInput:
        form.add_error(None, _("Något av det du skrev gick inte att ta emot. Läs igenom och försök igen."))
        return None
    except StaleRow:
        form.add_error(None, _("Någon hos kommunen sparade just här. Tryck på knappen en gång till."))
        return None
    except WrongState:
        return _gone(request, form)
    return redirect(HOME)


def _gone(request: HttpRequest, form: BaseForm | None) -> HttpResponse:
    """409: it cannot be handed in here any more; what was typed is shown back to be copied."""
    what = _(
        "Det här går inte att lämna här längre. Har du frågor, vänd dig till den som du har fått som kontakt."
    )
    return conflict(request, what=what, back_url="/kandidat/", typed=typed_in(form))


def _status(form: BaseForm | None, resumed: bool) -> int:
    return 422 if form is not None and form.is_bound and form.errors and not resumed else 200
