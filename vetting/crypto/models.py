"""The only table of the key store: one wrapped key per candidacy."""

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
