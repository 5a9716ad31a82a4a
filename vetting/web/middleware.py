"""The headers that every answer carries."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

# Everything a page may use comes from this service; nothing is inline; nobody may frame it.
POLICY = {
    "default-src": ("'none'",),
    "style-src": ("'self'",),
    "font-src": ("'self'",),
    "script-src": ("'self'",),
    # The style sheets' own small icons are data addresses.
    "img-src": ("'self'", "data:"),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
}

_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi",
    "payment", "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
# Security keys are read by the sign-in pages of this service alone.
_OWN = ("publickey-credentials-create", "publickey-credentials-get")

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([f"{name}=()" for name in _OFF] + [f"{name}=(self)" for name in _OWN]),
    # "no-referrer" would make Origin null, and with it every form fail.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@lru_cache(maxsize=8)
def content_security_policy() -> str:
    """The policy as one header. A form leads to us alone: the way to a sign-in service is a page of its own."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in POLICY.items())


class ChosenLanguage:
    """Swedish, the language of the case, until somebody chooses another; what the browser prefers is not asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecurityHeaders:
    """Adds the headers above, and keeps pages out of every cache.

    An answer that sets Cache-Control itself (files named by their content) keeps it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Security-Policy"] = self.policy
        response.headers.setdefault("Cache-Control", "no-store")
        return response
