"""*Har börjat* for several: only those whose page says *Får börja*, one entry each, and a second press does nothing."""

from __future__ import annotations

from datetime import timedelta

from audit.models import Entry
from tests.recruitment.pages import signed_in, url
from tests.recruitment.rounds import entered, hr_of, opened
from tests.recruitment.test_note_together import fields_of, said
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.models import Engagement


def decided(world: World, people: int) -> Walk:
    """So many decided, of whom everything before the start is done for all but the last."""
    walk = opened(world, "clerk", places=people)
    entered(walk, people)
    walk.declare("hr", "manager")
    for candidacy in walk.case().candidacies:
        walk.ready(candidacy)
        walk.sign(candidacy)
    for candidacy in walk.case().candidacies[:-1]:
        walk.finish({"start"}, candidacy)
    return walk


def test_only_those_who_may_begin_and_once(world: World) -> None:
    walk = decided(world, 4)
    manager = signed_in(world, "manager")
    left = manager.get(url("round_view", walk), {"visa": "kvar"})
    assert [line.candidacy.label for line in left.context["page"]] == ["K4"], (
        "decided, with more before the start"
    )
    assert "4 av 4 beslutade" in left.content.decode()
    assert url("start_together", walk) not in {each.url for each in left.context["acts"]}
    grid = manager.get(url("round_view", walk), {"visa": "klara"})
    (act,) = [each for each in grid.context["acts"] if each.url == url("start_together", walk)]
    assert grid.content.decode().count('name="k"') == 3
    # Chosen one by one or all at once: the one who may not begin is named with what is missing.
    for asked in ({"k": ["K1", "K2", "K3", "K4"]}, {"alla": "1", "visa": "klara"}):
        page = manager.get(act.url, asked)
        assert page.context["people"] == "K1–K3"
        (kept,) = page.context["left_out"]
        assert kept.label == "K4"
        assert "Information vid start" in kept.value
    late = manager.post(act.url, fields_of(page) | {"started_on": str(walk.on + timedelta(days=1))})
    assert late.status_code == 422
    early = manager.post(act.url, fields_of(page) | {"started_on": str(walk.on - timedelta(days=40))})
    assert early.status_code == 422
    assert "started_on" in early.context["form"].errors
    # Forced for all four, twice: it is done for three, and told the same both times.
    for press in range(2):
        answer = manager.post(act.url, fields_of(page) | {"pick": "K1 K2 K3 K4"})
        told = said(manager, answer)
        assert told[0] == "Gjort för 3 personer: K1–K3.", press
        assert told[1].startswith("Inte gjort för K4: Det här saknas: Information vid start"), press
    entries = Entry.objects.filter(subject=walk.pk, action="engagement.started")
    assert entries.count() == 3
    assert {entry.facts["candidacy"] for entry in entries} == {"K1", "K2", "K3"}
    begun = Engagement.objects.filter(recruitment=walk.pk, state="active")
    assert {each.started_on for each in begun} == {walk.on}
    assert walk.case().recruitment.state == "onboarding"
    lines = manager.get(url("round_view", walk), {"visa": "alla"}).context["page"]
    assert [line.candidacy.label for line in lines if line.can_be_ticked] == ["K4"]


def test_whoever_may_not_confirm_a_start_has_no_such_page(world: World) -> None:
    walk = decided(world, 2)
    where = url("start_together", walk)
    assert hr_of(world).get(where + "?k=K1").status_code == 200, "the officer who is assigned"
    for name in sorted(set(world.accounts) - {"hr", "manager", "signer_one", "signer_two"}):
        assert signed_in(world, name).get(where + "?k=K1").status_code == 404, name
    page = hr_of(world).get(where + "?k=K2")
    assert (page.context["count"], page.context["left_out"][0].label) == (0, "K2")
