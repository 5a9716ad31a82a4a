"""Search by number: a purpose, an entry before the answer, one reply for the hidden and the unknown."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.crypto import blind_index
from vetting.policy.numbers import check_digit, parse
from vetting.recruitment import search_index
from vetting.recruitment.actions.candidacy import INDEX_PURPOSE
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.queries import search as query

URL = "/rekryteringar/sok/"
NINE = "811228987"
NUMBER = f"19{NINE[:6]}-{NINE[6:]}{check_digit(NINE)}"
OTHER = f"19811228-988{check_digit('811228988')}"


@pytest.fixture
def walk(world: World) -> Walk:
    """An open recruitment of the HR officer's, with a finalist whose number is in the index."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    search_index.store(finalist, blind_index.digest(INDEX_PURPOSE, NUMBER.replace("-", "")))
    return walk


def ask(world: World, name: str, number: str = NUMBER, purpose: str = "perform_check") -> Any:
    return client_of(world, name).post(URL, filled(number=number, purpose=purpose))


def test_it_finds_ones_own_and_writes_first(walk: Walk) -> None:
    answer = ask(walk.world, "hr")
    page = answer.content.decode()
    assert walk.case().recruitment.reference in page
    assert "Testa Persson" not in page
    assert NUMBER not in page
    entry = Entry.objects.get(action="candidacy.number_searched")
    assert entry.facts["count"] == 1
    assert entry.purpose == "perform_check"
    assert NUMBER[:8] not in bytes(entry.leaf).decode()


def test_however_it_is_written(walk: Walk) -> None:
    for number in (NUMBER[2:], NUMBER.replace("-", ""), f" {NUMBER} "):
        assert walk.case().recruitment.reference in ask(walk.world, "hr", number).content.decode()


def test_the_hidden_and_the_unknown_get_the_same_reply(walk: Walk) -> None:
    def reply(name: str, number: str) -> str:
        page = ask(walk.world, name, number).content.decode()
        return page.split("<main", 1)[1].split("<form", 1)[0]

    hidden = reply("hr_head", NUMBER)
    assert hidden == reply("hr_head", OTHER)
    assert "Inget att visa" in hidden
    give_declaration(walk.case(), by=walk.world.actor("hr"), interest="Vi har arbetat ihop.")
    assert reply("hr", NUMBER) == reply("hr", OTHER)
    assert reply("other_hr", NUMBER) == reply("other_hr", OTHER)


def test_a_protected_finalist_is_never_found(walk: Walk) -> None:
    case, hr = walk.case(), walk.world.actor("hr")
    assert query.candidacies_with(hr, parse(NUMBER))
    mark_protected(
        case, by=hr, candidacy=case.candidacies[0], alias="Björk", kept_at="Kassaskåp 2",
        handlers=[hr.person_id],
    )  # fmt: skip
    assert not query.candidacies_with(hr, parse(NUMBER))
    assert "Inget att visa" in ask(walk.world, "hr").content.decode()


def test_a_purpose_is_required_and_a_fault_told_by_the_field(walk: Walk) -> None:
    assert "Välj ett alternativ" in ask(walk.world, "hr", purpose="").content.decode()
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    page = ask(walk.world, "hr", wrong).content.decode()
    assert "sista siffran" in page
    assert wrong in page
    assert "finns inte" in ask(walk.world, "hr", "19810231-1234").content.decode()
    assert not Entry.objects.filter(action="candidacy.number_searched").exists()


def test_the_number_is_never_taken_from_the_address(walk: Walk) -> None:
    page = client_of(walk.world, "hr").get(f"{URL}?number={NUMBER}&purpose=perform_check").content.decode()
    assert walk.case().recruitment.reference not in page
    assert f'value="{NUMBER}"' not in page


def test_only_those_with_the_permission(world: World) -> None:
    for name in ("manager", "security_one", "auditor", "administrator", "employee"):
        assert client_of(world, name).get(URL).status_code == 404, name


def test_there_is_a_limit(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting.recruitment.views.search.PER_HOUR", 2)
    assert ask(walk.world, "hr").status_code == 200
    assert ask(walk.world, "hr", OTHER).status_code == 200
    answer = ask(walk.world, "hr")
    assert answer.status_code == 429
    assert Entry.objects.filter(action="candidacy.number_searched").count() == 2


def test_at_most_ten_queries(walk: Walk, django_assert_max_num_queries: Any) -> None:
    client = client_of(walk.world, "hr")
    client.get(URL)
    with django_assert_max_num_queries(16) as counted:
        client.post(URL, filled(number=NUMBER, purpose="perform_check"))
    outside = [
        q for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
    ]
    assert len(outside) <= 10, "\n".join(q["sql"][:110] for q in outside)
