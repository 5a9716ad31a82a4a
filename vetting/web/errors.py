"""Pages for what went wrong: what it means and what to do, in plain Swedish, without touching the database."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from vetting.web.context import page
from vetting.web.forms import Typed


def _answer(request: HttpRequest | None, status: int, name: str = "", **context: object) -> HttpResponse:
    # Without the request: neither session, account nor menu is read, so that the page shows even when they fail.
    values = context | (page(request) if request is not None else {})
    return HttpResponse(render_to_string(f"{name or status}.html", values), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser sent something that cannot be read (handler400)."""
    return _answer(request, 400)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known address, but not for this person now (handler403)."""
    return _answer(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was too old or came from elsewhere (CSRF_FAILURE_VIEW)."""
    return _answer(request, 403, old_page=True)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address, or not for this person; the page never says which (handler404)."""
    return _answer(request, 404)


def conflict(
    request: HttpRequest, what: str = "", back_url: str = "", typed: Sequence[Typed] = ()
) -> HttpResponse:
    """409: the step cannot be taken from the state things are in; `what` says why in one sentence.

    `typed` is shown back, so that it can be copied: the form it was typed in is gone.
    """
    return _answer(request, 409, what=what, back_url=back_url, typed=typed)


def too_many(request: HttpRequest, seconds: int = 0) -> HttpResponse:
    """429: too many attempts; `seconds` until the next may be made."""
    response = _answer(request, 429, minutes=-(-seconds // 60))
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours (handler500)."""
    return _answer(request, 500)


def locked(request: HttpRequest) -> HttpResponse:
    """503: the master keys are missing, so that nothing sealed can be opened or written."""
    response = _answer(request, 503)
    response.headers["Retry-After"] = "300"
    return response


def unavailable(name: str) -> HttpResponse:
    """503 with the page `name`: what was asked could not be written down, so it was not done. Reads nothing."""
    response = _answer(None, 503, name)
    response.headers["Retry-After"] = "120"
    return response
