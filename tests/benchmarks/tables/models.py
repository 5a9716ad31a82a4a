"""The same columns in different company."""

import uuid

from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords

from vetting.crypto.sealed import SealedField


class NoteColumns(models.Model):
    """The columns of the log's test model `Note`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.CharField(max_length=100)
    count = models.IntegerField(default=0)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    is_open = models.BooleanField(default=True)
    extra = models.JSONField(null=True)
    blob = models.BinaryField(null=True)

    class Meta:
        abstract = True


class PlainNote(NoteColumns):
    """Saved and nothing else."""


class HistoricNote(NoteColumns):
    """Saved with simple-history alone, as its documentation shows it."""

    history = HistoricalRecords()


@auditlog.register()
class AuditlogNote(NoteColumns):
    """Saved with django-auditlog, as its documentation shows it."""


class PlainPerson(models.Model):
    """Three personal details in plain text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    name = models.TextField()
    contact = models.TextField()
    number = models.TextField()


class SealedPerson(models.Model):
    """The same three, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    name = SealedField("bench.name", key="case_id")
    contact = SealedField("bench.contact", key="case_id")
    number = SealedField("bench.number", key="case_id")
