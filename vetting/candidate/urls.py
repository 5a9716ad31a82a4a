"""Addresses of the candidate's own page. None of them ever holds a code, a name or an id."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.candidate import copying, views

urlpatterns: list[URLPattern] = [
    path("kandidat/", views.candidate_page, name="candidate_page"),
    path("kandidat/forsakran/", views.candidate_declare, name="candidate_declare"),
    path("kandidat/svar/", views.candidate_reply, name="candidate_reply"),
    path("kandidat/uppgifter/", copying.candidate_copy, name="candidate_copy"),
    path("kandidat/lamna/", views.candidate_leave, name="candidate_leave"),
]
