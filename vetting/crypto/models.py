"""The tables of the key store: wrapped keys of candidacies, reports' keys sealed to people, people's own keys in slots.

None is covered by history or log, on purpose: a copy anywhere else would outlive the destruction of the key.
"""

import uuid

from django.db import models
from django.utils import timezone


class CaseKey(models.Model):
    """A data key, wrapped by a master key. Deleting the row makes everything sealed under it unreadable.

    Not covered by history or log, on purpose: a copy of `wrapped` anywhere else would outlive its
    destruction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kek_id = models.CharField(max_length=40)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [
            # Which master keys are still in use is asked at every start and at every rotation.
            models.Index(fields=["kek_id", "id"], name="crypto_casekey_kek"),
            models.Index(fields=["created_at", "id"], name="crypto_casekey_created"),
        ]

    def __repr__(self) -> str:
        return f"<CaseKey {self.pk} under {self.kek_id!r}>"

    def __str__(self) -> str:
        return str(self.pk)


class Envelope(models.Model):
    """A report's key, or a part of one, sealed to one holder: who has no private key or code opens nothing here.

    `owner` is the report, `holder` the recipient's key; the envelope for the receipt's code has no holder, and is found
    by `tag`, which is derived from the code. No moment is kept: it would tell when the report came.

    `return` holds no key but the code's public half, sealed under the report's key: to it the key of a report that is
    moved can be sealed without the code (`moved`, found by the same tag).
    """

    class Purpose(models.TextChoices):
        RECEIPT = "receipt"
        RETURN = "return"
        MOVED = "moved"
        REPORT = "report"
        PART = "part"
        IDENTITY = "identity"
        LENT = "lent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField()
    purpose = models.CharField(max_length=8, choices=Purpose)
    holder = models.UUIDField(null=True)
    lender = models.UUIDField(null=True)
    tag = models.BinaryField(max_length=32, null=True)
    until = models.DateTimeField(null=True)
    """The last moment of a part that was lent; whoever lends keeps it to some minutes or days."""
    blob = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tag"], name="crypto_envelope_tag", condition=models.Q(purpose="receipt")
            ),
            models.UniqueConstraint(
                fields=["owner", "purpose", "holder"],
                name="crypto_envelope_once",
                condition=models.Q(holder__isnull=False, lender__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["owner", "holder", "lender"],
                name="crypto_envelope_lent_once",
                condition=models.Q(lender__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["owner"],
                name="crypto_envelope_one_code",
                condition=models.Q(purpose__in=["receipt", "moved"]),
            ),
            models.UniqueConstraint(
                fields=["owner"], name="crypto_envelope_one_return", condition=models.Q(purpose="return")
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=["receipt", "moved"], tag__isnull=False, holder__isnull=True)
                | models.Q(purpose="return", tag__isnull=True, holder__isnull=True)
                | (
                    ~models.Q(purpose__in=["receipt", "moved", "return"])
                    & models.Q(tag__isnull=True, holder__isnull=False)
                ),
                name="crypto_envelope_of_code_or_holder",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="lent", lender__isnull=False, until__isnull=False)
                | (~models.Q(purpose="lent") & models.Q(lender__isnull=True, until__isnull=True)),
                name="crypto_envelope_lent_for_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "purpose"], name="crypto_envelope_holder"),
            # Every report begins with "instead of what there is of this owner", under the store's one lock for writing.
            models.Index(fields=["owner"], name="crypto_envelope_owner"),
            models.Index(
                fields=["tag"], name="crypto_envelope_by_tag", condition=models.Q(tag__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Stray(models.Model):
    """An envelope for which no row was found, and the day on which that was seen first: destroyed on a later one.

    A day, as it would otherwise tell when somebody was writing.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    seen_on = models.DateField()

    def __str__(self) -> str:
        return str(self.pk)


class KeySlot(models.Model):
    """One way to a recipient's private key: her passphrase, or the recovery code on paper."""

    class Kind(models.TextChoices):
        WORDS = "words"
        RECOVERY = "recovery"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    salt = models.BinaryField(max_length=32)
    kek_id = models.CharField(max_length=40, blank=True)
    wrapped = models.BinaryField(null=True)
    """A random key under the master key, without which the passphrase's slot gives nothing to guess at."""
    blob = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "kind"], name="crypto_slot_once")]

    def __str__(self) -> str:
        return str(self.pk)
