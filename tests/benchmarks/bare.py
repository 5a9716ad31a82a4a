"""The bare view: the floor's rows in a plain table, through Django's handler without middleware, sign-in or door."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import path

from tests.benchmarks.floor import Floor

FLOORS: dict[str, Floor] = {}
TABLE = Engine(autoescape=True).from_string(
    "<!doctype html><title>{{ name }}</title>{% for part in parts %}<table>{% for row in part %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>{% endfor %}"
)


def view(request: HttpRequest, name: str) -> HttpResponse:
    """The rows of one floor."""
    return HttpResponse(TABLE.render(Context({"name": name, "parts": FLOORS[name]()})))


urlpatterns = [path("<str:name>/", view)]


class Here:
    """Leads to the address above and does nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return self.get_response(request)


def client() -> Client:
    """Who asks the bare views."""
    made = Client()
    with override_settings(MIDDLEWARE=[f"{__name__}.Here"]):
        made.handler.load_middleware()
    return made
