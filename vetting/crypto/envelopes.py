"""Reports' keys, each sealed to the people who may have it, in the key store and nowhere else.

They are written before the report and destroyed with it. A copy of the data that is put back later finds no envelope
here, and so no key: what was disposed of stays unreadable, however old the copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Q, QuerySet

from vetting.crypto.models import Envelope

KEYSTORE = "keystore"
Purpose = Envelope.Purpose


def store(made: Iterable[Envelope]) -> None:
    """Commit them, all or none: before anything is sealed under their key. Raises IntegrityError where one is there."""
    with transaction.atomic(using=KEYSTORE, durable=True):
        _rows().bulk_create(list(made))


def by_tag(tag: bytes) -> list[Envelope]:
    """The envelopes that a receipt's code leads to: one of the report, and one of each that it became when it moved.

    One query, the same for a code that leads nowhere.
    """
    return list(_rows().filter(tag=tag))


def of_code(owner: UUID) -> dict[str, Envelope]:
    """Purpose → envelope of the code of one report: `receipt` or `moved`, and `return`."""
    found = _rows().filter(owner=owner, purpose__in=(Purpose.RECEIPT, Purpose.MOVED, Purpose.RETURN))
    return {str(each.purpose): each for each in found}


def forget_code(*owners: UUID) -> None:
    """Destroy what the code opens of these: it leads to what they became."""
    _delete(Q(owner__in=owners, purpose__in=(Purpose.RECEIPT, Purpose.MOVED, Purpose.RETURN)))


def forget_return(owner: UUID) -> None:
    """Destroy the code's public half of one report, to have another in its place."""
    _delete(Q(owner=owner, purpose=Purpose.RETURN))


def held_by(holders: Collection[UUID], owners: Collection[UUID], purposes: Collection[str]) -> list[Envelope]:
    """What these keys hold of these reports, for these purposes: one query."""
    return list(_rows().filter(holder__in=holders, owner__in=owners, purpose__in=purposes))


def lent_to(holder: UUID, owner: UUID, at: datetime) -> list[Envelope]:
    """The parts that others have lent to this key and that have not run out at `at`."""
    return list(_rows().filter(holder=holder, owner=owner, purpose=Purpose.LENT, until__gt=at))


def lend(made: Envelope) -> None:
    """Keep a part that is lent, in place of an earlier loan between the same two."""
    with transaction.atomic(using=KEYSTORE):
        same = {"owner": made.owner, "holder": made.holder, "lender": made.lender, "purpose": made.purpose}
        _rows().filter(**same).delete()
        made.save(using=KEYSTORE)


def take_back(owner: UUID, holder: UUID) -> None:
    """Destroy what one key holds of a report, and what others have lent to it or it to others."""
    _delete(Q(owner=owner) & (Q(holder=holder) | Q(lender=holder)))


def forget_lent(before: datetime) -> None:
    """Destroy the loans that have run out."""
    _delete(Q(purpose=Purpose.LENT, until__lte=before))


def destroy(*owners: UUID) -> None:
    """Destroy every envelope of these: their keys are gone, for their people and for their receipts' codes."""
    _delete(Q(owner__in=owners))


def owners(asked: Collection[UUID]) -> set[UUID]:
    """Those of the ids that have any envelope."""
    return set(_rows().filter(owner__in=asked).values_list("owner", flat=True).distinct())


def _delete(which: Q) -> None:
    connection = connections[KEYSTORE]
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    with transaction.atomic(using=KEYSTORE):
        _rows().filter(which).delete()
    if sqlite and not connection.in_atomic_block:
        # As for candidacies' keys: what was overwritten reaches the file when the write-ahead log is emptied.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows() -> QuerySet[Envelope]:
    return Envelope.objects.using(KEYSTORE)
