"""Waivers in the demonstration: the references of the first finalist wait, and the plot says what becomes of it."""

from __future__ import annotations

from datetime import timedelta

from vetting.recruitment.actions.defer import defer_check
from vetting.recruitment.actions.waiver import confirm_waiver, propose_waiver, reject_waiver
from vetting.recruitment.demo import texts
from vetting.recruitment.demo.opening_steps import Steps, leave_at
from vetting.recruitment.demo.tale import Tale

CHECK = "references"
DAYS = {"lapsed": 1}
"""Until when, counted from the proposal; otherwise two months."""


def waived(tale: Tale) -> Steps:
    """Proposed by the manager, signed or rejected by a head, and left, ended with the check, or let lapse."""
    plot = tale.plot
    if not plot.waiver:
        return
    check = tale.case.check_named(CHECK, tale.who("K1"))
    if check is None or not tale.is_open(check):
        return
    if plot.waiver == "deferred":
        defer_check(
            tale.case,
            by=tale.actor(tale.manager),
            check=check,
            reason_code="start_cannot_wait",
            without_access=True,
        )
        yield 0
        return
    propose_waiver(
        tale.case,
        by=tale.actor(tale.manager),
        check=check,
        until=tale.today + timedelta(days=DAYS.get(plot.waiver, 60)),
        reason_code="answer_delayed",
        reason=tale.say(texts.WAIVER),
    )
    yield 0 if plot.waiver == "lapsed" else 1
    leave_at(tale, "waived")
    own = tale.case.waivers[-1]
    if plot.waiver == "rejected":
        reject_waiver(tale.case, by=tale.actor("security_head"), waiver=own, reason_code="can_be_done")
    else:
        confirm_waiver(tale.case, by=tale.actor("hr_head"), waiver=own)
    yield 0
    if plot.waiver in {"rejected", "ended"}:
        yield 2
        tale.record({"finalist"}, "K1")
        check = tale.case.check_named(CHECK, tale.who("K1"))
        if check is not None and plot.waiver == "ended" and check.state != "done":
            tale.note(check, tale.manager)
        yield 0
