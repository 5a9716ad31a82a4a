"""*Får jag boka?*: yes or no with a date, among those one may book, and nothing else about anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import clock
from audit.models import Entry
from tests.recruitment.pool import ASK, NAME, answer_to, booker, check_of, cleared, revoke, told
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.models import PoolBooker

NOBODY = "Nej Ingen med det namnet eller den referensen är klar för pool här."


def test_yes_with_the_last_day(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    for asked in (
        NAME,
        "vilma  VIKARIESSON",
        "Vikariesson Vilma",
        clearance.reference,
        clearance.reference.lower(),
    ):
        answer = answer_to(world, "manager", asked)
        assert answer.startswith("Ja Till och med"), asked
        assert clearance.reference in answer


def test_a_booker_sees_that_and_nothing_else(world: World) -> None:
    walk, finalist, _clearance = cleared(world)
    booker(world)
    assert answer_to(world, "booker", NAME).startswith("Ja")
    client = client_of(world, "booker")
    for url in (
        "/klar-for-pool/",
        f"/rekryteringar/{walk.pk}/",
        f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/klar-for-pool/",
    ):
        answer = client.get(url)
        assert walk.case().recruitment.reference not in answer.content.decode()
    assert client.get(f"/rekryteringar/{walk.pk}/").status_code == 404


def test_at_midnight_it_is_no_with_the_date(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    last = clearance.until
    before = datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=STOCKHOLM).astimezone(UTC)
    with clock.at(before):
        assert answer_to(world, "manager", NAME).startswith("Ja Bara i dag")
    with clock.at(before + timedelta(seconds=1)):
        answer = answer_to(world, "manager", NAME)
    assert answer.startswith("Nej Senaste dag var")
    assert str(last.day) in answer
    # Lapsing is judged when asked: nothing was written by it.
    assert type(clearance).objects.get().state == "valid"


def test_the_unknown_the_revoked_and_those_of_other_units_get_one_and_the_same_reply(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    booker(world, "other_booker", "school_two")
    assert answer_to(world, "other_booker", NAME).startswith(NOBODY)
    assert answer_to(world, "other_booker", clearance.reference).startswith(NOBODY)
    unknown = answer_to(world, "manager", "Okänd Person")
    revoke(walk, finalist)
    assert answer_to(world, "manager", NAME) == unknown
    assert unknown == answer_to(world, "other_booker", NAME)


@pytest.mark.parametrize("state", ["to_assess", "in_progress", "not_started"])
def test_a_check_that_no_longer_stands_is_no_at_once_and_without_a_reason(world: World, state: str) -> None:
    walk, finalist, _clearance = cleared(world)
    check = check_of(walk, finalist, "references")
    check.state = state
    put(check, "check.begun")
    assert answer_to(world, "manager", NAME).startswith(NOBODY)


def test_nor_while_the_recruitment_is_on_hold(world: World) -> None:
    walk, _finalist, _clearance = cleared(world)
    hold_recruitment(walk.case(), by=world.actor("hr"), reason="holidays")
    assert answer_to(world, "manager", NAME).startswith(NOBODY)


def test_a_protected_identity_is_never_found(world: World) -> None:
    walk, finalist, clearance = cleared(world)
    case = walk.case()
    mark_protected(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), alias="Björk", kept_at="Kassaskåp 2",
        handlers=[world.person_id("hr")],
    )  # fmt: skip
    for asked in (NAME, clearance.reference, "Björk"):
        assert answer_to(world, "manager", asked).startswith(NOBODY)


def test_namesakes_are_told_apart_by_reference_even_where_one_may_not_be_booked(world: World) -> None:
    _walk, _finalist, first = cleared(world)
    walk, finalist, second = cleared(world)
    check = check_of(walk, finalist, "references")
    check.state = "in_progress"
    put(check, "check.begun")
    assert answer_to(world, "manager", NAME).startswith("Vem menar du?")
    assert answer_to(world, "manager", first.reference).startswith("Ja")
    assert answer_to(world, "manager", second.reference).startswith(NOBODY)


def test_every_question_is_recorded_before_its_answer_and_nobody_is_named_in_it(world: World) -> None:
    cleared(world)
    for asked in (NAME, "Okänd Person"):
        answer_to(world, "manager", asked)
    entries = list(Entry.objects.filter(action="pool_clearance.looked_up"))
    assert [entry.facts for entry in entries] == [{"role": "hiring_manager", "unit": "Björkskolan"}] * 2
    assert entries[0].subject == entries[1].subject
    assert not any(b"Vilma" in bytes(entry.leaf) for entry in entries)


def test_the_name_is_never_taken_from_the_address(world: World) -> None:
    cleared(world)
    page = client_of(world, "manager").get(f"{ASK}?who={NAME}").content.decode()
    assert not told(page)
    assert not Entry.objects.filter(action="pool_clearance.looked_up").exists()


def test_whoever_tries_many_is_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting.recruitment.views.pool.LOOKUPS_PER_HOUR", 2)
    client = client_of(world, "manager")
    for number in range(2):
        assert client.post(ASK, filled(who=f"Namn Nummer{number}")).status_code == 200
    assert client.post(ASK, filled(who=NAME)).status_code == 429
    assert Entry.objects.filter(action="pool_clearance.looked_up").count() == 2


def test_a_personal_number_is_refused_and_not_recorded(world: World) -> None:
    page = client_of(world, "manager").post(ASK, filled(who="19811228-9874"))
    assert "Personnummer behövs inte" in page.content.decode()
    assert not Entry.objects.filter(action="pool_clearance.looked_up").exists()


def test_the_reference_of_a_recruitment_is_told_from_a_persons(world: World) -> None:
    walk, _finalist, _clearance = cleared(world)
    client, reference = client_of(world, "manager"), walk.case().recruitment.reference
    for asked in (reference, reference.lower(), reference.replace("-", " ")):
        page = client.post(ASK, filled(who=asked)).content.decode()
        assert "Det är en rekryterings referens" in page, asked
        assert "listan Klar för pool" in page
    assert not Entry.objects.filter(action="pool_clearance.looked_up").exists()
    assert client.post(ASK, filled(who="Rut Rask")).status_code == 200


def test_an_assignment_that_is_over_asks_nothing(world: World) -> None:
    cleared(world)
    pk = booker(world, valid_from=world.today - timedelta(days=9), valid_to=world.today - timedelta(days=1))
    page = client_of(world, "booker").post(ASK, filled(who=NAME)).content.decode()
    assert "inget uppdrag att boka" in page
    assert not told(page)
    row = PoolBooker.objects.get(pk=pk)
    assert not row.holds_on(world.today)


def test_the_same_number_of_queries_for_one_and_for_many(world: World) -> None:
    _walk, _finalist, clearance = cleared(world)
    client = client_of(world, "manager")

    def cost(asked: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client.post(ASK, filled(who=asked))
        return len(
            [q for q in seen.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
        )

    cost(NAME)
    one = cost(NAME)
    cleared(world, "Annan Vikarie")
    assert cost(NAME) == one
    assert cost(clearance.reference) == one - 1, "nobody has to be found by name first"
    assert one <= 14


def test_a_name_leads_to_its_clearances_by_an_index(world: World) -> None:
    """Not through every clearance of the units, however many there are: what is asked, as the database plans it."""
    cleared(world)
    with CaptureQueriesContext(connection) as seen:
        answer_to(world, "manager", NAME)
    named = [
        q["sql"] for q in seen.captured_queries if q["sql"].startswith("SELECT") and "nameindex" in q["sql"]
    ]
    found = [q["sql"] for q in seen.captured_queries if 'FROM "recruitment_poolclearance"' in q["sql"]]
    assert (len(named), len(found)) == (1, 1)
    assert "nameindex" not in found[0], "whoever is called so is read first"
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in (*named, *found):
            cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + sql)
            plans.append(" ".join(str(row) for row in cursor.fetchall()))
    assert "name_index_digest" in plans[0]
    assert any(name in plans[1] for name in ("one_clearance_per_finalist", "poolclearance_candidacy")), plans[
        1
    ]
    assert "clearance_by_unit" not in plans[1], plans[1]
