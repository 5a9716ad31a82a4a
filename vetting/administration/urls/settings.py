"""Addresses of the municipality's own settings."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import settings

ROOM = "behorigheter/installningar/"
WAITING = f"{ROOM}forslag/<uuid:proposal>/"

urlpatterns: list[URLPattern] = [
    path(ROOM, settings.setting_list, name="setting_list"),
    path(WAITING, settings.confirm_setting, name="confirm_setting"),
    path(f"{WAITING}avsla/", settings.reject_setting, name="reject_setting"),
    path(f"{WAITING}ta-tillbaka/", settings.withdraw_setting, name="withdraw_setting"),
    path(f"{ROOM}<uuid:authority>/<slug:setting>/", settings.propose_setting, name="propose_setting"),
]
