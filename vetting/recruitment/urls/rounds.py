"""Addresses of rounds: many people entered at once, and worked on in a grid."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import rounds

ONE = "rekryteringar/<uuid:pk>/omgang"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/ny/", rounds.enter_round, name="enter_round"),
    path(f"{ONE}/<uuid:round>/angra/", rounds.undo_round, name="undo_round"),
]
