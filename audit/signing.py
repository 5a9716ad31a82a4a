"""Signs what a tree holds: its newest head, after making sure that it continues everything signed before.

A tree that tells days alone is signed at most once a day, and then as it stood when the day began: so nobody can read
from two checkpoints at what hour it grew.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min

from audit import anchor_files, clock, state, writing
from audit.checkpoint import Head, parse, time_line
from audit.errors import CheckpointContradicted, NoSigningKey
from audit.events import DAY_TREES
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry, Tree
from audit.notes import NoKnownSignature, open_note, signed
from audit.notes import parse as parse_note
from audit.signatures import NoteError, Signer

CHUNK = 5000
COLUMNS = ("tree", "size", "root", "time", "note", "frontier")


def tells_days(tree: str) -> bool:
    """Whether the tree's entries carry the day alone, so that nothing finer may be told of it."""
    return tree.partition(".")[0] in DAY_TREES


def trees() -> list[str]:
    """The trees that are written to now, by name; those that were ended and those that are empty left out."""
    names = Tree.objects.filter(size__gt=0).order_by("name").values_list("name", flat=True)
    return [name for name in names if state.physical(name.partition(".")[0]) == name]


def origin(tree: str) -> str:
    """What the tree is called outside: the first line of its checkpoints, and the name of its key."""
    return f"{settings.LOG_ORIGIN}/{tree}"


def signer(tree: str) -> Signer:
    """The key that signs the tree's checkpoints. Raises NoSigningKey."""
    if settings.CHECKPOINT_KEY is None:
        raise NoSigningKey("CHECKPOINT_KEY is missing: there is nothing to sign checkpoints with.")
    return Signer(origin(tree), settings.CHECKPOINT_KEY)


def newest(tree: str) -> Checkpoint | None:
    """The tree's newest checkpoint."""
    return Checkpoint.objects.filter(tree=tree).order_by("id").last()


def sign(tree: str, *, elsewhere: str = "", anyway: bool = False) -> Checkpoint | None:
    """Sign the tree's head and keep the checkpoint; None where there is nothing new to sign.

    New is a head of another size, and the first of a day; `anyway` signs at any time, except a tree that tells days.
    `elsewhere` is the newest note known elsewhere than in the database, if any.

    Raises NoSigningKey, CheckpointContradicted where the log does not continue that note or what was signed before.
    """
    key, last = signer(tree), newest(tree)
    moment = _moment(tree, last)
    if last is not None and tells_days(tree) and last.time >= moment:
        return None
    head = _head(tree, moment)
    notes: dict[str, Frontier | None] = {elsewhere: None} if elsewhere else {}
    if last is not None:
        notes[last.note] = _frontier(last)
    for note, start in notes.items():
        if wrong := contradiction(note, tree, head, start):
            raise CheckpointContradicted(wrong)
    if head.size == 0 or (last is not None and not _is_news(last, head, moment, anyway)):
        return None
    text = Head(origin(tree), head.size, head.root(), (time_line(moment, day=tells_days(tree)),)).text
    return _kept(tree, head, moment, signed(text, [key.sign(text)]))


def contradiction(note: str, tree: str, head: Frontier | None = None, start: Frontier | None = None) -> str:
    """How the log contradicts a note of its own, as a finding and its words; empty where the log continues it.

    `head` is the tree as it is now (read where not given), `start` what its frontier is said to be at the note's size,
    so that not all of the tree has to be read. A note that another key has signed is taken at its word.
    """
    try:
        with suppress(NoKnownSignature):
            open_note(note, [signer(tree).verifier] if settings.CHECKPOINT_KEY else [])
        seen = head_of(note)
    except NoteError as error:
        return f"checkpoint-signature: {error}"
    # The log's own name outside may have been changed since; the tree is the last part of it.
    if seen.origin.rpartition("/")[2] != tree:
        return f"checkpoint-signature: the note is of the log {seen.origin}"
    head = _stored(tree) if head is None else head
    if seen.size > head.size:
        # Of a tree that tells days, how many are missing would tell how many there are.
        missing = "some" if tells_days(tree) else f"{seen.size - head.size} of {seen.size}"
        return f"checkpoint-size: {missing} entries of {tree} are missing"
    return _root_contradiction(seen, tree, head, start)


