"""Search by name: as she says it on the telephone, among one's own, written first, and nobody opened."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.models import NameIndex
from vetting.recruitment.queries.search import candidacies_called
from vetting.recruitment.search_index import bound, digest_of_called

EVENT = "candidacy.name_searched"
NAME = "Éva-Lena Maria Ängskog"
OTHER = "Eva-Lena Maria Angskog"


@pytest.fixture
def walk(world: World) -> Walk:
    """An open recruitment with one finalist, of an ordinary post: nobody is booked from a pool for it."""
    walk = Walk(world, "assistant").open()
    walk.finalist(NAME)
    return walk


def ask(world: World, name: str, wanted: str = NAME, purpose: str = "contact_candidate") -> Any:
    return client_of(world, name).post(reverse("search_name"), filled(name=wanted, purpose=purpose))


def reply(world: World, name: str, wanted: str) -> str:
    """What stands above the form."""
    page: str = ask(world, name, wanted).content.decode()
    return page.split("<main", 1)[1].split("<form", 1)[0]


@pytest.mark.parametrize("who", ["hr", "manager"])
def test_it_finds_ones_own_and_writes_first(walk: Walk, who: str) -> None:
    page = ask(walk.world, who).content.decode()
    assert walk.case().recruitment.reference in page
    assert "Ängskog" not in page
    assert "Flera kan heta så" in page
    entry = Entry.objects.get(action=EVENT)
    assert entry.facts["count"] == 1
    assert entry.purpose == "contact_candidate"
    assert "ngskog" not in bytes(entry.leaf).decode()


@pytest.mark.parametrize(
    "said",
    [
        "éva-lena maria ängskog",
        "EVA LENA MARIA ÄNGSKOG",
        "Eva Ängskog",
        "  Eva   Ängskog ",
        "Ängskog Eva",
        "Ängskog, Eva",
        "ÄNGSKOG, Éva-Lena Maria",
        "E\N{COMBINING ACUTE ACCENT}va A\N{COMBINING DIAERESIS}ngskog",
        "Eva\N{NO-BREAK SPACE}Ængskog",
    ],
)
def test_however_it_is_said(walk: Walk, said: str) -> None:
    (found,) = candidacies_called(walk.world.actor("hr"), said)
    assert found.recruitment_id == walk.pk


@pytest.mark.parametrize("said", ["Eva", "Ängskog", "Eva Angskog", "Eva Äng", "Lena Ängskog", "-", ","])
def test_another_name_is_not_hers(walk: Walk, said: str) -> None:
    assert candidacies_called(walk.world.actor("hr"), said) == []


def test_the_hidden_and_the_unknown_get_the_same_reply(walk: Walk) -> None:
    hidden = reply(walk.world, "hr_head", NAME)
    assert hidden == reply(walk.world, "hr_head", OTHER)
    assert "Inget att visa" in hidden
    for name in ("other_hr", "other_manager"):
        assert reply(walk.world, name, NAME) == reply(walk.world, name, OTHER), name
    give_declaration(walk.case(), by=walk.world.actor("hr"), interest="Vi har arbetat ihop.")
    assert reply(walk.world, "hr", NAME) == reply(walk.world, "hr", OTHER)


def test_the_hidden_and_the_unknown_ask_the_database_the_same(
    walk: Walk, django_assert_max_num_queries: Any
) -> None:
    actor = walk.world.actor("other_hr")
    asked = []
    for wanted in (NAME, OTHER):
        with django_assert_max_num_queries(6) as counted:
            assert candidacies_called(actor, wanted) == []
        asked.append(len(counted.captured_queries))
    assert asked[0] == asked[1]


def test_a_protected_finalist_is_never_found(walk: Walk) -> None:
    case, hr = walk.case(), walk.world.actor("hr")
    assert candidacies_called(hr, NAME)
    mark_protected(
        case, by=hr, candidacy=case.candidacies[0], alias="Björk", kept_at="Kassaskåp 2",
        handlers=[hr.person_id],
    )  # fmt: skip
    assert not NameIndex.objects.exists()
    assert not candidacies_called(hr, NAME)
    assert not candidacies_called(hr, "Björk")
    called, pk = digest_of_called(NAME), case.candidacies[0].pk
    NameIndex.objects.create(candidacy_id=pk, called=called, bound=bound(pk, None, called))
    assert not candidacies_called(hr, NAME), "not even by a digest that was left"


def test_a_name_that_is_mended_is_the_one_that_is_found(walk: Walk) -> None:
    case, hr = walk.case(), walk.world.actor("hr")
    edit_candidacy(case, by=hr, candidacy=case.candidacies[0], name="Eva Ängsko")
    assert candidacies_called(hr, "Eva Ängsko")
    assert not candidacies_called(hr, NAME)


def test_namesakes_are_all_told_of(walk: Walk) -> None:
    walk.finalist("Eva Ängskog")
    page = ask(walk.world, "hr", "Eva Ängskog").content.decode()
    assert Entry.objects.get(action=EVENT).facts["count"] == 2
    assert "?k=K1" in page
    assert "?k=K2" in page


def test_no_name_is_stored_or_opened(walk: Walk) -> None:
    about_her = Entry.objects.filter(subject=walk.pk)
    before = about_her.count()
    kept = NameIndex.objects.get()
    assert kept.digest is None, "the whole name is kept of nobody but those who are booked from a pool"
    assert len(bytes(kept.called)) == 32
    assert b"ngskog" not in pickle.dumps(list(NameIndex.objects.values())).lower()
    ask(walk.world, "hr")
    assert Entry.objects.filter(action=EVENT).exists()
    assert about_her.count() == before, "the search is an entry of its own; no finalist was read"


def test_a_purpose_is_required_and_what_was_typed_stays(walk: Walk) -> None:
    answer = ask(walk.world, "hr", purpose="")
    assert answer.status_code == 422
    assert "Välj ett alternativ" in answer.content.decode()
    assert f'value="{NAME}"' in answer.content.decode()
    wrong = ask(walk.world, "hr", "Eva 19811228-9874").content.decode()
    assert "Här söks inte på personnummer" in wrong
    assert not Entry.objects.filter(action=EVENT).exists()
    assert f'value="{OTHER}"' in ask(walk.world, "hr", OTHER).content.decode(), "to be spelt another way"


def test_the_name_is_never_taken_from_the_address(walk: Walk) -> None:
    query = {"name": NAME, "purpose": "contact_candidate"}
    answer = client_of(walk.world, "hr").get(reverse("search_name"), query)
    assert walk.case().recruitment.reference not in answer.content.decode()
    assert NAME not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert not Entry.objects.filter(action=EVENT).exists()


def test_only_those_with_the_permission(walk: Walk) -> None:
    assert client_of(walk.world, "manager").get(reverse("search_name")).status_code == 200
    for name in ("security_one", "auditor", "administrator", "registrar", "employee"):
        assert ask(walk.world, name).status_code == 404, name


def test_each_sees_the_searches_she_may_make(walk: Walk) -> None:
    number, name = (f'href="{reverse(each)}"' for each in ("search_number", "search_name"))
    assert number in ask(walk.world, "hr").content.decode()
    assert name in client_of(walk.world, "hr").get(reverse("search_number")).content.decode()
    assert number not in ask(walk.world, "manager").content.decode()


@pytest.mark.parametrize("typed", ["", "finnsinte"])
def test_the_list_says_where_people_are_searched(walk: Walk, typed: str) -> None:
    """Also before anything is typed: she who telephones waits, and no list finds a name."""
    address = reverse("recruitment_list")
    said = f'Söker du en person? <a class="ds-link" href="{reverse("search_name")}">'
    assert said in client_of(walk.world, "hr").get(address, {"q": typed}).content.decode()
    assert said not in client_of(walk.world, "registrar").get(address, {"q": typed}).content.decode()


def test_numbers_and_names_share_one_limit(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetting.recruitment.views.search.PER_HOUR", 2)
    number = filled(number="19811228-9874", purpose="perform_check")
    assert client_of(walk.world, "hr").post(reverse("search_number"), number).status_code == 200
    assert ask(walk.world, "hr").status_code == 200
    answer = ask(walk.world, "hr")
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Vänta 60 minuter" in page
    assert "lösenordet" not in page  # which nobody was asked for
    assert Entry.objects.filter(action=EVENT).count() == 1


def test_at_most_ten_queries(walk: Walk, django_assert_max_num_queries: Any) -> None:
    client = client_of(walk.world, "hr")
    client.get(reverse("search_name"))
    with django_assert_max_num_queries(16) as counted:
        client.post(reverse("search_name"), filled(name=NAME, purpose="contact_candidate"))
    outside = [
        q for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
    ]
    assert len(outside) <= 10, "\n".join(q["sql"][:110] for q in outside)
