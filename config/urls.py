"""Every address of the service: each room under its own prefix."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from config.health import health

urlpatterns: list[URLPattern | URLResolver] = [path("halsa/", health, name="health")]
for _room in (
    "accounts",
    "access",
    "web",
    "recruitment",
    "candidate",
    "administration",
    "oversight",
    "disposal",
    "reports",
):
    if find_spec(f"vetting.{_room}.urls"):
        urlpatterns.append(path("", include(f"vetting.{_room}.urls")))

handler400 = "vetting.web.errors.bad_request"
handler403 = "vetting.web.errors.denied"
handler404 = "vetting.web.errors.not_found"
handler500 = "config.faults.server_error"
