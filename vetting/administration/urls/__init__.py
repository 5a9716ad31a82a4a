"""The room's addresses, all under /behorigheter/; a module per part of the room."""

from __future__ import annotations

from django.urls import URLPattern

from vetting.administration.urls import (
    access,
    accounts,
    delegation_order,
    delegations,
    roles,
    settings,
    units,
)

urlpatterns: list[URLPattern] = [
    *roles.urlpatterns,
    *delegations.urlpatterns,
    *accounts.urlpatterns,
    *access.urlpatterns,
    *units.urlpatterns,
    *delegation_order.urlpatterns,
    *settings.urlpatterns,
]
