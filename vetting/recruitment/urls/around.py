"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import own_log

urlpatterns: list[URLPattern] = [
    path("min-laslogg/", own_log.own_log, name="own_log"),
]
