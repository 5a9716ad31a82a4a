"""Addresses of the questions about access, and of one's own."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import access, access_review, own_access

urlpatterns: list[URLPattern] = [
    path("min-atkomst/", own_access.own_access, name="own_access"),
    path("behorigheter/genomgang/", access_review.access_review, name="access_review"),
    path("behorigheter/genomgang/starta/", access_review.start_access_review, name="start_access_review"),
    path("behorigheter/genomgang/svara/", access_review.answer_access_review, name="answer_access_review"),
    path("behorigheter/varfor/", access.explain_access, name="explain_access"),
    path("behorigheter/vad-skulle/", access.preview_access, name="preview_access"),
]
