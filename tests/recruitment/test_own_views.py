"""Selections of one's own: kept by name, shared by address, nobody else's, and never what was searched for."""

from __future__ import annotations

from html import unescape
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.own_choices import MAILS, MOST_VIEWS
from vetting.recruitment.models import OwnChoices, SavedView

LIST = reverse("recruitment_list")


@pytest.fixture
def hr(world: World, client: Client) -> Client:
    """An HR officer with two recruitments in her list."""
    Walk(world, "assistant")
    Walk(world, "clerk", form="fixed_term")
    client.force_login(world.accounts["hr"])
    return client


def keep(client: Client, name: str, query: str = "?visa=alla&form=fixed_term") -> SavedView | None:
    """Keep the selection of the address under a name; None where it was not kept."""
    client.post(reverse("keep_view") + query, {"name": name, "once": uuid4()})
    return SavedView.objects.filter(name=name).first()


def test_a_selection_is_kept_opened_renamed_and_removed(world: World, hr: Client) -> None:
    assert reverse("keep_view") in hr.get(f"{LIST}?visa=alla&form=fixed_term").content.decode()
    before = Entry.objects.count()
    answer = hr.post(
        reverse("keep_view") + "?visa=alla&form=fixed_term&ordning=-vantat",
        {"name": "Visstid", "once": uuid4()},
    )
    view = SavedView.objects.get()
    assert view.filters == {"visa": "alla", "form": "fixed_term", "ordning": "-vantat"}
    page = hr.get(answer["Location"])
    assert [link.current for link in page.context["views"]] == [True]
    assert len(page.context["rows"]) == 1
    (listed,) = hr.get(reverse("own_views")).context["items"]
    assert hr.get(listed[1]).context["rows"][0]["recruitment"].form == "fixed_term"
    assert listed[2] == [
        "Flik: Alla",
        "Form: Visstidsanställning eller vikariat",
        "Ordning: längst väntan först",
    ]
    hr.post(f"{reverse('rename_own_view')}?urval={view.pk}", {"name": "Vikariat", "once": uuid4()})
    assert SavedView.objects.get().name == "Vikariat"
    hr.post(reverse("remove_own_view"), {"urval": str(view.pk)})
    hr.post(reverse("remove_own_view"), {"urval": str(view.pk)})
    assert not SavedView.objects.exists()
    assert Entry.objects.count() == before, "what one prefers is nobody's business, the log's neither"


def test_the_same_name_is_the_same_selection_and_there_is_an_end_to_them(hr: Client) -> None:
    keep(hr, "Min")
    keep(hr, "Min", "?visa=pausade")
    assert SavedView.objects.get().filters == {"visa": "pausade"}
    for number in range(MOST_VIEWS):
        keep(hr, f"Urval {number}")
    assert SavedView.objects.count() == MOST_VIEWS
    other = SavedView.objects.exclude(name="Min").first()
    assert other is not None
    answer = hr.post(f"{reverse('rename_own_view')}?urval={other.pk}", {"name": "min", "once": uuid4()})
    assert "Du har redan ett urval som heter så." in answer.content.decode()


def test_nothing_that_somebody_typed_is_kept(world: World, hr: Client) -> None:
    view = keep(hr, "Sökt", "?visa=alla&q=Testa+Persson&lage=draft&okand=19850101-2384")
    assert view is not None
    assert view.filters == {"visa": "alla", "lage": "draft"}
    page = hr.get(reverse("keep_view") + "?visa=alla&q=Testa+Persson")
    assert "Det du har skrivit i sökrutan sparas inte." in page.content.decode()
    for name in ("19850101-2384", "Anna 850101-2384"):
        assert keep(hr, name) is None


def test_nobody_reaches_anothers(world: World, hr: Client) -> None:
    view = keep(hr, "Min")
    assert view is not None
    for name in ("hr_head", "manager", "employee"):
        other = Client()
        other.force_login(world.accounts[name])
        if name == "employee":  # no list, so nothing to keep of it: back to one's own work
            for place in ("own_views", "keep_view"):
                assert other.get(reverse(place), {"form": "permanent"})["Location"] == reverse("work")
        else:
            assert other.get(reverse("own_views")).context["items"] == []
        other.post(f"{reverse('rename_own_view')}?urval={view.pk}", {"name": "Tagen", "once": uuid4()})
        other.post(reverse("remove_own_view"), {"urval": str(view.pk)})
        if name != "employee":
            assert other.get(LIST).context["views"] == []
    assert SavedView.objects.get().name == "Min"
    for broken in ("", "x", str(world.person_id("hr"))):
        assert hr.post(reverse("remove_own_view"), {"urval": broken}).status_code == 302
        assert hr.get(f"{reverse('rename_own_view')}?urval={broken}").status_code == 302


def test_where_nothing_is_chosen_there_is_nothing_to_keep(hr: Client) -> None:
    assert hr.get(reverse("keep_view"))["Location"] == LIST
    assert hr.get(reverse("keep_view"), {"form": "permanent"}).status_code == 200


def test_a_shared_address_shows_what_the_receiver_may_see(world: World, hr: Client) -> None:
    address = f"{LIST}?visa=alla&form=fixed_term"
    other = Client()
    other.force_login(world.accounts["other_manager"])
    assert len(hr.get(address).context["rows"]) == 1
    assert other.get(address).context["rows"] == []


def test_what_a_selection_says_that_is_not_known_any_more_is_left_out(world: World, hr: Client) -> None:
    odd = {"visa": "borttagen", "niva": "9", "q": "Persson", "form": "fixed_term"}
    person = world.person_id("hr")
    SavedView.objects.create(person_id=person, name="Gammal", filters=odd, created_on=world.today)
    SavedView.objects.create(person_id=person, name="Trasig", filters=["x"], created_on=world.today)
    page = hr.get(LIST)
    assert [link.url for link in page.context["views"]] == ["?visa=mina&form=fixed_term", "?visa=mina"]
    assert "Persson" not in unescape(hr.get(reverse("own_views")).content.decode())


def test_the_number_of_selections_costs_no_queries(world: World, hr: Client) -> None:
    counted = []
    for number in (1, 9):
        for each in range(number):
            keep(hr, f"Urval {number} {each}")
        with CaptureQueriesContext(connection) as caught:
            hr.get(LIST)
        counted.append(len(caught))
    assert counted[0] == counted[1] <= 12


def test_the_database_refuses_what_is_no_choice(world: World) -> None:
    for mail in ("", *MAILS):
        OwnChoices.objects.update_or_create(person_id=world.person_id("hr"), defaults={"mail": mail})
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnChoices.objects.update(mail="names")
    rows = [
        SavedView(person_id=world.person_id("hr"), name=name, filters={}, created_on=world.today)
        for name in ("Min", "MIN")
    ]
    rows[0].save()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows[1].save()
