"""A position is changed for what is to come: what has begun keeps its checks, and risk is judged anew by two."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.organisation.models import Position
from vetting.recruitment.actions.errors import BadInput
from vetting.recruitment.actions.position_edit import Edited, edit_position
from vetting.recruitment.engine.progress import required


def wanted(world: World, key: str, **more: Any) -> Edited:
    post = world.positions[key]
    given: dict[str, Any] = {
        "unit": post.unit,
        "title": post.title,
        "profiles": tuple(post.profiles),
        "answers": post.answers,
        "form": post.default_form,
    }
    return Edited(**(given | more))


def edit(world: World, key: str, by: str = "hr", **more: Any) -> tuple[str, ...]:
    return edit_position(world.positions[key], wanted(world, key, **more), by=world.actor(by))


def test_on_the_page_what_is_not_touched_is_kept(world: World) -> None:
    post = world.positions["buyer"]
    address = f"/befattningar/{post.pk}/andra/"
    client = client_of(world, "hr", fresh=True)
    form = client.get(address).context["form"]
    sent = {
        "title": "Strategisk upphandlare",
        "unit": str(post.unit_id),
        "profiles": ["procurement"],
        "form": "permanent",
        **{name: value for name, value in form.initial.items() if name.startswith("q_")},
    }
    assert client.post(address, {**filled(**sent), "seen": form.seen_value}).status_code == 302
    fresh = Position.objects.get(pk=post.pk)
    assert (fresh.title, fresh.answers, fresh.risk_state) == (
        "Strategisk upphandlare",
        post.answers,
        "confirmed",
    )
    entry = Entry.objects.get(action="position.edited")
    assert entry.subject == post.pk


def test_other_profiles_bring_the_risk_analysis_anew(world: World) -> None:
    """One person alone never takes checks away: nothing is opened before two have judged the post's risk again."""
    assert edit(world, "buyer", profiles=()) == ("profiles",)
    assert world.positions["buyer"].risk_state == "none"
    assert edit(world, "clerk", title="Assistent") == ("title",)
    assert world.positions["clerk"].risk_state == "confirmed"


def test_what_has_begun_keeps_its_checks(world: World) -> None:
    walk = Walk(world, "buyer").open()
    before = [(check.code, check.ground) for check in walk.case().checks]
    required_before = required(walk.case())
    edit(world, "buyer", profiles=())
    assert [(check.code, check.ground) for check in walk.case().checks] == before
    assert required(walk.case()) == required_before, "a finalist who is entered now gets every check"


def test_it_stays_in_its_authority_and_in_units_one_works_in(world: World) -> None:
    with pytest.raises(BadInput):
        edit(world, "clerk", unit=world.units["school"])
    assert edit(world, "assistant", unit=world.units["school_two"]) == ("unit",)
    with pytest.raises(Denied):
        edit(world, "clerk", by="other_hr", unit=world.units["school_two"])


def test_nothing_changed_writes_nothing(world: World) -> None:
    assert edit(world, "clerk") == ()
    assert not Entry.objects.filter(action="position.edited").exists()


def test_inner_profiles_are_neither_given_nor_lost(world: World) -> None:
    with pytest.raises(BadInput):
        edit(world, "clerk", profiles=("base",))


def test_only_hr_changes_positions(world: World) -> None:
    address = f"/befattningar/{world.positions['buyer'].pk}/andra/"
    for name in world.accounts:
        expected = 200 if name in {"hr", "hr_head"} else 404
        assert client_of(world, name).get(address).status_code == expected, name
