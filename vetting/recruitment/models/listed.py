"""The assignments as lists ask for them: beside what of the recruitment they are chosen and sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from audit.kept import Kept


class ListedGrant(Kept):
    """Beside each `RecruitmentGrant`: the newest of those one is assigned to, and their number, by one index alone.

    Guardian's row stays the record of who is let in; whether somebody stands aside is asked of her declaration itself.
    """

    OF: ClassVar[str] = "recruitment.RecruitmentGrant"
    THROUGH: ClassVar[str] = "content_object"
    COPIES: ClassVar[Mapping[str, str]] = {
        "account": "user",
        "permission": "permission",
        "recruitment": "content_object",
        "answer_by": "answer_by",
        "until": "until",
        "created_on": "content_object__created_on",
        "reference": "content_object__reference",
        "state": "content_object__state",
        "unit": "content_object__unit",
    }

    account = models.UUIDField()
    permission = models.IntegerField()
    recruitment = models.UUIDField()
    answer_by = models.DateField(null=True)
    until = models.DateField(null=True)
    created_on = models.DateField()
    reference = models.CharField(max_length=16)
    state = models.CharField(max_length=12)
    unit = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "account",
                    "-created_on",
                    "-reference",
                    "permission",
                    "state",
                    "unit",
                    "recruitment",
                    "answer_by",
                    "until",
                ],
                name="granted_newest",
            )
        ]
