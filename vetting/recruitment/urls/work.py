"""Addresses of *Mitt arbete*, the list of recruitments and how a recruitment begins."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import (
    assign_many,
    break_glass,
    create,
    manager_home,
    own_views,
    work,
    worklist,
)

urlpatterns: list[URLPattern] = [
    path("arbete/", work.work, name="work"),
    path("chef/", manager_home.manager_home, name="manager_home"),
    path("rekryteringar/", worklist.recruitment_list, name="recruitment_list"),
    path("rekryteringar/hamta/", worklist.export_recruitment_list, name="export_recruitment_list"),
    path("arbete/sett/", own_views.mark_news_seen, name="mark_news_seen"),
    path("rekryteringar/tilldela/", assign_many.assign_ticked, name="assign_ticked"),
    path("rekryteringar/lamna/", assign_many.release_ticked, name="release_ticked"),
    path("rekryteringar/urval/", own_views.view_list, name="own_views"),
    path("rekryteringar/urval/spara/", own_views.keep_view, name="keep_view"),
    path("rekryteringar/urval/namn/", own_views.rename_own_view, name="rename_own_view"),
    path("rekryteringar/urval/ta-bort/", own_views.remove_own_view, name="remove_own_view"),
    path("rekryteringar/nodatkomst/", break_glass.open_break_glass, name="open_break_glass"),
    path(
        "rekryteringar/nodatkomst/<uuid:glass>/avsluta/",
        break_glass.end_break_glass,
        name="end_break_glass",
    ),
    path("rekryteringar/ny/", create.create_recruitment, name="create_recruitment"),
    path("rekryteringar/<uuid:pk>/ny/", create.copy_recruitment, name="copy_recruitment"),
]
