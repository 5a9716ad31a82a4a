"""The key of a draw: committed to in the log before anybody is drawn, and disclosed when the draw is over."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from vetting.crypto.sealed import SealedField


class DrawKey(Covered):
    """Sealed under a key of its own (`id`) until it is disclosed; `digest` is what the log was told beforehand."""

    FIXED: ClassVar[tuple[str, ...]] = ("draw", "digest", "committed_on")

    draw = models.CharField(max_length=24, unique=True)
    """What is drawn with it: `second-2026-4` (quarter) or `sample-12` (running number)."""
    digest = models.CharField(max_length=64)
    secret = SealedField("draw_key.secret", key="id", null=True)
    committed_on = models.DateField()
    disclosed_on = models.DateField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True, default="")
    """The key in hexadecimal when it has been disclosed; empty before."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(secret__isnull=False), name="draw_key_is_there"),
            models.CheckConstraint(
                condition=Q(disclosed_on__isnull=True, seed="")
                | Q(disclosed_on__isnull=False, disclosed_on__gte=models.F("committed_on")) & ~Q(seed=""),
                name="draw_key_disclosed_with_a_day",
            ),
        ]
