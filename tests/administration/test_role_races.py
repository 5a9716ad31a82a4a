"""Many at the same moment, on real transactions: one signature, one answer, one entry."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from audit.integrity import findings
from audit.models import Entry
from tests.administration.proposals import proposed
from tests.recruitment.test_races import at_once
from tests.recruitment.world import World, build_world
from vetting.access.models import RoleGrant
from vetting.administration.actions.roles import confirm_role, locked_role, reject_role

ROUNDS = 60 if os.environ.get("SOAK") else 3


@pytest.fixture
def town(real_db: Any) -> Iterator[World]:
    """The small municipality in a database of its own."""
    yield build_world()
    connections.close_all()


@pytest.mark.deadline(120)
def test_two_confirm_and_one_rejects_at_once_and_one_of_them_wins(town: World) -> None:
    for _round in range(ROUNDS):
        grant = proposed(town)

        def sign(name: str, pk: Any = grant.pk) -> Callable[[], None]:
            actor = town.actor(name)

            def work() -> None:
                with locked_role(pk) as fresh:
                    confirm_role(fresh, by=actor)

            return work

        def refuse(pk: Any = grant.pk) -> None:
            with locked_role(pk) as fresh:
                reject_role(fresh, by=town.actor("security_head"), reason="wrong_person")

        outcomes = at_once([sign("hr_head"), sign("security_head"), refuse])
        assert sum(outcome is None for outcome in outcomes) == 1
        answered = Entry.objects.filter(subject=grant.pk).exclude(action="role.proposed")
        assert answered.count() == 1
        RoleGrant.objects.get(pk=grant.pk)
        _clear(town, grant)
    assert not list(findings())


@pytest.mark.deadline(120)
def test_two_roles_that_exclude_each_other_are_not_both_signed(town: World) -> None:
    one = proposed(town)
    with locked_role(one.pk) as held:
        reject_role(held, by=town.actor("hr_head"), reason="wrong_person")
    for _round in range(ROUNDS):
        hr = proposed(town)
        # The other was proposed by somebody who did not see the first.
        security = RoleGrant(
            person=town.person("employee"), role="security_officer", authority=town.authority,
            proposed_by=town.person("administrator"), valid_from=town.today,
        )  # fmt: skip
        _put(security)

        def sign(name: str, pk: Any) -> Callable[[], None]:
            actor = town.actor(name)

            def work() -> None:
                with locked_role(pk) as fresh:
                    confirm_role(fresh, by=actor)

            return work

        outcomes = at_once([sign("hr_head", hr.pk), sign("security_head", security.pk)])
        assert sum(outcome is None for outcome in outcomes) == 1
        for grant in (hr, security):
            _clear(town, grant)
    assert not list(findings())


def _put(row: RoleGrant) -> None:
    from tests.recruitment.world import put

    put(row, "role.proposed")


def _clear(town: World, grant: RoleGrant) -> None:
    from vetting.administration.actions.roles import revoke_role

    with locked_role(grant.pk) as fresh:
        if fresh.state == "active":
            revoke_role(fresh, by=town.actor("administrator"), reason="left")
        elif fresh.state == "proposed":
            reject_role(fresh, by=town.actor("hr_head"), reason="wrong_person")
