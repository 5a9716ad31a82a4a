"""What the owner of the database and of the server can do to entries, trees and checkpoints, the triggers dropped."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from audit import slots, state
from audit.merkle import Frontier
from audit.models import Checkpoint, Entry, Tree
from audit.recorder import record
from audit.sealer import seal_pending
from tests.audit.tampering.scene import Hands, Told
from tests.audit.tampering.synthetic import dumps

HISTORY = "audit_tests_historicalnote"


def entry_removed_and_renumbered(hands: Hands) -> list[Told]:
    entry = hands.entry()
    following = hands.at(entry.position + 1)
    hands.remove(entry)
    hands.sql(
        "UPDATE audit_entry SET position = -position WHERE tree = 'main' AND position > %s", entry.position
    )
    hands.sql("UPDATE audit_entry SET position = -position - 1 WHERE position < 0")
    hands.regrow()
    return [Told("seal-wrong", f"entry {following.id}")]


def entry_removed(hands: Hands) -> list[Told]:
    entry = hands.entry()
    following = hands.at(entry.position + 1)
    hands.remove(entry)
    return [Told("position-gap", f"entry {following.id}")]


def last_entries_dropped(hands: Hands) -> list[Told]:
    size = Tree.objects.get(name="main").size
    count = hands.drawn.randrange(1, 10)
    for entry in Entry.objects.filter(tree="main", position__gte=size - count):
        hands.remove(entry)
    hands.regrow()
    return [Told("mark-behind", "main", f"{count} of {size} entries are missing")]


def older_copy_put_back(hands: Hands) -> list[Told]:
    """The database goes on for a while, then an earlier copy of it is put back: the state outside knows better."""
    size, count = Tree.objects.get(name="main").size, hands.drawn.randrange(1, 200)
    with transaction.atomic():
        for _ in range(count):
            record("note.read", hands.scene.who, seal=True)
        seal_pending()
        row = Tree.objects.get(name="main")
        state.advance("main", Frontier.from_bytes(row.size, bytes(row.frontier)))
        transaction.set_rollback(True)
    return [Told("mark-behind", "main", f"{count} of {size + count} entries are missing")]


def rewritten_with_the_signing_key(hands: Hands) -> list[Told]:
    """Everything the server has is used: other words, new hashes, head, checkpoints, anchors and mark."""
    entry = hands.entry(lambda e: e.position < 128 and "facts" in e.content)
    hands.reseal(entry, hands.rewrite(entry, facts={"reference": "RK-0"}))
    head = hands.regrow()
    hands.resign()
    _anchors_gone()
    _mark(head)
    return [Told("seal-wrong", f"entry {entry.id}")]


def tail_rewritten(hands: Hands) -> list[Told]:
    """After the newest checkpoint and in the epoch of the current key: only the mark tells."""
    newest = Checkpoint.objects.filter(tree="main").latest("id").size
    first = max(newest, hands.current()[0] * state.EPOCH_SIZE)
    size = Tree.objects.get(name="main").size
    entry = hands.at(hands.drawn.randrange(first, size))
    hands.reseal(entry, hands.rewrite(entry, role="administrator"))
    hands.sql("UPDATE audit_entry SET actor_role = 'administrator' WHERE id = %s", entry.id)
    hands.regrow()
    return [Told("mark-root", "main", f"the first {size} entries are not those")]


def sealed_again_with_the_current_key(hands: Hands) -> list[Told]:
    """As journald's sealing was broken: what is old, sealed with what is new."""
    entry = hands.entry(lambda e: e.position < hands.current()[0] * state.EPOCH_SIZE)
    for later in Entry.objects.filter(tree="main", position__gt=entry.position):
        hands.reseal(later, bytes(later.leaf_hash))
    hands.reseal(entry, hands.rewrite(entry, role="administrator"))
    hands.sql("UPDATE audit_entry SET actor_role = 'administrator' WHERE id = %s", entry.id)
    _mark(hands.regrow())
    hands.resign()
    _anchors_gone()
    return [Told("seal-wrong", f"entry {entry.id}")]


def forked(hands: Hands) -> list[Told]:
    row = hands.drawn.choice(list(Checkpoint.objects.filter(tree="main")))
    root = hands.drawn.randbytes(32)
    number = Checkpoint.objects.latest("id").pk + 1
    hands.copy_row(
        "audit_checkpoint", "id", row.pk,
        id=number, note=hands.note("main", row.size, root), root=root, time="2031-01-01 00:00:00",
    )  # fmt: skip
    return [
        Told("fork", "main", f"{row.size} entries"),
        Told("checkpoint-root", f"checkpoint {number}", f"the first {row.size}"),
    ]


