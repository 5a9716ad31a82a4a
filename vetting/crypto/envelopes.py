"""Reports' keys, each sealed to the people who may have it, in the key store and nowhere else.

They are written before the report and destroyed with it. A copy of the data that is put back later finds no envelope
here, and so no key: what was disposed of stays unreadable, however old the copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.db import connections, transaction
from django.db.models import Q, QuerySet

from vetting.crypto.errors import TooManyOrphans
from vetting.crypto.models import Envelope, Stray

KEYSTORE = "keystore"
Purpose = Envelope.Purpose


def store(made: Iterable[Envelope], *, instead_of: UUID | None = None) -> None:
    """Commit them, all or none: before anything is sealed under their key. Raises IntegrityError where one is there.

    `instead_of`: what there may be of this owner goes in the same breath, left by an act that never ended.
    """
    with transaction.atomic(using=KEYSTORE, durable=True):
        if instead_of is not None:
            _rows().filter(owner=instead_of).delete()
        _rows().bulk_create(list(made))


def put(made: Iterable[Envelope]) -> None:
    """As `store`, each in place of what the same holder has of the same owner, left by an act that never ended."""
    told = list(made)
    with transaction.atomic(using=KEYSTORE, durable=True):
        for each in told:
            _rows().filter(owner=each.owner, purpose=each.purpose, holder=each.holder).delete()
        _rows().bulk_create(told)


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


def everything(size: int) -> Iterator[list[Envelope]]:
    """Every envelope without what it holds, `size` at a time, in the order of their ids."""
    after = UUID(int=0)
    while part := list(_rows().filter(pk__gt=after).defer("blob").order_by("pk")[:size]):
        yield part
        after = part[-1].pk


def destroy_those(ids: Collection[UUID]) -> None:
    """Destroy single envelopes."""
    _delete(Q(pk__in=ids))


def mark_strays(ids: Collection[UUID], day: date, at_most: int) -> None:
    """Destroy those that were strays on an earlier day, mark those seen first today, and forget what is none any more.

    Raises TooManyOrphans, destroying nothing, where more than `at_most` would go: then it is the rows that are missing.
    """
    strays = Stray.objects.using(KEYSTORE)
    known = dict(strays.values_list("pk", "seen_on"))
    old = [pk for pk in ids if pk in known and known[pk] < day]
    if len(old) > at_most:
        raise TooManyOrphans(f"{len(old)} envelopes have no report; at most {at_most} are swept at a time.")
    with transaction.atomic(using=KEYSTORE):
        strays.filter(pk__in=set(known) - set(ids) | set(old)).delete()
        strays.bulk_create(Stray(pk=pk, seen_on=day) for pk in ids if pk not in known)
    if old:
        destroy_those(old)


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
