"""A query that is made once gives what the same query made anew gives, whatever the values and whoever asks."""

from datetime import date, datetime, timedelta
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from audit.clock import now
from audit.prepared import Counting, Prepared, PreparedCounting, count_each, count_true
from audit.recorder import Who, act
from tests.audit.testapp.models import Folder, Note
from tests.harness.databases import RealDatabase

IN_FOLDER = Prepared(lambda pk: Note.objects.filter(folder=pk).select_related("folder").order_by("text"))


def written(who: Who) -> tuple[Folder, Folder]:
    """Two folders with three notes and one."""
    one, other = Folder(title="ett"), Folder(title="två")
    with act("note.written", who) as a:
        for number, folder in enumerate((one, one, one, other)):
            if not number or folder is other:
                a.save(folder)
            a.save(Note(folder=folder, text=f"n{number}", day=date(2026, 1, 1 + number), at=now(), blob=b"b"))
    return one, other


@pytest.mark.django_db
def test_it_gives_the_rows_of_the_query_with_what_comes_along(who: Who) -> None:
    one, other = written(who)
    for folder in (one, other, one):
        rows = IN_FOLDER(folder.pk)
        wanted = list(IN_FOLDER.query(folder.pk))
        assert [vars(row) | {"_state": None} for row in rows] == [
            vars(row) | {"_state": None} for row in wanted
        ]
        with CaptureQueriesContext(connection) as asked:
            assert {row.folder.title for row in rows} == {folder.title}
        assert not asked
    assert IN_FOLDER(uuid4()) == []


@pytest.mark.django_db
def test_what_is_left_out_and_what_is_added_are_as_in_the_query(who: Who) -> None:
    _one, other = written(who)
    early = Prepared(
        lambda day, at: (
            Note.objects.filter(day__lt=day, at__lte=at)
            .defer("blob")
            .annotate(
                is_alone=~Exists(Note.objects.filter(folder=OuterRef("folder")).exclude(pk=OuterRef("pk")))
            )
            .order_by("text")
        )
    )
    rows = early(date(2026, 2, 1), now() + timedelta(minutes=1))
    assert [(row.text, row.is_alone, row.get_deferred_fields()) for row in rows] == [
        (f"n{number}", number == 3, {"blob"}) for number in range(4)
    ]
    assert bytes(rows[0].blob) == b"b"
    assert rows[3].folder_id == other.pk
    assert [row.text for row in early(date(2026, 1, 2), now() + timedelta(minutes=1))] == ["n0"]
    assert early(date(2026, 2, 1), now() - timedelta(days=1)) == []


@pytest.mark.django_db
def test_as_many_values_as_there_are(who: Who) -> None:
    written(who)
    named = Prepared(lambda *texts: Note.objects.filter(text__in=texts).order_by("-text"))
    assert [row.text for row in named("n0", "n3")] == ["n3", "n0"]
    assert [row.text for row in named("n1")] == ["n1"]
    assert [row.text for row in named("n2", "finns inte")] == ["n2"]
    assert named() == []


@pytest.mark.django_db
def test_what_a_value_becomes_before_it_is_asked_cannot_be_kept() -> None:
    shouted = Prepared(lambda text: Note.objects.filter(text=text.upper() + "!"))
    with pytest.raises(TypeError, match="does not stand"):
        shouted("n1")
    with pytest.raises(TypeError, match="int cannot"):
        Prepared(lambda count: Note.objects.filter(count=count))(1)
    with pytest.raises(TypeError, match="NoneType cannot"):
        IN_FOLDER(None)


@pytest.mark.django_db
def test_the_statement_is_the_query_s_own() -> None:
    values: tuple[UUID, str, date, datetime] = (uuid4(), "n1", date(2026, 5, 6), now())
    every = Prepared(
        lambda pk, text, day, at: Note.objects.filter(folder=pk, text=text, day=day, at__gte=at, is_open=True)
    )
    for _again in range(2):
        sql, params = every.query(*values).query.get_compiler("default").as_sql()
        assert every.asked(*values) == (sql, tuple(params))


def test_another_thread_asks_by_its_own_connection(real_db: RealDatabase, who: Who) -> None:
    one, _other = written(who)
    found: list[int] = []

    def look() -> None:
        found.append(len(IN_FOLDER(one.pk)))
        connection.close()

    assert len(IN_FOLDER(one.pk)) == 3
    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3, 3, 3]


def test_a_lock_needs_a_transaction(real_db: RealDatabase) -> None:
    held = Prepared(lambda pk: Folder.objects.filter(pk=pk).select_for_update())
    if connection.features.has_select_for_update:
        with pytest.raises(TransactionManagementError):
            held(uuid4())
    else:
        assert held(uuid4()) == []


@pytest.mark.django_db
def test_numbers_are_those_of_the_queries_as_far_as_they_are_counted(who: Who) -> None:
    one, other = written(who)

    def say(folder: UUID, text: str) -> Counting:
        rows = Note.objects.filter(folder=folder)
        nothing = Note.objects.filter(pk__in=[])
        return count_each({"all": rows, "two": rows[:2], "named": rows.filter(text=text), "none": nothing})

    kept = PreparedCounting(say)
    for folder in (one, other, one):
        for text in ("n0", "n3"):
            numbers = say(folder.pk, text).numbers()
            assert kept(folder.pk, text) == numbers
            is_there = Note.objects.filter(folder=folder, text=text).count()
            both = {"all": 3, "two": 2} if folder is one else {"all": 1, "two": 1}
            assert numbers == {**both, "named": is_there, "none": 0}


@pytest.mark.django_db
def test_rows_are_gone_through_once_for_what_is_true_of_them(who: Who) -> None:
    one, other = written(who)

    def say(folder: UUID, day: date) -> Counting:
        return count_true(
            Note.objects.filter(folder=folder), {"early": Q(day__lt=day), "never": Q(pk__in=[])}
        )

    kept = PreparedCounting(say)
    for folder, number in ((one.pk, 2), (other.pk, 0), (uuid4(), 0)):
        assert kept(folder, date(2026, 1, 3)) == {"early": number, "never": 0}
    assert count_true(Note.objects.none(), {"early": Q(day__lt=date(2026, 1, 3))}).numbers() == {"early": 0}


@pytest.mark.django_db
def test_a_number_of_a_moment_cannot_be_kept() -> None:
    with pytest.raises(TypeError, match="does not stand"):
        PreparedCounting(
            lambda day: count_each({"late": Note.objects.filter(day__lt=day - timedelta(days=1))})
        )(date(2026, 1, 1))


@pytest.mark.django_db
def test_what_was_asked_is_kept_as_text_alone(who: Who) -> None:
    """The conditions are most of what a query holds, and as many are kept as there are sets of roles."""
    one, _other = written(who)
    kept = IN_FOLDER._made_for((one.pk,))
    assert kept is not None
    assert (kept.rows.query.where.children, kept.rows.query.order_by, kept.compiler.where) == ([], (), None)
    assert len(IN_FOLDER(one.pk)) == 3
