"""*Min åtkomst*: for everybody, about oneself: what, why, since when, and what was taken away."""

from __future__ import annotations

import pytest
from django.test import Client

from audit.models import Entry
from tests.administration.proposals import confirmed, proposed
from tests.recruitment.visit import client_of
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.administration.actions.roles import locked_role, revoke_role
from vetting.recruitment.actions.declaration import give_declaration, set_recusal

PAGE = "/min-atkomst/"


def page_of(world: World, name: str) -> str:
    answer = client_of(world, name).get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_has_the_page_and_reaches_it_from_the_account_and_the_menu(world: World) -> None:
    for name in world.accounts:
        page_of(world, name)
    account = client_of(world, "employee").get("/konto/").content.decode()
    assert account.count(f'href="{PAGE}"') >= 2


def test_nobody_without_an_account(world: World) -> None:
    assert Client().get(PAGE).status_code == 302


def test_roles_with_dates_and_signatures(world: World) -> None:
    confirmed(world, proposed(world, place=world.units["school"]))
    page = page_of(world, "employee")
    assert "HR-handläggare för Utbildningsnämnden: Björkskolan från och med" in page
    assert "Föreslagen av Administrator, bekräftad av Hr Head." in page


def test_assignments_and_what_one_manages(world: World) -> None:
    walk = Walk(world, "assistant").open()
    reference = walk.case().recruitment.reference
    assert f"{reference} – Elevassistent" in page_of(world, "manager")
    officer = page_of(world, "hr")
    assert "Tilldelad som HR-handläggare av" in officer
    assert f'href="/rekryteringar/{walk.pk}/"' in officer
    assert reference not in page_of(world, "other_hr")


def test_what_follows_from_the_post(world: World) -> None:
    assert "Du får besluta enligt punkt 4.1 i delegationsordningen för Björkskolan" in page_of(
        world, "manager"
    )


def test_a_role_taken_away_is_told_with_when_by_whom_and_why(world: World) -> None:
    grant = confirmed(world, proposed(world))
    with locked_role(grant.pk) as fresh:
        revoke_role(fresh, by=world.actor("administrator"), reason="not_needed")
    page = page_of(world, "employee")
    assert "Borttagen av Administrator den" in page
    assert "Rollen behövs inte längre" in page


@pytest.mark.parametrize("own", [True, False])
def test_a_conflict_of_interest_is_told_only_where_one_said_it_oneself(world: World, own: bool) -> None:
    """One that others found would tell whose recruitment a relative is in."""
    walk = Walk(world, "assistant").open()
    if own:
        give_declaration(walk.case(), by=world.actor("hr"), interest="Vi har arbetat ihop.")
    else:
        reason = "Arbetar nära en av de sökande."
        by = world.actor("hr_head")
        set_recusal(walk.case(), by=by, person_id=world.person_id("hr"), reason=reason)
    page = page_of(world, "hr")
    assert ("Du har anmält jäv" in page) is own
    assert (walk.case().recruitment.reference in page) is own
    assert f'href="/rekryteringar/{walk.pk}/"' not in page


def test_reading_it_writes_nothing(world: World) -> None:
    client = client_of(world, "hr")
    before = Entry.objects.count()
    client.get(PAGE)
    assert Entry.objects.count() == before
