"""Addresses of the questions about access, and of one's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import access, own_access

urlpatterns: list[URLPattern] = [
    path("min-atkomst/", own_access.own_access, name="own_access"),
    path("behorigheter/varfor/", access.explain_access, name="explain_access"),
    path("behorigheter/vad-skulle/", access.preview_access, name="preview_access"),
]
