"""The directories of recipients' public keys. The private halves are in the key store, locked, and on paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from vetting.reports.models.report import Report


class RecipientKey(Covered):
    """One person's key in one directory (the machine `recipient_key`), with the certificate that says so."""

    class State(models.TextChoices):
        PENDING = "pending"
        CERTIFIED = "certified"
        REVOKED = "revoked"

    person_id = models.UUIDField()
    directory = models.CharField(max_length=14, choices=Report.Directory)
    public = models.BinaryField()
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    created_on = models.DateField()
    certificate = models.TextField(blank=True)
    signature = models.BinaryField(default=b"")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    certified_by_id = models.UUIDField(null=True, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    revoked_by_id = models.UUIDField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=24, blank=True)
    recovery = models.BinaryField(default=b"")
    """While the key is being restored: the public key that the holders of parts seal them to."""

    FIXED: ClassVar[tuple[str, ...]] = ("person_id", "directory", "public")

    class Meta:
        constraints = [
            # Certified ones may overlap: the new key is certified before the old one is revoked, so that
            # nobody is without a key in between.
            models.UniqueConstraint(
                fields=["person_id", "directory"],
                name="recipient_key_one_waiting",
                condition=Q(state="pending"),
            ),
            models.CheckConstraint(
                condition=Q(state="pending", certified_by_id__isnull=True)
                | Q(state="revoked")
                | Q(
                    state="certified",
                    certified_by_id__isnull=False,
                    certified_on__isnull=False,
                    valid_from__isnull=False,
                    valid_to__isnull=False,
                ),
                name="recipient_key_certified_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(certified_by_id__isnull=True) | ~Q(certified_by_id=models.F("person_id")),
                name="recipient_key_certified_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | (Q(revoked_on__isnull=False) & ~Q(reason="")),
                name="recipient_key_revoked_for_a_reason",
            ),
        ]


class KeyShare(Covered):
    """Who keeps which of the five parts of a key on paper; and, while it is being restored, the part sealed to it."""

    key = models.ForeignKey(RecipientKey, models.PROTECT, related_name="shares")
    number = models.PositiveSmallIntegerField()
    holder_id = models.UUIDField()
    given_on = models.DateField(null=True, blank=True)

    FIXED: ClassVar[tuple[str, ...]] = ("key", "number")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="key_share_number_once"),
            models.UniqueConstraint(fields=["key", "holder_id"], name="key_share_one_each"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=5), name="key_share_of_five"),
        ]
