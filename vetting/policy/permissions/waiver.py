"""Permissions about waivers (Undantag): only ever from the municipality's own requirements."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "waiver.list",
        _("Undantag"),
        _("Se undantag och kompletteringar efter start."),
        "read",
        logged="no",
    ),
    Permission(
        "waiver.propose",
        _("Föreslå undantag"),
        _("Föreslå undantag med skäl och slutdatum, bara för kommunens egna krav."),
        "act",
        event="waiver.proposed",
    ),
    Permission(
        "waiver.confirm",
        _("Skriv under undantag"),
        _("Ge den andra underskriften på ett undantag."),
        "act",
        event="waiver.confirmed",
        step_up=True,
    ),
    Permission(
        "waiver.reject",
        _("Avslå undantag"),
        _("Avslå ett föreslaget undantag."),
        "act",
        event="waiver.rejected",
    ),
    Permission(
        "waiver.end",
        _("Avsluta undantag"),
        _("Avsluta ett undantag i förtid."),
        "act",
        event="waiver.ended",
    ),
    Permission(
        "waiver.defer",
        _("Komplettera efter start"),
        _(
            "Välja att en av kommunens egna kontroller görs senast tio arbetsdagar efter start, för uppdrag på högst "
            "14 dagar."
        ),
        "act",
        event="waiver.deferred",
    ),
)
