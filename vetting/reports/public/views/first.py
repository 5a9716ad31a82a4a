"""What is read before anything is written: the ways in, the promise, the whistleblowing channel, the way out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vetting.reports.public import pages, promise
from vetting.reports.submit import recipients_for


def first(request: HttpRequest) -> HttpResponse:
    """The first page. The same for everybody who asks, and asks nothing itself."""
    return pages.page("first", promises=promise.PROMISES, learns=promise.LEARNS)


def whistleblowing(request: HttpRequest) -> HttpResponse:
    """What 5 kap. 9 § lag (2021:890) wants told, and the way in; or where the municipality's own channel is."""
    is_open = not settings.WHISTLEBLOWING_URL and bool(recipients_for("whistleblowing"))
    return pages.page("whistleblowing", is_open=is_open)


def leave(request: HttpRequest) -> HttpResponse:
    """Off to a neutral page: this one leaves no place of its own in the history, and what was kept of it is dropped."""
    answer = pages.page("refused", 303, status=303)
    answer.headers["Location"] = settings.QUICK_EXIT_URL
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
