"""Faults that are nobody's doing at the keyboard: the log that cannot be written, the database or the disk that fails.

Whoever meets one gets a page that says what it means and that nothing was saved; the server log gets its one line.
"""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from audit.errors import LogBroken
from vetting.web import errors

PAGES: dict[type[BaseException], str] = {
    LogBroken: "503_log",
    OperationalError: "503_storage",
    InterfaceError: "503_storage",
}


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with its own words for the faults above, 500 for any other (handler500).

    Django calls it while the exception is being handled, for those of middleware too.
    """
    fault = sys.exc_info()[1]
    name = next((page for kind, page in PAGES.items() if isinstance(fault, kind)), "")
    return errors.unavailable(name) if name else errors.server_error(request)
