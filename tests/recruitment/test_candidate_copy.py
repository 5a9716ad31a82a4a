"""The copy of what is held about a candidate: what it must not tell, whatever the page it is asked for on tells."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache

from tests.recruitment.candidates import COPY, code_for, come_in
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy_outcome import withdraw_candidacy
from vetting.recruitment.labels import state_label


def copied(walk: Walk, finalist: Any) -> str:
    """The copy as a file, by a code of its own."""
    cache.clear()
    return str(come_in(code_for(walk, finalist)).post(COPY, {"how": "file"}).json())


def test_the_result_of_an_opinion_is_told_when_the_matter_is_decided_and_not_before(
    world: World, asked: tuple[Walk, Any, Any]
) -> None:
    walk, finalist, opinion = asked
    for name in ("security_one", "security_two")[: walk.case().opinion(opinion).approvers]:
        walk.vote(opinion, name)
    result = state_label("opinion", "approved")
    before = copied(walk, finalist)
    assert "Begärt" in before
    assert result not in before
    walk.sign(finalist)
    after = copied(walk, finalist)
    assert state_label("opinion", walk.case().opinion(opinion).state) in after
    assert "Begärt" not in after


def test_nothing_tells_of_an_extract_once_she_is_not_engaged(ready: tuple[Walk, Any], world: World) -> None:
    """Skollagen 2:32: the note leaves view with her."""
    walk, finalist = ready
    extract = "Registerutdrag skola och förskola"
    assert extract in copied(walk, finalist)
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    after = copied(walk, finalist)
    assert "Identitetskontroll" in after
    assert extract not in after
