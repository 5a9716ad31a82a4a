"""From the decision to the end of the recruitment, and what the engagement brings afterwards."""

from __future__ import annotations

from datetime import date

from vetting.policy.calendar import add_months
from vetting.policy.reminders import due_on
from vetting.recruitment.actions.endings import close_recruitment
from vetting.recruitment.actions.engagement import begin_exit, complete_exit, confirm_start, record_renewal
from vetting.recruitment.actions.hold import set_hold
from vetting.recruitment.actions.report import record_dates, report_to_board
from vetting.recruitment.demo.opening import Steps, leave_at
from vetting.recruitment.demo.tale import Tale

RENEWABLE = ("access_grant", "intro_influence", "annual_declaration", "license_hosp")


def reported(tale: Tale) -> Steps:
    """A committee is told of its delegates' decisions, and the minutes' dates are noted; a company has neither."""
    yield tale.random.randrange(4, 10)
    if tale.case.authority.entity_kind == "company":
        return
    registrar = tale.actor("registrar")
    mine = [decision for decision in tale.decisions() if decision.maker == "delegate"]
    for decision in mine:
        report_to_board(tale.case, by=registrar, decision=decision, reported_on=tale.today)
    if mine and tale.random.random() < 0.6:
        yield 3
        for decision in tale.decisions():
            if decision.reported_on is not None:
                record_dates(
                    tale.case,
                    by=tale.actor("registrar"),
                    decision=decision,
                    minutes_approved_on=tale.today,
                    posted_on=tale.today,
                )


def started(tale: Tale) -> Steps:
    """The checks before the start, and the first day."""
    planned = tale.case.recruitment.planned_start or tale.today
    yield max(0, (planned - tale.today).days * 5 // 7 - 1)
    for label in tale.labels("selected"):
        tale.record({"start"}, label)
    yield 1
    while any(one.planned_start > tale.today for one in tale.case.engagements):
        yield 1
    for label in tale.labels("selected"):
        confirm_start(
            tale.case, by=tale.actor(tale.manager), candidacy=tale.who(label), started_on=tale.today
        )
    leave_at(tale, "started")


def closed(tale: Tale) -> Steps:
    """The introduction, what recurs during employment, and the end of the recruitment."""
    yield tale.random.randrange(5, 15)
    for label in tale.labels("started"):
        tale.record({"employment"}, label, skip={"annual_declaration", "trial"})
    if tale.case.recruitment.state != "onboarding":
        return
    close_recruitment(tale.case, by=tale.actor(tale.hr))
    if tale.plot.claim:
        yield 5
        set_hold(tale.case, by=tale.actor(tale.hr), ground=tale.plot.claim)


def afterwards(tale: Tale) -> Steps:
    """The end of a trial and renewals while they fall due, and perhaps a last day."""
    if tale.plot.leaves:
        yield from _leaves(tale)
        return
    while tale.plot.renews and (due := [*_trials(tale), *_renewals(tale)]):
        day, code = min(due)
        yield max(1, (day - tale.today).days * 5 // 7 - tale.random.randrange(0, 8))
        for label in tale.labels("started"):
            if code == "trial":
                tale.record({"employment"}, label, skip={"annual_declaration"})
            elif code in getattr(tale.case.engagement_of(tale.who(label)), "renewals", {}):
                record_renewal(
                    tale.case,
                    by=tale.actor(tale.manager),
                    candidacy=tale.who(label),
                    code=code,
                    done_on=tale.today,
                )


def _renewals(tale: Tale) -> list[tuple[date, str]]:
    return [
        (date.fromisoformat(day), code)
        for one in tale.case.engagements
        for code, day in one.renewals.items()
        if one.state == "active" and code in RENEWABLE
    ]


def _trials(tale: Tale) -> list[tuple[date, str]]:
    """The last day to tell whoever does not go on, of each trial that nothing has been said about."""
    found = []
    for one in tale.case.engagements:
        check = tale.case.check_named("trial", tale.case.candidacy(one.candidacy_id))
        if check is not None and check.state == "not_started" and one.state == "active" and one.started_on:
            found.append((due_on("trial", one.started_on), "trial"))
    return found


def _leaves(tale: Tale) -> Steps:
    yield tale.random.randrange(60, 160)
    label = tale.labels("started")[0]
    last_day = add_months(tale.today, 1)
    begin_exit(tale.case, by=tale.actor(tale.manager), candidacy=tale.who(label), last_day=last_day)
    yield 20
    tale.record({"exit"}, label)
    complete_exit(tale.case, by=tale.actor(tale.manager), candidacy=tale.who(label), ended_on=tale.today)
