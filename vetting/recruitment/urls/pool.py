"""Addresses of the pool."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import bookers, pool, pool_grant

ONE = "rekryteringar/<uuid:pk>/slutkandidat/<uuid:candidacy>/klar-for-pool/"

urlpatterns: list[URLPattern] = [
    path("far-jag-boka/", pool.may_i_book, name="may_i_book"),
    path("far-jag-boka/uppdrag/", bookers.bookers, name="bookers"),
    path("far-jag-boka/uppdrag/avsluta/", bookers.end, name="end_booker"),
    path("klar-for-pool/", pool.clearance_list, name="clearance_list"),
    path(ONE, pool_grant.grant, name="grant_clearance"),
    path(f"{ONE}ta-bort/", pool_grant.revoke, name="revoke_clearance"),
]
