"""The page that gives back a form which met an ended sign-in or asked for a step-up (`resume`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vetting.accounts import resume
from vetting.accounts.models import Account


def kept_page(request: HttpRequest) -> HttpResponse | None:
    """The form that was under way, for whoever is signed in now; None where there is none."""
    return kept_in(request, request.POST.get(resume.FIELD, ""))


def kept_in(request: HttpRequest, sealed: str) -> HttpResponse | None:
    """The same, of a form that is `sealed` in the request; None where it is not this person's, or too old."""
    account = request.user
    kept = resume.unseal(sealed, account.person_id) if sealed and isinstance(account, Account) else None
    return render(request, "account/resume.html", {"kept": kept, "mark": resume.MARK}) if kept else None
