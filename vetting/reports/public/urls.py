"""Every address of the reporting pages, in Swedish and under en/ in English. Nothing else answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from vetting.reports.public.views import files, first, inbox, receipt, steps

PREFIX = "/anmal/"
LANGUAGES = {"": "sv", "en/": "en"}
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Route:
    """What answers at an address, and in which language. Without a view: nothing does."""

    view: View | None
    methods: tuple[str, ...] = ("GET",)
    language: str = "sv"
    has_file: bool = False


_BOTH, _POST = ("GET", "POST"), ("POST",)
_PAGES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (first.first, ("GET",)),
    "ring/": (steps.call, _BOTH),
    "kort/": (steps.short, ("GET",)),
    "fullt/": (steps.full, ("GET",)),
    "annan/": (steps.other, ("GET",)),
    "visselblasning/": (first.whistleblowing, ("GET",)),
    "visselblasning/anmal/": (steps.whistle, ("GET",)),
    "steg/": (steps.step, _POST),
    "kvitto/": (receipt.act, _POST),
    "inkorg/": (inbox.inbox, _BOTH),
    "fil/": (files.add, _POST),
    "lamna/": (first.leave, ("GET",)),
}
WITH_FILES = {"fil/"}
ROUTES: dict[str, Route] = {
    f"{PREFIX}{part}{name}": Route(view, methods, language, name in WITH_FILES)
    for part, language in LANGUAGES.items()
    for name, (view, methods) in _PAGES.items()
}
_NOTHING = {language: Route(None, (), language) for language in LANGUAGES.values()}


def find(path: str) -> Route:
    """The route of a path; one without a view for what is no page of ours."""
    if path == PREFIX.rstrip("/"):
        return ROUTES[PREFIX]
    return ROUTES.get(path, _NOTHING["en" if path.startswith(f"{PREFIX}en/") else "sv"])
