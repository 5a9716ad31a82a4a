"""The first page, with its two doors, and the choice of language. Nobody needs to be signed in for either."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views import i18n


def start(request: HttpRequest) -> HttpResponse:
    """Report pressure, or work with recruitments; nothing is read and nothing is recorded here."""
    return render(request, "start.html", {"sign_in_url": settings.LOGIN_URL})


def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to the page (`next`, within this service only).

    A form that was sent back stands under an address that may only be posted to: then to the page it is part of.
    """
    answer = i18n.set_language(request)
    path = answer.headers.get("Location", "").partition("?")[0]
    if path.startswith("/") and not _is_page(path, unknown=True):
        answer.headers["Location"] = _page_above(path)
    return answer


def _page_above(path: str) -> str:
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if _is_page(path, unknown=False):
            return path
    return "/"


def _is_page(path: str, *, unknown: bool) -> bool:
    """Whether an address can be gone to; `unknown` is the answer for what is no address of ours."""
    try:
        declared = getattr(resolve(path).func, "declaration", None)
    except Resolver404:
        return unknown
    return declared is None or "GET" in declared.methods
