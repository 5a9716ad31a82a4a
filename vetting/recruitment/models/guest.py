"""A guest approver (Gästyttrare): somebody from another authority or municipality, in one recruitment, for 14 days."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from vetting.policy.reasons import GUEST


class GuestInvitation(Covered):
    """To which recruitment a role of a guest belongs, through which account, and why.

    The role itself carries the rest: who proposed and who confirmed, and its days.
    """

    FIXED: ClassVar[tuple[str, ...]] = ("recruitment", "role_grant", "account", "because", "home", "reason")

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="guests")
    role_grant = models.OneToOneField("access.RoleGrant", models.PROTECT, related_name="invitation")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    home = models.CharField(max_length=120)
    """The authority or municipality that the guest comes from, as told by whoever proposes."""
    because = models.CharField(max_length=24)
    reason = models.TextField()
    """Why, for whoever confirms: about the post, never about a candidate."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(because__in=sorted(GUEST)) & ~Q(home="") & ~Q(reason=""),
                name="guest_has_home_and_reason",
            ),
        ]
