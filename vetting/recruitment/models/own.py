"""What a person has chosen for herself: selections of the list, what is new to her, and whether she is mailed.

Comfort, not work: nothing here says what anybody may, so that it is neither covered by the log nor told in it.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower

from vetting.policy.own_choices import MAILS, NAME_LENGTH


class OwnChoices(models.Model):
    """Since when she counts what is new in *Mitt arbete*, and how she is told by mail (`policy.own_choices`)."""

    id = models.BigAutoField(primary_key=True)
    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="+")
    new_since = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(mail__in=["", *MAILS]), name="recruitment_ownchoices_mail"
            )
        ]


class SavedView(models.Model):
    """A selection of *Rekryteringar* under a name of one's own: filter keys, never what was searched for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    filters = models.JSONField()
    created_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("person", Lower("name"), name="recruitment_savedview_name")
        ]
