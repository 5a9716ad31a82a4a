"""The first page and the choice of language: open to anyone, declared as the pages behind the door are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import path
from django.views.decorators.http import require_http_methods

from vetting.web import views


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route promises: the permission asked, and whether it is open to anyone."""

    permission: str
    public: bool
    methods: tuple[str, ...]
    has_object: bool = False
    keeps_no_form: bool = False


def _open(view: Callable[..., Any], *methods: str) -> Callable[..., Any]:
    """A page without sign-in; what is posted to it is never carried through the sign-in page."""
    wrapped = require_http_methods(list(methods))(view)
    marks = {
        "declaration": Declaration("start.view", True, methods, keeps_no_form=True),
        "public_page": True,
    }
    for name, value in marks.items():
        setattr(wrapped, name, value)
    return wrapped


urlpatterns = [
    path("", _open(views.start, "GET", "HEAD"), name="start"),
    path("sprak/", _open(views.set_language, "POST"), name="set_language"),
]
