"""Addresses of the tree of units."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import tree_proposals, unit_import, units, units_moved

ROOM = "behorigheter/enheter/"
ONE = f"{ROOM}<uuid:unit>/"

urlpatterns: list[URLPattern] = [
    path(ROOM, units.unit_list, name="unit_list"),
    path(f"{ROOM}ny/", units.create_unit, name="create_unit"),
    path(f"{ROOM}ny-myndighet/", units.create_authority, name="create_authority"),
    path(f"{ROOM}las-in/", unit_import.import_units, name="import_units"),
    path(f"{ROOM}forslag/<uuid:proposal>/", tree_proposals.confirm_change, name="confirm_change"),
    path(f"{ROOM}forslag/<uuid:proposal>/avsla/", tree_proposals.reject_change, name="reject_change"),
    path(f"{ROOM}myndighet/<uuid:authority>/", tree_proposals.edit_authority, name="edit_authority"),
    path(ONE, units.unit_one, name="unit_one"),
    path(f"{ONE}andra/", units.edit_unit, name="edit_unit"),
    path(f"{ONE}flytta/", units_moved.move_unit, name="move_unit"),
    path(f"{ONE}ersatt/", units_moved.replace_unit, name="replace_unit"),
    path(f"{ONE}avsluta/", units_moved.end_unit, name="end_unit"),
]
