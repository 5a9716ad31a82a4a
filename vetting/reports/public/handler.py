"""The door of the reporting pages: chosen by `config.wsgi` before anything that knows of sessions, people or logs.

It has no middleware: what an answer needs is here, in the order in which it happens. Nothing of the request is logged;
a fault is one line that names the kind of fault and the place in the code.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest, get_script_name
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import set_script_prefix
from django.utils.translation import override

from vetting.reports.public import padding, pages, patience
from vetting.reports.public.rules import Refused, is_onion, require_good
from vetting.reports.public.urls import PREFIX, find

logger = logging.getLogger("vetting.reports.public")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    # Not to be kept, and not to be compressed or changed on the way: the size is the answer's own.
    "Cache-Control": "no-store, no-transform",
    "Content-Security-Policy": POLICY,
    "Content-Type": "text/html; charset=utf-8",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


# Where not even a page of fault can be drawn: no template, no file, nothing that can fail.
BARE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Kontakt</title>
<h1>Det gick inte just nu</h1><p>Ingenting är sparat. Försök igen om en stund. I fara nu: ring 112.</p>
<p lang="en">It did not work just now. Nothing has been saved. In danger now: call 112.</p></html>"""


def is_ours(path: str) -> bool:
    """Whether the address is the reporting pages', also written with capitals or too many slashes."""
    plain = "/" + path.lstrip("/").lower()
    return plain == PREFIX.rstrip("/") or plain.startswith(PREFIX)


class Door:
    """A WSGI application that answers under /anmal/ and leaves everything else to `service`."""

    def __init__(self, service: Callable[..., Iterable[bytes]]) -> None:
        self.service = service

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_ours(environ.get("PATH_INFO", "")):
            return self.service(environ, start_response)
        set_script_prefix(get_script_name(environ))
        signals.request_started.send(sender=type(self), environ=environ)
        try:
            response = respond(WSGIRequest(environ))
        except Exception as error:
            # An address or a header that is no text at all.
            _tell(error)
            response = HttpResponse(padding.padded(BARE.encode()), status=400, headers=HEADERS)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        # Closing it tells Django that the request is over.
        return response


def respond(request: HttpRequest) -> HttpResponse:
    """The whole answer, with its headers and in one of three sizes. Never raises."""
    route = find(request.path_info)
    with override(route.language):
        try:
            response = _answer(request)
        except Exception as error:
            response = _fault(error)
        return _finished(request, response)


def _answer(request: HttpRequest) -> HttpResponse:
    route = find(request.path_info)
    try:
        if route.view is None:
            raise Refused(404)
        require_good(request, route.methods, has_file=route.has_file)
        with patience.limit(request):
            return route.view(request)
    except Refused as refused:
        return pages.refused(refused.status, refused.where)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError) as error:
        # Too many fields, a form that is none, a connection that was cut or was too slow: nobody's fault here.
        _tell(error)
        return pages.refused(400)


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    try:
        response.content = padding.padded(response.content)
    except padding.TooLong as error:
        response = _fault(error)
        response.content = padding.padded(response.content)
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers["Content-Length"] = str(len(response.content))
    if (
        request.is_secure()
        and settings.SECURE_HSTS_SECONDS
        and not is_onion(request.META.get("HTTP_HOST", ""))
    ):
        response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if request.method == "HEAD":
        response.content = b""
    return response


def _fault(error: Exception) -> HttpResponse:
    """The page that says so. A fault that passed on to the server would be printed there with the address."""
    _tell(error)
    try:
        return pages.refused(500)
    except Exception as worse:
        _tell(worse)
        return HttpResponse(BARE, status=500)


def _tell(error: Exception) -> None:
    """One line: the kind of fault and where in the code. Not its text, which may quote what somebody wrote."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place is not None else "?"
    logger.error("a reporting page failed: %s in %s", type(error).__qualname__, where)
