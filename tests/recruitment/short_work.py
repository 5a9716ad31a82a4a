"""A few days' work from today on, and a check of it that is put off until after the start."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from audit import clock
from tests.policy.test_signed_off import agreed
from tests.recruitment.waivers import almost
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.defer import defer_check
from vetting.recruitment.actions.new_checks import build_check
from vetting.recruitment.models import Waiver

AGREED = {
    each["code"]
    for each in agreed("checkpoints")
    if each["complete_after_start"] == "yes" and each["code"] != "security_opinion"
}


def short(world: World, days: int | None = 10, start: int | None = 0, form: str = "fixed_term") -> Any:
    """A finalist for some days' work from today on, whose references nobody has had time for."""
    first = world.today + timedelta(days=start) if start is not None else None
    return almost(world, "assistant", form=form, engagement_days=days, planned_start=first)


def add_access_row(walk: Walk) -> None:
    """The row in which access beyond the ordinary is confirmed: some posts have it."""
    put(build_check(walk.case(), "access_grant", walk.case().candidacies[0]), "check.begun")


def at(day: date) -> Any:
    return clock.at(datetime.combine(day, time(9), STOCKHOLM))


def put_off(
    walk: Walk, finalist: Any, code: str = "references", *, by: str = "manager", **typed: Any
) -> Waiver:
    case = walk.case()
    check = case.check_named(code, case.candidacy(finalist.pk))
    assert check is not None
    given = {"reason_code": "start_cannot_wait", "without_access": True} | typed
    return defer_check(case, by=walk.world.actor(by), check=check, **given)


def decide(walk: Walk, finalist: Any, *, start: int = 0, end: int | None = 9) -> None:
    last = walk.on + timedelta(days=end) if end is not None else None
    walk.sign(finalist, terms=Terms(walk.on + timedelta(days=start), last))
