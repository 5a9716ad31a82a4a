"""Addresses of *Mitt arbete*, the list of recruitments and how a recruitment begins."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import create, work, worklist

urlpatterns: list[URLPattern] = [
    path("arbete/", work.work, name="work"),
    path("rekryteringar/", worklist.recruitment_list, name="recruitment_list"),
    path("rekryteringar/hamta/", worklist.export_recruitment_list, name="export_recruitment_list"),
    path("rekryteringar/ny/", create.create_recruitment, name="create_recruitment"),
    path("rekryteringar/<uuid:pk>/ny/", create.copy_recruitment, name="copy_recruitment"),
]
