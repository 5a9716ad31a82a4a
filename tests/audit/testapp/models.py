"""Covered models that know nothing of vetting."""

from typing import ClassVar

from django.db import models

from audit.covered import Covered


class Folder(Covered):
    title = models.CharField(max_length=50)


class Note(Covered):
    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="notes", null=True)
    text = models.CharField(max_length=100)
    count = models.IntegerField(default=0)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    is_open = models.BooleanField(default=True)
    extra = models.JSONField(null=True)
    blob = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(count__gte=0), name="note_count")]
