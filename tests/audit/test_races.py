"""Eight writers at once, in real transactions."""

import threading
from collections import Counter
from uuid import uuid4

from django.db import connection, connections

from audit import integrity
from audit.errors import AlreadyDone, StaleRow
from audit.models import Entry, Tree
from audit.recorder import Who, act
from audit.sealer import seal_pending
from tests.audit.testapp.models import Note

WRITERS, ACTS = 8, 15


def together(*tasks) -> list[BaseException]:
    """Run the tasks at the same moment, each in its thread; the exceptions nobody expected."""
    failed, start = [], threading.Barrier(len(tasks))

    def run(task) -> None:
        try:
            start.wait()
            task()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def everything_is_in_order() -> None:
    assert list(map(str, integrity.findings())) == []
    sealed = list(Entry.objects.filter(tree="main").order_by("position").values_list("position", flat=True))
    assert sealed == list(range(len(sealed)))
    assert Tree.objects.get(name="main").size == len(sealed)


def test_writers_and_sealers_leave_a_dense_tree(real_db, who: Who) -> None:
    done = threading.Event()

    def writer() -> None:
        for n in range(ACTS):
            # Every third is sealed at once, as decisions are.
            with act("note.written", who, seal=n % 3 == 0) as a:
                a.save(Note(text="x", count=n))

    def sealer() -> None:
        while not done.wait(0.01):
            seal_pending()

    sealing = threading.Thread(target=lambda: (sealer(), connections.close_all()))
    if connection.vendor == "postgresql":
        sealing.start()
    failed = together(*[writer] * WRITERS)
    done.set()
    if sealing.ident:
        sealing.join()
    assert failed == []
    seal_pending()
    assert Entry.objects.count() == Note.objects.count() == Note.history.count() == WRITERS * ACTS
    everything_is_in_order()


def test_of_several_that_change_one_row_none_is_lost(real_db, who: Who) -> None:
    note = Note(text="x")
    with act("note.written", who) as a:
        a.save(note)
    outcomes: Counter[str] = Counter()

    def locked() -> None:
        with act("note.written", who) as a:
            mine = Note.objects.select_for_update().get(pk=note.pk)
            mine.count += 1
            a.save(mine)
        outcomes["written"] += 1

    def unlocked() -> None:
        try:
            with act("note.written", who) as a:
                mine = Note.objects.get(pk=note.pk)
                mine.count += 1
                a.save(mine)
            outcomes["written"] += 1
        except StaleRow:
            outcomes["stale"] += 1

    assert together(*[locked] * 4, *[unlocked] * 4) == []
    assert Note.objects.get().count == outcomes["written"] >= 4
    seal_pending()
    everything_is_in_order()


def test_a_form_sent_eight_times_is_done_once(real_db, who: Who) -> None:
    once = uuid4()
    outcomes: Counter[str] = Counter()

    def send() -> None:
        try:
            with act("note.written", who, once=once) as a:
                a.save(Note(text="x"))
            outcomes["done"] += 1
        except AlreadyDone:
            outcomes["already"] += 1

    assert together(*[send] * WRITERS) == []
    assert outcomes == {"done": 1, "already": WRITERS - 1}
    assert Note.objects.count() == Entry.objects.count() == 1
