"""The reporting pages' own door, for Django's test client, which asks no WSGI application."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from vetting.reports.public.handler import is_ours, respond


class SameDoor:
    """First of the tests' middleware: what config.wsgi sends to the reporting pages is answered by them here too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_ours(request.path_info):
            return self.get_response(request)
        response = respond(request)
        # Django would log what is 400 and above, which the door itself does not.
        response._has_been_logged = True
        return response
