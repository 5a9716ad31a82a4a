"""Permissions about the pool (*Klar för pool*, *Får jag boka?*)."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "pool_clearance.list",
        _("Klar för pool"),
        _("Se gällande klarmarkeringar för den egna verksamheten."),
        "read",
        logged="outside_assignment",
        event="pool_clearance.listed",
    ),
    Permission(
        "pool_clearance.grant",
        _("Gör klar för pool"),
        _("Ge en daterad klarmarkering för profil och verksamhet."),
        "act",
        event="pool_clearance.granted",
    ),
    Permission(
        "pool_clearance.revoke",
        _("Ta bort klarmarkering"),
        _("Ta bort en klarmarkering i förtid."),
        "act",
        event="pool_clearance.revoked",
    ),
    Permission(
        "pool_clearance.look_up",
        _("Får jag boka?"),
        _("Få svar ja eller nej med datum för en person i poolen."),
        "read",
        logged="outside_assignment",
        event="pool_clearance.looked_up",
    ),
    Permission(
        "pool_booker.appoint",
        _("Ge uppdrag att boka"),
        _("Ge någon ett daterat uppdrag att boka ur enhetens pool. Det visar inget annat."),
        "act",
        event="pool_booker.appointed",
    ),
    Permission(
        "pool_booker.end",
        _("Avsluta uppdrag att boka"),
        _("Avsluta ett uppdrag att boka före dess sista dag."),
        "act",
        event="pool_booker.ended",
    ),
)
