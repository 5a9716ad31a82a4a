"""Units: laid up under an authority or a company, edited where they stand, found by name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.administration.tree import edited, press_confirm
from tests.recruitment.visit import client_of, filled
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.administration.actions.units import NewAuthority, NewUnit, create_authority, create_unit
from vetting.organisation.models import Authority, Organisation, Unit
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.actions.position import create_position
from vetting.recruitment.engine.progress import required

LIST, NEW, BODY = "/behorigheter/enheter/", "/behorigheter/enheter/ny/", "/behorigheter/enheter/ny-myndighet/"


def lay_up(world: World, name: str, place: Any, **more: Any) -> Any:
    sent = filled(name=name, place=str(place.pk), valid_from=str(world.today), **more)
    return client_of(world, "administrator", fresh=True).post(NEW, sent)


def test_a_unit_is_laid_up_under_another_with_the_workplaces_profiles(world: World) -> None:
    assert lay_up(world, "Fritids Björken", world.units["school"], profiles=["school"]).status_code == 302
    unit = Unit.objects.get(name="Fritids Björken")
    assert (unit.authority, unit.parent, unit.path) == (
        world.authority,
        world.units["school"],
        "0001.0001.0001.",
    )
    assert unit.profiles == ["school"]
    entry = Entry.objects.get(action="unit.created")
    assert (entry.subject, entry.actor_role) == (unit.pk, "administrator")


def test_at_the_top_of_an_authority_it_takes_the_next_place(world: World) -> None:
    assert lay_up(world, "Vuxenutbildningen", world.authority).status_code == 302
    unit = Unit.objects.get(name="Vuxenutbildningen")
    assert (unit.parent, unit.path, unit.authority) == (None, "0003.", world.authority)


def test_whoever_has_a_role_above_reaches_what_is_laid_up_below(world: World) -> None:
    lay_up(world, "Fritids Björken", world.units["school"])
    unit = Unit.objects.get(name="Fritids Björken")
    made = create_position(
        by=world.actor("hr"), unit=unit, title="Fritidsledare", profiles=[], answers={}, form="permanent"
    )
    assert made.unit == unit
    page = client_of(world, "manager").get(reverse("position_list")).content.decode()
    assert "Fritidsledare" in page


@pytest.mark.parametrize("name", ["", "   ", "TALLEN"])
def test_an_empty_name_or_one_that_stands_there_already_is_told_of(world: World, name: str) -> None:
    assert lay_up(world, "Tallen", world.units["school"]).status_code == 302
    before = Unit.objects.count()
    assert lay_up(world, name, world.units["school"]).status_code == 422
    assert Unit.objects.count() == before
    # Elsewhere a unit may be called the same.
    assert lay_up(world, "Tallen", world.units["school_two"]).status_code == 302


def test_profiles_that_belong_to_posts_are_refused(world: World) -> None:
    for code in ("procurement", "security_vetting_required", "base", "nonsense"):
        with pytest.raises(BadInput):
            create_unit(
                NewUnit(world.authority, None, "Enheten", (code,), world.today),
                by=world.actor("administrator"),
            )


def test_nothing_is_laid_up_in_another_authoritys_unit(world: World) -> None:
    wanted = NewUnit(world.authority, world.units["executive"], "Enheten", (), world.today)
    with pytest.raises(BadInput):
        create_unit(wanted, by=world.actor("administrator"))


def test_a_committee_and_a_company_are_laid_up(world: World) -> None:
    admin = client_of(world, "administrator", fresh=True)
    sent = filled(name="Socialnämnden", entity="authority", diary_prefix="SN")
    assert admin.post(BODY, sent).status_code == 302
    made = Authority.objects.get(name="Socialnämnden")
    assert made.organisation == world.authority.organisation
    sent = filled(name="Nordviks Hamn AB", entity="company", diary_prefix="NHAB")
    assert admin.post(BODY, sent).status_code == 302
    company = Authority.objects.get(name="Nordviks Hamn AB")
    assert (company.entity_kind, company.organisation.kind) == ("company", "company")
    assert Organisation.objects.filter(kind="municipality").count() == 1
    assert (
        admin.post(BODY, filled(name="socialnämnden", entity="authority", diary_prefix="X")).status_code
        == 422
    )


def test_a_new_authority_is_reached_by_nobody_who_was_not_given_it(world: World) -> None:
    wanted = NewAuthority("Socialnämnden", "authority", "SN")
    body = create_authority(wanted, by=world.actor("administrator"))
    unit = create_unit(
        NewUnit(body, None, "Socialförvaltningen", (), world.today), by=world.actor("administrator")
    )
    for name in ("hr", "hr_head", "security_head", "registrar"):
        with pytest.raises(Denied):
            create_position(
                by=world.actor(name), unit=unit, title="Chef", profiles=[], answers={}, form="permanent"
            )


def test_a_unit_is_edited_where_it_stands(world: World) -> None:
    unit = world.units["procurement"]
    address = f"{LIST}{unit.pk}/andra/"
    admin = client_of(world, "administrator", fresh=True)
    seen = admin.get(address).context["form"].seen_value
    sent = {"name": "Inköp", "profiles": ["school"], "access_manager": "employee"}
    assert admin.post(address, {**filled(**sent), "seen": seen}).status_code == 302
    unit.refresh_from_db()
    assert unit.profiles != ["school"], "nothing is taken away by one"
    assert press_confirm(world).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.profiles) == ("Inköp", ["school"])
    assert unit.access_manager_id == world.person_id("employee")
    entry = Entry.objects.get(action="unit.edited")
    assert entry.subject == unit.pk
    stale = admin.post(address, {**filled(name="Annat", profiles=[], access_manager=""), "seen": seen})
    assert stale.status_code == 422


def test_nobody_makes_herself_the_one_who_gives_access(world: World) -> None:
    unit = world.units["procurement"]
    address = f"{LIST}{unit.pk}/andra/"
    admin = client_of(world, "administrator", fresh=True)
    seen = admin.get(address).context["form"].seen_value
    sent = filled(name=unit.name, access_manager="administrator")
    answer = admin.post(address, {**sent, "seen": seen})
    assert answer.status_code == 422
    assert "inte utse dig själv" in answer.content.decode()


def test_an_opened_recruitment_keeps_its_checks_when_the_unit_changes(world: World) -> None:
    """Only what is opened afterwards follows the workplace's new profiles."""
    from tests.recruitment.walk import Walk

    walk = Walk(world, "assistant").open()
    before = [check.code for check in walk.case().checks]
    edited(world, world.units["school"], profiles=[])
    assert [check.code for check in walk.case().checks] == before
    assert "school" in required(walk.case()).profiles, "a finalist who is entered now gets every check"