def places_exchanged(hands: Hands) -> list[Told]:
    one = hands.entry()
    other = hands.drawn.choice([e for e in Entry.objects.filter(tree="main") if e.id != one.id])
    for position, entry in ((-1, one), (one.position, other), (other.position, one)):
        hands.sql("UPDATE audit_entry SET position = %s WHERE id = %s", position, entry.id)
    hands.regrow()
    return [Told("seal-wrong", f"entry {one.id}"), Told("seal-wrong", f"entry {other.id}")]


def time_changed(hands: Hands) -> list[Told]:
    entry = hands.entry()
    hands.rewrite(entry, time="2026-01-07T07:59:59.000000Z")
    hands.sql("UPDATE audit_entry SET time = %s WHERE id = %s", "2026-01-07 07:59:59", entry.id)
    hands.regrow()
    return [Told("seal-wrong", f"entry {entry.id}")]


def columns_not_as_leaf(hands: Hands) -> list[Told]:
    entry = hands.entry()
    name, change = hands.drawn.choice(
        [("role", "actor_role = 'registrar'"), ("person", "actor_person = NULL"), ("action", "action = 'note.red'"),
         ("purpose", "purpose = 'annat'"), ("account", "actor_account = NULL")]
    )  # fmt: skip
    hands.sql(f"UPDATE audit_entry SET {change} WHERE id = %s", entry.id)
    return [Told("entry-changed", f"entry {entry.id}", name)]


def seal_forged(hands: Hands) -> list[Told]:
    entry = hands.entry()
    seal = hands.drawn.choice([hands.drawn.randbytes(32), bytes(hands.at(entry.position + 1).seal)])
    hands.sql("UPDATE audit_entry SET seal = %s WHERE id = %s", seal, entry.id)
    return [Told("seal-wrong", f"entry {entry.id}")]


def waiting_entry_forged(hands: Hands) -> list[Told]:
    """An entry that waits for its place in the tree, with a tag that is not the service's."""
    number, _ = _entry_forged(hands, {}, position=None, seal=None, tag=hands.drawn.randbytes(32))
    return [Told("tag-wrong", f"entry {number}")]


def checkpoint_removed_or_edited(hands: Hands) -> list[Told]:
    row = hands.drawn.choice(list(Checkpoint.objects.filter(tree="main")))
    if hands.drawn.random() < 0.5:
        hands.sql("DELETE FROM audit_anchor WHERE checkpoint_id = %s", row.pk)
        hands.sql("DELETE FROM audit_checkpoint WHERE id = %s", row.pk)
        name = next(path.name for path in _anchors() if path.read_text() == row.note)
        return [Told("checkpoint-missing", name)]
    note = row.note.replace(f"\n{row.size}\n", f"\n{row.size - 1}\n")
    hands.sql("UPDATE audit_checkpoint SET note = %s WHERE id = %s", note, row.pk)
    return [Told("checkpoint-signature", f"checkpoint {row.pk}")]


def restart_forged(hands: Hands) -> list[Told]:
    """A second generation of the log, begun by nobody: its first entry tells of an end that was none."""
    facts = {"tree": "main", "count": hands.drawn.randrange(1, 200), "digest": "00" * 32, "result": "asked"}
    told = {"tree": "main.2", "action": "log.restarted", "facts": facts}
    number, hashed = _entry_forged(
        hands, told, position=0, seal=hands.drawn.randbytes(32), tree="main.2", action="log.restarted"
    )
    hands.sql("INSERT INTO audit_tree (name, size, frontier) VALUES ('main.2', 1, %s)", hashed)
    return [Told("restart-unanchored", f"entry {number}")]


def _entry_forged(hands: Hands, told: dict[str, Any], **columns: object) -> tuple[int, bytes]:
    """Insert an entry made after another; its number and its leaf's hash."""
    entry, event = hands.entry(), uuid4()
    number = Entry.objects.latest("id").id + 1
    content = {**entry.content, "id": number, "event": str(event), **told}
    content.pop("rows", None)
    content.pop("once", None)
    leaf = dumps(content).encode()
    hashed = sha256(b"\x00" + leaf).digest()
    made = {"id": number, "event_id": event, "leaf": leaf, "leaf_hash": hashed, "once": None}
    hands.copy_row("audit_entry", "id", entry.id, **made, **columns)
    return number, hashed


def _anchors() -> list[Path]:
    return sorted((Path(settings.LOG_STATE) / "anchors").glob("main-*.note"))


def _anchors_gone() -> None:
    for path in _anchors():
        path.unlink()


def _mark(head: Frontier) -> None:
    """Make the state outside say that this is how far the log has come."""
    with slots.held(f"{settings.LOG_STATE}/main.mark") as handle:
        slots.write(handle, head.size, head.root().hex(), everywhere=True)
