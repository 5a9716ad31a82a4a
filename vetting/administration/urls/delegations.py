"""Addresses of substitutes."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import delegations

ALL = "behorigheter/ersattare/"

urlpatterns: list[URLPattern] = [
    path(ALL, delegations.delegation_list, name="delegation_list"),
    path(f"{ALL}ny/", delegations.create_delegation, name="create_delegation"),
    path(f"{ALL}at-nagon/", delegations.create_delegation_for, name="create_delegation_for"),
    path(f"{ALL}<uuid:delegation>/avsluta/", delegations.end_delegation, name="end_delegation"),
]
