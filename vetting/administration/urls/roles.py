"""Addresses of roles and their holders."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import first_steps, roles

ONE = "behorigheter/roller/<uuid:role_grant>/"

urlpatterns: list[URLPattern] = [
    path("behorigheter/", roles.role_list, name="role_list"),
    path("behorigheter/kom-igang/", first_steps.first_steps, name="first_steps"),
    path("behorigheter/roller/ny/", roles.propose_role, name="propose_role"),
    path("behorigheter/konton/<uuid:account>/roll/", roles.propose_role, name="propose_role_for"),
    path(ONE, roles.role_view, name="role_view"),
    path(f"{ONE}bekrafta/", roles.confirm_role, name="confirm_role"),
    path(f"{ONE}avsla/", roles.reject_role, name="reject_role"),
    path(f"{ONE}ta-tillbaka/", roles.withdraw_role, name="withdraw_role"),
    path(f"{ONE}ta-bort/", roles.revoke_role, name="revoke_role"),
]