def test_another_kind_of_workplace_brings_each_posts_risk_anew(world: World) -> None:
    """One administrator alone takes no check away: nothing is opened there before two have judged the risk again."""
    post = world.positions["assistant"]
    assert post.risk_state == "confirmed"
    edited(world, post.unit, profiles=[])
    post.refresh_from_db()
    assert (post.risk_state, post.risk_confirmed_by_id) == ("none", None)


def test_units_are_seen_by_those_agreed_and_made_by_administrators_alone(world: World) -> None:
    one = f"{LIST}{world.units['school'].pk}/"
    makers = {"administrator"}
    blind = {"employee"}
    for name in world.accounts:
        if name.startswith("signer"):
            continue
        client = client_of(world, name, fresh=True)
        assert client.get(LIST).status_code == (404 if name in blind else 200), name
        assert client.get(one).status_code == (404 if name in blind else 200), name
        for address in (
            NEW,
            BODY,
            f"{LIST}las-in/",
            f"{one}andra/",
            f"{one}flytta/",
            f"{one}ersatt/",
            f"{one}avsluta/",
        ):
            expected = 200 if name in makers else 404
            assert client.get(address).status_code == expected, f"{name} {address}"
            assert client.post(address, filled()).status_code == (422 if name in makers else 404), (
                f"{name} {address}"
            )


def test_laying_up_asks_for_the_password_first(world: World) -> None:
    sent = filled(name="Enheten", place=str(world.authority.pk), valid_from=str(world.today))
    page = client_of(world, "administrator").post(NEW, sent).content.decode()
    assert "Lösenord" in page
    assert not Unit.objects.filter(name="Enheten").exists()


def test_the_list_is_searched_and_shows_the_ended_apart(world: World) -> None:
    client = client_of(world, "auditor")
    page = client.get(LIST).content.decode()
    assert page.index("Utbildningsförvaltningen") < page.index("Björkskolan")
    found = client.get(LIST, {"q": "björk"}).content.decode()
    assert "Björkskolan" in found
    assert "Ekskolan" not in found
    assert "Björkskolan" not in client.get(LIST, {"visa": "avslutade"}).content.decode()


def test_nothing_begins_in_a_unit_that_does_not_exist_yet(world: World) -> None:
    later = world.today + timedelta(days=30)
    unit = create_unit(
        NewUnit(world.authority, world.units["school"], "Nya skolan", (), later),
        by=world.actor("administrator"),
    )
    with pytest.raises(BadInput):
        create_position(
            by=world.actor("hr"), unit=unit, title="Lärare", profiles=[], answers={}, form="permanent"
        )
