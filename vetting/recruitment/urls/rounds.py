"""Addresses of rounds: many people entered at once, and worked on in a grid."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import round_grid, rounds, together

ONE = "rekryteringar/<uuid:pk>/omgang"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", round_grid.round_view, name="round_view"),
    path(f"{ONE}/rad-for-rad/", round_grid.note_each, name="note_each"),
    path(f"{ONE}/kontroll/<slug:code>/", together.note_together, name="note_together"),
    path(f"{ONE}/ga-vidare/", together.proceed_together, name="proceed_together"),
    path(f"{ONE}/besluta/", together.decide_together, name="decide_together"),
    path(f"{ONE}/har-borjat/", together.start_together, name="start_together"),
    path(f"{ONE}/ny/", rounds.enter_round, name="enter_round"),
    path(f"{ONE}/<uuid:round>/angra/", rounds.undo_round, name="undo_round"),
]
