"""Taking a role away: at once, also for whoever is signed in, and telling what stands without anybody."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from tests.administration.proposals import confirmed, proposed
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.models import RoleGrant


def take_away(client: Client, grant: RoleGrant, **more: object) -> int:
    sent = filled(reason="left", **more)
    return client.post(f"/behorigheter/roller/{grant.pk}/ta-bort/", sent).status_code


def of(world: World, name: str, role: str) -> RoleGrant:
    return RoleGrant.objects.filter(person=world.person_id(name), role=role).first()  # type: ignore[return-value]


def test_the_very_next_request_is_refused(world: World) -> None:
    grant = confirmed(world, proposed(world))
    held = client_of(world, "employee")
    assert held.get("/rekryteringar/").status_code == 200
    assert take_away(client_of(world, "hr_head", fresh=True), grant) == 302
    assert held.get("/rekryteringar/").status_code == 404
    assert held.post("/rekryteringar/ny/", filled()).status_code == 404
    grant.refresh_from_db()
    assert (grant.state, grant.ended_by_id, grant.reason) == ("revoked", world.person_id("hr_head"), "left")


def test_who_may_take_a_role_away(world: World) -> None:
    grant = of(world, "hr", "hr_officer")
    for name in ("auditor", "data_protection_officer", "hr", "manager", "employee"):
        assert take_away(client_of(world, name, fresh=True), grant) == 404, name
    assert take_away(client_of(world, "administrator", fresh=True), grant) == 302
    assert take_away(client_of(world, "administrator", fresh=True), grant) == 409


def test_what_stands_without_anybody_is_told_to_those_who_may_see_it(world: World) -> None:
    walk = Walk(world, "buyer").open()
    reference = walk.case().recruitment.reference
    grants = RoleGrant.objects.filter(person=world.person_id("manager"), role="hiring_manager")
    first, last = grants
    address = "/behorigheter/roller/{}/ta-bort/"
    head = client_of(world, "hr_head", fresh=True)
    assert reference not in head.get(address.format(first.pk)).content.decode(), "she has the role elsewhere"
    assert take_away(head, first) == 302
    assert reference in head.get(address.format(last.pk)).content.decode()
    page = client_of(world, "administrator", fresh=True).get(address.format(last.pk)).content.decode()
    assert reference not in page
    assert "behöver en ny ansvarig" in page
    assert reference not in head.get("/behorigheter/").content.decode()
    assert take_away(head, last) == 302
    assert reference in head.get("/behorigheter/").content.decode()
    assert reference not in client_of(world, "administrator").get("/behorigheter/").content.decode()


def test_the_last_who_confirms_is_never_taken_away_unnoticed(world: World) -> None:
    security, hr = of(world, "security_head", "security_head"), of(world, "hr_head", "hr_head")
    admin = client_of(world, "administrator", fresh=True)
    assert take_away(admin, security) == 302, "another is left"
    page = admin.get(f"/behorigheter/roller/{hr.pk}/ta-bort/").content.decode()
    assert "Ingen annan kan bekräfta roller" in page
    answer = admin.post(f"/behorigheter/roller/{hr.pk}/ta-bort/", filled(reason="left"))
    assert answer.status_code == 422
    hr.refresh_from_db()
    assert hr.state == "active"
    key = answer.context["form"].warning_key
    sent = {"once": str(uuid4()), "reason": "left", "read_warnings": key}
    assert admin.post(f"/behorigheter/roller/{hr.pk}/ta-bort/", sent).status_code == 302
    hr.refresh_from_db()
    assert hr.state == "revoked"
