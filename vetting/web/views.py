"""The first page, with its two doors, and the choice of language. Nobody needs to be signed in for either."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views import i18n


def start(request: HttpRequest) -> HttpResponse:
    """Report pressure, or work with recruitments; nothing is read and nothing is recorded here."""
    return render(request, "start.html", {"sign_in_url": settings.LOGIN_URL})


def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to the page (`next`, within this service only)."""
    return i18n.set_language(request)
