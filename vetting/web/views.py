"""The first page: two doors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Report pressure, or work with recruitments; nothing is read and nothing is recorded here."""
    return render(request, "start.html", {"sign_in_url": settings.LOGIN_URL})
