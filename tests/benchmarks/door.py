"""The door's answer about one recruitment: a decision, and all that a page asks, beside guardian's own check."""

from __future__ import annotations

from uuid import UUID

from guardian.core import ObjectPermissionChecker

from tests.benchmarks import people
from tests.benchmarks.measure import Figure, take_turns
from vetting.access.door import ask
from vetting.recruitment.abilities import CANDIDACY, RECRUITMENT, abilities
from vetting.recruitment.case import Case

TIMES = 500


def figures(size: int) -> list[Figure]:
    """Microseconds per question, everything in memory on both sides. Guardian knows no role, scope or denial."""
    account = people.busiest("hr_officer")
    actor = people.actor_of(account)
    pk: UUID = people.fullest_recruitment(account)
    case = Case.load(pk)
    candidacy = case.candidacies[0] if case.candidacies else None
    facts = case.facts_for(actor)
    checker = ObjectPermissionChecker(account)
    checker.prefetch_perms([case.recruitment])

    def decisions() -> None:
        for _ in range(TIMES):
            ask(actor, "recruitment.view", facts)

    def with_facts() -> None:
        for _ in range(TIMES):
            ask(actor, "recruitment.view", case.facts_for(actor))

    def page() -> None:
        for _ in range(TIMES // 50):
            abilities(actor, case, candidacy)

    def guardian() -> None:
        for _ in range(TIMES):
            checker.has_perm("act_as_hr_officer", case.recruitment)

    works = {"decision": decisions, "facts": with_facts, "page": page, "guardian": guardian}
    took = take_turns(works, 7)
    each = {name: seconds / TIMES * 1e6 for name, seconds in took.items()}
    asked = len(RECRUITMENT) + (len(CANDIDACY) if candidacy else 0)
    peer = ("guardian's has_perm, prefetched", each["guardian"])
    return [
        Figure("door", "a decision", size, "µs", each["decision"], *peer),
        Figure("door", "a decision, relations worked out", size, "µs", each["facts"], *peer),
        Figure("door", f"each of a page's {asked} questions", size, "µs", each["page"] * 50 / asked, *peer),
    ]
