"""What every page of the candidate's does the same way: no question in the address, no sign-in, the code or nothing.

A code that leads nowhere gets one answer, whatever is wrong with it: the same words, the same size, the same work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from audit.recorder import Who, record
from vetting.access.pages import public
from vetting.candidate import kept, stay
from vetting.crypto import keyring, keystore
from vetting.crypto.errors import Locked, NoKey
from vetting.crypto.written import Code, NotACode
from vetting.recruitment.actions.candidate_link import digest_of
from vetting.recruitment.actions.candidate_page import holds
from vetting.recruitment.case import Case
from vetting.recruitment.models import CandidateLink
from vetting.web.errors import locked

Page = Callable[..., HttpResponseBase]
PERMISSION = "candidate_page.use"
NOBODY = Who(None, None, "system")


def open_to_all(*methods: str) -> Callable[[Page], Page]:
    """Declare an address of the page. Whoever is signed in is nobody here; a question in the address is 404.

    A code typed into an address would stand in histories, and in logs on the way.
    """

    def declare(view: Page) -> Page:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.META.get("QUERY_STRING"):
                raise Http404
            if not keyring.is_open():
                return locked(request)
            request.user = AnonymousUser()
            try:
                return view(request, **kwargs)
            except Locked:
                return locked(request)

        # What is typed here never goes through the staff's sign-in page.
        return public(PERMISSION, methods=methods, keeps_no_form=True)(guarded)

    return declare


def in_stay(page: str, *methods: str) -> Callable[[Page], Page]:
    """As `open_to_all`, for whoever has come in with her code: the view is called with her stay.

    Where it has run out the code is asked for, and what was typed travels along.
    """

    def declare(view: Page) -> Page:
        @wraps(view)
        def own(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            found = stay.current(request)
            if found is None:
                return ask_for_code(
                    request, kept_form=kept.seal(request, page) if request.POST else "", was_out=True
                )
            if found.candidacy.is_protected:
                return by_hand(request)
            return view(request, found, **kwargs)

        return open_to_all(*methods)(own)

    return declare


def find(typed: str) -> tuple[Case, CandidateLink] | None:
    """What a code leads to; None for whatever leads nowhere. The same work for a code that is none."""
    try:
        code = Code.read(typed)
        is_code = True
    except NotACode:
        code, is_code = Code.of([0] * 26), False
    link = CandidateLink.objects.filter(digest=digest_of(code)).first()
    if link is None or not is_code or link.ended_on is not None:
        return None
    case = Case.load(link.recruitment_id)
    return (case, link) if holds(link, case) and _has_key(link) else None


def refused() -> None:
    """A code that led nowhere is in the log, without what it was or whose it may once have been."""
    record("candidate_page.refused", NOBODY)


def ask_for_code(
    request: HttpRequest, *, is_wrong: bool = False, was_out: bool = False, kept_form: str = ""
) -> HttpResponse:
    """The page with the form for the code: what everybody meets who is not let in. No code is repeated on it."""
    context = {"is_wrong": is_wrong, "was_out": was_out and bool(kept_form), "kept": kept_form}
    return show(request, "candidate/code.html", context, status=422 if is_wrong else 200)


def by_hand(request: HttpRequest) -> HttpResponse:
    """All that a person with protected identity is told here."""
    return show(request, "candidate/by_hand.html", {"in_stay": True})


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the candidate's, without anybody's menu."""
    return render(request, template, {"language_next": "/kandidat/", **context}, status=status)


def _has_key(link: CandidateLink) -> bool:
    """Whether the candidacy still has its key: disposed of, it leads nowhere."""
    try:
        keystore.get(link.candidacy_id)
    except NoKey:
        return False
    return True
