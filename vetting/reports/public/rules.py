"""What is asked of a request before any page sees it. None of it looks at who is asking."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

from vetting.reports.files.kinds import MOST as FILE

MOST = 1024 * 1024
"""Bytes of a form."""
WITH_FILE = FILE + MOST
"""Bytes of a form with a file."""


class Refused(Exception):
    """The request is not answered with a page; `status` says why, `where` where to go instead."""

    def __init__(self, status: int, where: str = "") -> None:
        super().__init__(status)
        self.status, self.where = status, where


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory, whatever its size: nothing that somebody sends is ever on a disk in the clear."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Its length has been asked already."""
        self.activated = True


def require_good(request: HttpRequest, methods: tuple[str, ...], *, has_file: bool = False) -> None:
    """Raises Refused: 301 to TLS, 400 for another host, 404 for a query, 405, 411, 413, and 403 for a foreign form."""
    try:
        host = request.get_host()
    except DisallowedHost as error:
        raise Refused(400) from error
    if request.META.get("QUERY_STRING"):
        # A code typed into an address would stand in histories and in logs on the way.
        raise Refused(404)
    if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
        raise Refused(405)
    if settings.SECURE_SSL_REDIRECT and not request.is_secure() and not is_onion(host):
        raise Refused(301, f"https://{host}{request.path}")
    if request.method == "POST":
        _require_length(request, has_file)
        if not is_own_form(request, host):
            raise Refused(403)


def is_own_form(request: HttpRequest, host: str) -> bool:
    """Whether the form came from a page of ours: browsers say so themselves, and no cookie is needed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin", "") == f"{request.scheme}://{host}"


def is_onion(host: str) -> bool:
    """Whether the address is an onion service's, which needs no TLS."""
    return (urlsplit(f"//{host}").hostname or "").endswith(".onion")


def _require_length(request: HttpRequest, has_file: bool) -> None:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or "")
    except ValueError as error:
        raise Refused(411) from error
    if length < 0 or length > (WITH_FILE if has_file else MOST):
        raise Refused(413)
    if request.content_type != ("multipart/form-data" if has_file else "application/x-www-form-urlencoded"):
        raise Refused(400)
    if has_file:
        request.upload_handlers = [InMemory(request)]
