"""Liveness and readiness for a load balancer: whether the service answers, and nothing of what it holds."""

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

from vetting.access.pages import public
from vetting.crypto import keyring


@public("health.view")
def health(request: HttpRequest) -> HttpResponse:
    """One word: 200 `ok`, 200 `locked` without the right master keys, 503 `unavailable` without a database."""
    try:
        for alias in settings.DATABASES:
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT 1")
        word, status = ("ok" if keyring.is_open() else "locked"), 200
    except DatabaseError:
        word, status = "unavailable", 503
    return HttpResponse(
        word, status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
