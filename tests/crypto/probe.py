"""A model of the tests' own with sealed fields and history, in an app that is not installed."""

import uuid

from django.db import models
from simple_history.models import HistoricalRecords

from vetting.crypto.sealed import SealedField


class Kept(models.Model):
    """Inherited history, as the covered rows have it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    history = HistoricalRecords(
        inherit=True,
        app="crypto_probe",
        history_id_field=models.UUIDField(default=uuid.uuid4),
        history_user_id_field=models.IntegerField(null=True),
        history_user_getter=lambda historical: None,
        history_user_setter=lambda historical, user: None,
    )

    class Meta:
        abstract = True


class Probe(Kept):
    """A row with a key id beside its primary key, as a check refers to its candidacy."""

    candidacy_id = models.UUIDField()
    name = SealedField("probe.name", key="candidacy_id", null=True)
    note = SealedField("probe.note", key="candidacy_id", null=True)

    class Meta:
        app_label = "crypto_probe"


class Leaf(models.Model):
    """A row that refers to one with sealed values."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    probe = models.ForeignKey(Probe, on_delete=models.CASCADE)

    class Meta:
        app_label = "crypto_probe"


class Required(models.Model):
    """A row that must have a sealed value."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = SealedField("required.name", key="id")

    class Meta:
        app_label = "crypto_probe"


class Bare(models.Model):
    """The probe's table as bytes: what is really stored, and a way to damage it."""

    id = models.UUIDField(primary_key=True)
    name = models.BinaryField()
    note = models.BinaryField()

    class Meta:
        app_label = "crypto_probe"
        managed = False
        db_table = Probe._meta.db_table


class BareHistory(models.Model):
    """The probe's history table as bytes."""

    history_id = models.UUIDField(primary_key=True)
    name = models.BinaryField()

    class Meta:
        app_label = "crypto_probe"
        managed = False
        db_table = Probe.history.model._meta.db_table
