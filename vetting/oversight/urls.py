"""The room's addresses, under /granskning/, and those of the control function."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.oversight.views import (
    alerts,
    control,
    emergencies,
    figures,
    log,
    looked_at,
    overview,
    readers,
    reports,
    sample_review,
    samples,
    state,
)

ROOM = "granskning"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", overview.oversight, name="oversight"),
    path("kontrollfunktionen/", control.control_page, name="control"),
    path("kontrollfunktionen/siffror/hamta/", figures.export_figures, name="export_figures"),
    path("kontrollfunktionen/lyft/", control.lifted_list, name="lifted_list"),
    path("kontrollfunktionen/stickprov/", samples.sample_list, name="sample_list"),
    path("kontrollfunktionen/stickprov/dra/", samples.draw_sample, name="draw_sample"),
    path("kontrollfunktionen/stickprov/dragningar/", samples.draws_export, name="draws_export"),
    path("kontrollfunktionen/stickprov/<uuid:sample>/", samples.sample_view, name="sample_view"),
    path("kontrollfunktionen/stickprov/<uuid:sample>/hamta/", samples.sample_export, name="sample_export"),
    path("kontrollfunktionen/granska/<uuid:sampled>/", sample_review.review_sampled, name="review_sampled"),
    path(f"{ROOM}/logg/", log.log_view, name="log_view"),
    path(f"{ROOM}/rekryteringar/", looked_at.recruitments_looked_at, name="recruitments_looked_at"),
    path(f"{ROOM}/rekryteringar/<uuid:pk>/lasningar/", readers.log_readers, name="log_readers"),
    path(f"{ROOM}/anmalningar/", reports.log_reports, name="log_reports"),
    path(f"{ROOM}/varningar/", alerts.alert_list, name="alert_list"),
    path(f"{ROOM}/varningar/<uuid:alert>/", alerts.alert_view, name="alert_view"),
    path(f"{ROOM}/varningar/<uuid:alert>/stang/", alerts.alert_close, name="alert_close"),
    path(f"{ROOM}/nodatkomst/", emergencies.break_glass_list, name="break_glass_list"),
    path(f"{ROOM}/nodatkomst/<uuid:glass>/", emergencies.review_break_glass, name="review_break_glass"),
    path(f"{ROOM}/tillstand/", state.log_state, name="log_state"),
    path(f"{ROOM}/tillstand/loggpaket/", state.log_export, name="log_export"),
    path(f"{ROOM}/tillstand/verifier.py", state.log_verifier, name="log_verifier"),
]
