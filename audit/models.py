"""The log's tables. Rows are written by the recorder, the sealer and the bulk writer alone."""

import json
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from audit.covered import AppendOnlyModel
from audit.merkle import Frontier


class Entry(AppendOnlyModel):
    """One act: who did what, when, about what, and the commitments to the rows it wrote, in order.

    `leaf` holds all of it in canonical form and is what the Merkle tree is built over; the columns repeat it for
    queries. `id` is what rows refer to; `position`, the place in the tree, comes with sealing.
    """

    given_later = ("position", "seal")

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(default=uuid.uuid4)
    time = models.DateTimeField()
    tree = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    actor_person = models.UUIDField(null=True)
    actor_account = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    purpose = models.CharField(max_length=120, blank=True)
    once = models.UUIDField(null=True)
    leaf = models.BinaryField()
    leaf_hash = models.BinaryField()
    position = models.BigIntegerField(null=True)
    # An HMAC under the log key: guards an entry that is not in the tree yet.
    tag = models.BinaryField(null=True)
    # An HMAC under the key of the position's epoch, given with the position (audit.state).
    seal = models.BinaryField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        # Conditions as IS NOT NULL: SQLite passes an index over whose condition says the same in another way.
        indexes: ClassVar = [
            # The newest of "main" is found by its id: nearly every entry is in it. Each index costs every act.
            models.Index(fields=["tree", "id"], name="audit_entry_newest", condition=~Q(tree="main")),
            models.Index(fields=["tree", "id"], name="audit_entry_pending", condition=Q(position=None)),
            models.Index(
                fields=["subject", "id"], name="audit_entry_subject", condition=Q(subject__isnull=False)
            ),
            models.Index(
                fields=["actor_person", "id"],
                name="audit_entry_person",
                condition=Q(actor_person__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            # Partial, so that sealing an entry does not wait for rows that refer to it.
            models.UniqueConstraint(
                fields=["tree", "position"], name="audit_entry_position", condition=Q(position__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["once"], name="audit_entry_once", condition=Q(once__isnull=False)
            ),
            models.CheckConstraint(
                condition=~Q(position=None) | ~Q(tag=None), name="audit_entry_sealed_or_tagged"
            ),
            models.CheckConstraint(
                condition=Q(position__isnull=True, seal__isnull=True)
                | Q(position__isnull=False, seal__isnull=False),
                name="audit_entry_seal_with_position",
            ),
        ]

    @property
    def content(self) -> dict[str, Any]:
        """The leaf as data."""
        found: dict[str, Any] = json.loads(bytes(self.leaf))
        return found

    @property
    def facts(self) -> dict[str, Any]:
        """The facts the event's sentence is told with; `role` is the actor's where the act did not say."""
        return {"role": self.actor_role, **self.content.get("facts", {})}

    @property
    def on_behalf_of(self) -> uuid.UUID | None:
        """The person whom a substitute stood in for; None where the actor acted for herself."""
        person = self.content.get("on_behalf_of")
        return uuid.UUID(person) if person else None


class RowCommit(AppendOnlyModel):
    """The log's commitment to one history row. `row_id` is the history row's key; `index` its place in the act."""

    row_id = models.UUIDField(primary_key=True)
    # Both are written by one statement and never deleted, so the database need not look for the entry each time.
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="rows", db_index=False, db_constraint=False
    )
    index = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField()
    commitment = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "index"], name="audit_rowcommit_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["label", "row_id"], name="audit_rowcommit_label")]


class Blind(AppendOnlyModel):
    """What a commitment was made with. Kept apart: where the blind is gone the row can no longer be guessed."""

    commit = models.OneToOneField(
        RowCommit, on_delete=models.PROTECT, primary_key=True, related_name="blind", db_constraint=False
    )
    blind = models.BinaryField()


class Erased(AppendOnlyModel):
    """A history row that a disposal has taken away, and the act that did: what lets the database let it go."""

    commit = models.OneToOneField(
        RowCommit, on_delete=models.PROTECT, primary_key=True, related_name="erased", db_constraint=False
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=True
    )


class Tree(AppendOnlyModel):
    """The frontier of one Merkle tree; its row is the lock on the head."""

    given_later = ("size", "frontier")

    name = models.CharField(max_length=20, primary_key=True)
    size = models.BigIntegerField()
    frontier = models.BinaryField()

    @property
    def head(self) -> Frontier | None:
        """The frontier; None where what is stored is none, as nobody here has written it."""
        try:
            return Frontier.from_bytes(self.size, bytes(self.frontier))
        except (ValueError, TypeError):
            return None


class Checkpoint(AppendOnlyModel):
    """A signed head of one tree (audit.signing): how many entries, their root, when, and the whole signed note.

    `frontier` is the tree's at that size, so that the next one is shown to continue it from here on.
    """

    id = models.BigAutoField(primary_key=True)
    tree = models.CharField(max_length=20)
    size = models.BigIntegerField()
    root = models.BinaryField()
    time = models.DateTimeField()
    note = models.TextField()
    frontier = models.BinaryField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tree", "time", "size"], name="audit_checkpoint_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tree", "id"], name="audit_checkpoint_newest")]


class Anchor(AppendOnlyModel):
    """A checkpoint that has left the database: where to ("file", "stdout" or "mail"), and when."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.PROTECT, related_name="anchors", db_index=False
    )
    kind = models.CharField(max_length=10)
    time = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "checkpoint"], name="audit_anchor_once"),
        ]
