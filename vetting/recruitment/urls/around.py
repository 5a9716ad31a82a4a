"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import own_log, positions

urlpatterns: list[URLPattern] = [
    path("min-laslogg/", own_log.own_log, name="own_log"),
    path("befattningar/", positions.position_list, name="position_list"),
    path("befattningar/ny/", positions.create_position, name="create_position"),
    path("befattningar/<uuid:pk>/", positions.position_view, name="position_view"),
    path("befattningar/<uuid:pk>/risk/", positions.assess_risk, name="assess_risk"),
    path("befattningar/<uuid:pk>/risk/faststall/", positions.confirm_risk, name="confirm_risk"),
    path("befattningar/<uuid:pk>/peka-ut/", positions.designate_position, name="designate_position"),
    path("befattningar/<uuid:pk>/yttranden/", positions.set_approvers, name="set_approvers"),
    path("befattningar/<uuid:pk>/avveckla/", positions.retire_position, name="retire_position"),
]
