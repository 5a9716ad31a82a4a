"""The room's addresses, under /granskning/gallring/."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.disposal.views import lots

ROOM = "granskning/gallring"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", lots.disposal_list, name="disposal_list"),
    path(f"{ROOM}/lagg-fram/<uuid:body>/<slug:row>/", lots.propose_lot, name="propose_lot"),
    path(f"{ROOM}/<uuid:lot>/", lots.lot_view, name="lot_view"),
    path(f"{ROOM}/<uuid:lot>/besluta/", lots.confirm_lot, name="confirm_lot"),
    path(f"{ROOM}/<uuid:lot>/avsla/", lots.reject_lot, name="reject_lot"),
]
