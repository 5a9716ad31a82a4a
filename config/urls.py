"""Every address of the service: each room under its own prefix."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
for _room in ("accounts", "access", "web", "recruitment"):
    if find_spec(f"vetting.{_room}.urls"):
        urlpatterns.append(path("", include(f"vetting.{_room}.urls")))
