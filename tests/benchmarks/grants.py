"""What one may see, newest 25 with count: our query beside guardian's shortcut and the raw index."""

from __future__ import annotations

from guardian.shortcuts import get_objects_for_user

from tests.benchmarks import floor, people
from tests.benchmarks.measure import Figure, take_turns
from vetting.recruitment.models import Recruitment
from vetting.recruitment.queries.visible import reach_of


def figures(size: int) -> list[Figure]:
    """For the security officer with most assignments: the scope is *assigned*, as guardian's is."""
    account = people.busiest("security_officer")
    actor = people.actor_of(account)
    newest = ("-created_on", "id")

    def ours() -> tuple[list[Recruitment], int]:
        seen = reach_of(actor).recruitments
        return list(seen.order_by(*newest)[:25]), seen.order_by().count()

    def guardian() -> tuple[list[Recruitment], int]:
        seen = get_objects_for_user(account, "recruitment.act_as_security_officer", accept_global_perms=False)
        return list(seen.order_by(*newest)[:25]), seen.order_by().count()

    def raw() -> list[floor.Rows]:
        return floor.newest_granted(account.pk)

    if [row.pk for row in guardian()[0]] != [row.pk for row in ours()[0]]:
        raise AssertionError("Guardian's shortcut gives other recruitments than ours.")
    took = take_turns({"ours": ours, "guardian": guardian, "raw": raw}, 15)
    ms = {name: seconds * 1000 for name, seconds in took.items()}
    what = f"visible to one with {ours()[1]} assignments"
    return [
        Figure("grants", what, size, "ms", ms["ours"], "raw index", ms["raw"], ("≤", 30)),
        Figure(
            "grants",
            what,
            size,
            "ms",
            ms["ours"],
            "guardian's shortcut",
            ms["guardian"],
            ("≤", round(1 / 30, 3)),
        ),
    ]
