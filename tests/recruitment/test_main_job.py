"""The main job, told through the actions: a school assistant from need to *Får börja*."""

from __future__ import annotations

from audit.integrity import findings
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.engine.progress import may_start


def test_a_school_assistant_goes_from_need_to_started(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.sign(finalist)
    case = walk.case()
    assert not may_start(case, case.candidacy(finalist.pk)), "the checks before the start remain"
    walk.start(finalist)
    case = walk.case()
    assert case.candidacy(finalist.pk).state == "started"
    assert case.recruitment.state == "onboarding"
    assert not list(findings())


def test_a_level_three_post_needs_the_opinion(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    approvers = walk.case().opinion(opinion).approvers
    for name in ("security_one", "security_two")[:approvers]:
        walk.vote(opinion, name)
    walk.sign(finalist)
    assert walk.case().opinion(opinion).state == "used"
    assert walk.case().candidacy(finalist.pk).state == "selected"