def kept_contradiction(tree: str) -> str:
    """How the log contradicts the newest note among the files outside the database; empty where it continues it.

    Cheap where that is the newest checkpoint of the table too. A file that is no note says nothing of the log.
    """
    note, last = anchor_files.newest(tree), newest(tree)
    if not note:
        return ""
    start = _frontier(last) if last is not None and last.note == note else None
    found = contradiction(note, tree, start=start)
    return "" if found.startswith("checkpoint-signature") else found


def head_of(note: str) -> Head:
    """The head that a note tells, its signatures not looked at. Raises MalformedNote."""
    return parse(parse_note(note)[0])


def _root_contradiction(seen: Head, tree: str, head: Frontier, start: Frontier | None) -> str:
    fits = start is not None and (start.size, start.root()) == (seen.size, seen.root)
    if start is not None and fits and _grown(start, tree, head.size).heads == head.heads:
        return ""
    at_seen = _grown(Frontier(), tree, seen.size)
    if at_seen.size != seen.size or at_seen.root() != seen.root:
        return f"checkpoint-root: the first {seen.size} entries of {tree} are not those that were signed"
    if _grown(at_seen, tree, head.size).heads != head.heads:
        return f"checkpoint-root: the head of {tree} is not that of its entries"
    return ""


def _grown(start: Frontier, tree: str, size: int) -> Frontier:
    """The frontier with the entries after it, as they are stored, up to a size."""
    found = Frontier(start.size, start.heads)
    rows = Entry.objects.filter(tree=tree, position__gte=start.size, position__lt=size).order_by("position")
    for hashed in rows.values_list("leaf_hash", flat=True).iterator(CHUNK):
        found.append(bytes(hashed))
    return found


def _is_news(last: Checkpoint, head: Frontier, moment: datetime, anyway: bool) -> bool:
    if last.size == head.size and last.time == moment:
        return False
    return anyway or last.size != head.size or last.time.date() != moment.date()


def _moment(tree: str, last: Checkpoint | None) -> datetime:
    """The clock's second, or its day (UTC); never before the newest checkpoint's."""
    now = clock.now().astimezone(UTC).replace(microsecond=0)
    if tells_days(tree):
        now = now.replace(hour=0, minute=0, second=0)
    return now if last is None else max(now, last.time)


def _head(tree: str, moment: datetime) -> Frontier:
    """The tree as it is; of one that tells days, what had been written before the day began."""
    if tells_days(tree):
        today = Entry.objects.filter(tree=tree, position__isnull=False, time__gte=moment)
        first = today.aggregate(first=Min("position"))["first"]
        if first is not None:
            return _grown(Frontier(), tree, first)
    return _stored(tree)


def _stored(tree: str) -> Frontier:
    row = Tree.objects.filter(name=tree).first()
    head = Frontier() if row is None else row.head
    if head is None:
        raise CheckpointContradicted(f"head-unreadable: the head of {tree} is none")
    return head


def _frontier(last: Checkpoint) -> Frontier | None:
    try:
        return Frontier.from_bytes(last.size, bytes(last.frontier))
    except ValueError:
        return None


def _kept(tree: str, head: Frontier, moment: datetime, note: str) -> Checkpoint:
    _, as_parameter = writing.parameters(connection)
    row = (tree, head.size, head.root(), as_parameter(moment), note, head.to_bytes())
    sql, values = writing.insert(connection, Checkpoint._meta.db_table, COLUMNS, [row])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'{sql} RETURNING "id"', values)
        return Checkpoint.objects.get(pk=cursor.fetchone()[0])
