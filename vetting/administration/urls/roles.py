"""Addresses of roles and their holders."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import roles

urlpatterns: list[URLPattern] = [
    path("behorigheter/", roles.role_list, name="role_list"),
]
