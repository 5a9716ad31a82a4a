"""How a vote was confirmed: signed with the voter's own security key, or by what, where it was not signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from audit.covered import Covered
from audit.verify_signatures import MOST
from vetting.recruitment.models.opinion import Opinion, Vote


class VoteSignature(Covered):
    """One for each vote, never changed: a vote that is taken back or falls keeps it.

    `text` is what was signed; it holds no vote, only what the sealed vote is recognised by, so that two who vote stay
    blind to each other.
    """

    COVERAGE_VERSION = 2

    class How(models.TextChoices):
        SIGNED = "signed"
        KEY = "key"
        APP = "app"
        SIGN_IN = "sign_in"
        PHRASE = "password"

    recruitment = models.ForeignKey("recruitment.Recruitment", models.PROTECT, related_name="+")
    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="+")
    candidacy = models.ForeignKey("recruitment.Candidacy", models.PROTECT, related_name="+")
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    text = models.TextField(blank=True)
    batch = models.TextField(blank=True, default="")
    """Where several were signed with one touch, the list of the digests of all their texts; it is what was signed."""
    place = models.PositiveSmallIntegerField(default=0)
    """Where in the list the text stands, from 1; 0 where it was signed alone."""
    key_name = models.CharField(max_length=60, blank=True)
    key_fingerprint = models.CharField(max_length=64, blank=True)
    """SHA-256 of `public_key`, hexadecimal: as the log has it of the day the key was added."""
    credential_id = models.BinaryField(null=True)
    public_key = models.BinaryField(null=True)
    """COSE_Key (RFC 9052)."""
    client_data = models.BinaryField(null=True)
    """The JSON the browser signed, byte by byte (WebAuthn, section 5.8.1)."""
    authenticator_data = models.BinaryField(null=True)
    signature = models.BinaryField(null=True)

    @property
    def count(self) -> int:
        """How many were signed with the same touch, this one included."""
        return max(self.batch.count("\n") - 1, 1)

    FIXED = (
        "recruitment", "opinion", "candidacy", "vote", "person", "account", "how", "text", "batch", "place", "key_name",
        "key_fingerprint", "credential_id", "public_key", "client_data", "authenticator_data", "signature",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote"], name="vote_confirmed_once"),
            models.CheckConstraint(
                condition=Q(
                    how="signed",
                    credential_id__isnull=False,
                    public_key__isnull=False,
                    client_data__isnull=False,
                    authenticator_data__isnull=False,
                    signature__isnull=False,
                )
                & ~Q(text="")
                & ~Q(key_fingerprint="")
                | ~Q(how="signed")
                & Q(
                    text="",
                    key_fingerprint="",
                    credential_id__isnull=True,
                    public_key__isnull=True,
                    client_data__isnull=True,
                    authenticator_data__isnull=True,
                    signature__isnull=True,
                ),
                name="vote_signed_whole_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(batch="", place=0)
                | Q(how="signed", place__gte=1, place__lte=MOST) & ~Q(batch=""),
                name="vote_signed_at_its_place_in_the_list",
            ),
        ]
