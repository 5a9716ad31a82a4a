"""Who holds which role: seen by those whom the matrix names, in their own part of the municipality."""

from __future__ import annotations

from tests.recruitment.visit import client_of
from tests.recruitment.world import World


def test_roles_are_seen_where_the_matrix_says(world: World) -> None:
    page = client_of(world, "auditor").get("/behorigheter/").content.decode()
    assert "Other Manager" in page
    assert "signer_one" in page
    for name in ("hr_head", "security_head", "administrator", "data_protection_officer"):
        assert client_of(world, name).get("/behorigheter/").status_code == 200, name
    for name in ("manager", "hr", "security_one", "employee", "registrar"):
        assert client_of(world, name).get("/behorigheter/").status_code == 404, name


def test_a_role_outside_ones_authority_is_not_shown(world: World) -> None:
    world.hire("school_head", "hr_head", authority=world.authority)
    page = client_of(world, "school_head").get("/behorigheter/").content.decode()
    assert "Other Manager" in page
    assert "Security Head" not in page
