"""How a reporting page is drawn: by its template alone, which is given no request and no person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

HOME = "/anmal/"


def base() -> str:
    """Where the pages of this language begin."""
    return HOME + ("en/" if get_language() == "en" else "")


def page(template: str, code: int = 200, **values: Any) -> HttpResponse:
    """The page, with what all of them know."""
    known = {
        "base": base(),
        "other_base": HOME if get_language() == "en" else f"{HOME}en/",
        "is_english": get_language() == "en",
        "municipality": settings.MUNICIPALITY_NAME,
        "demonstration": settings.DEMO,
        "duty_phone": settings.DUTY_PHONE,
        "duty_hours": settings.DUTY_HOURS,
        "whistleblowing_url": settings.WHISTLEBLOWING_URL,
    }
    return HttpResponse(render_to_string(f"report/{template}.html", known | values), status=code)


def refused(status: int, where: str = "") -> HttpResponse:
    """An answer that is no page, in words; `where` is an address to go to instead."""
    answer = page("refused", status, status=status)
    if where:
        answer.headers["Location"] = where
    return answer
