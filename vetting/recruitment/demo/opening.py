"""From need to finalists who have been checked: the first half of a recruitment."""

from __future__ import annotations

from datetime import timedelta

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.assessment import assess_check, notify_candidate, record_reply
from vetting.recruitment.actions.assign import assign
from vetting.recruitment.actions.candidacy import (
    create_candidacy,
    edit_candidacy,
    needs_number,
    proceed_candidacy,
    set_reserve,
)
from vetting.recruitment.actions.candidacy_outcome import mark_protected
from vetting.recruitment.actions.checks import ask_candidate, begin_check, pause_check
from vetting.recruitment.actions.declaration import decide_declaration, give_declaration
from vetting.recruitment.actions.endings import cancel_recruitment
from vetting.recruitment.actions.manager import change_manager
from vetting.recruitment.actions.protective import confirm_vetting, request_vetting
from vetting.recruitment.actions.recruitment import (
    create_recruitment,
    hold_recruitment,
    join_recruitment,
    open_recruitment,
    resume_recruitment,
)
from vetting.recruitment.demo import names, texts
from vetting.recruitment.demo.opening_steps import Left, Steps, leave_at
from vetting.recruitment.demo.tale import Tale
from vetting.recruitment.demo.waiving import CHECK, waived
from vetting.recruitment.engine.progress import places_free, unanswered


def need(tale: Tale) -> Steps:
    """The need is described, and the recruitment opened."""
    plot = tale.plot
    actor = tale.actor(tale.manager if plot.from_manager else tale.hr)
    town = tale.scene.town
    tale.case = create_recruitment(
        by=actor,
        position=town.positions[plot.post],
        manager=town.person(tale.manager),
        form=plot.form,
        places=plot.places,
        planned_start=actor.on + timedelta(days=tale.random.randrange(55, 95)),
        engagement_days=10 if plot.form == "hourly_pool" or plot.waiver == "deferred" else None,
        copied_from=tale.scene.ended_one(plot.post) if plot.copied else None,
        reference=tale.scene.next_reference(actor.on.year),
    )
    tale.case.points = town.points_above(tale.case.unit)
    yield 1
    if plot.from_manager:
        join_recruitment(tale.case, by=tale.actor(tale.hr))
        yield 0
    leave_at(tale, "draft")
    tale.declare()
    yield tale.random.randrange(0, 3)
    asked = unanswered(tale.case, None, "opening")
    open_recruitment(tale.case, by=tale.actor(tale.hr), answers=dict.fromkeys(asked, False))
    yield 0
    tale.record({"before_advert"})
    if plot.paused:
        yield 4
        hold_recruitment(tale.case, by=tale.actor(tale.manager), reason="budget_decision")
        if plot.paused == "open":
            raise Left
        yield 9
        resume_recruitment(tale.case, by=tale.actor(tale.hr))
    leave_at(tale, "open")
    yield tale.random.randrange(9, 15)
    if plot.until == "cancelled" and not plot.after_no:
        reason = tale.random.choice(("need_changed", "budget", "no_suitable_applicants", "reorganisation"))
        cancel_recruitment(tale.case, by=tale.actor(tale.manager), reason=reason, informed_on=tale.today)
        raise Left


def finalists(tale: Tale) -> Steps:
    """Finalists are entered, and those who take part are asked about conflicts of interest."""
    plot = tale.plot
    for number in range(plot.finalists):
        someone = names.finalist(tale.random)
        known = plot.form == "internal_move" and number == 0
        create_candidacy(
            tale.case,
            by=tale.actor(tale.hr),
            name=someone.name,
            contact=someone.contact,
            known_person=known,
        )
        one = tale.case.candidacies[-1]
        if needs_number(tale.case, one):
            edit_candidacy(tale.case, by=tale.actor(tale.hr), candidacy=one, number=someone.number)
    yield 0
    if plot.conflict:
        yield from _conflict(tale)
    tale.declare()
    yield tale.random.randrange(1, 3)


def _conflict(tale: Tale) -> Steps:
    plot, interest = tale.plot, tale.say(texts.INTEREST)
    if plot.conflict == "excluded":
        other = next(key for key in ("hr_one", "hr_two") if key != tale.hr)
        account = tale.scene.town.accounts[other]
        assign(tale.case, by=tale.actor("hr_head"), account=account, role="hr_officer", reason="workload")
        yield 1
        give_declaration(tale.case, by=tale.actor(other), interest=interest)
        yield 1
        recusal = tale.case.recusal_of(tale.actor(other).person_id)
        by, participates, reason = "hr_head", False, texts.INTEREST_DECISION[1]
    else:
        give_declaration(tale.case, by=tale.actor(tale.manager), interest=interest)
        if plot.conflict == "open":
            raise Left
        yield 2
        recusal = tale.case.recusal_of(tale.actor(tale.manager).person_id)
        participates = plot.conflict != "replaced"
        by, reason = tale.head, texts.INTEREST_DECISION[0 if participates else 1]
    if recusal is not None:
        decide_declaration(
            tale.case, by=tale.actor(by), recusal=recusal, participates=participates, reason=reason
        )
    if plot.conflict == "replaced":
        yield 1
        head = tale.scene.town.person(tale.head)
        change_manager(tale.case, by=tale.actor(tale.hr), manager=head, reason="conflict_of_interest")
        tale.manager = tale.head
    yield 0


def cheaper_checks(tale: Tale) -> Steps:
    """What is open for every finalist, and what gives something to assess."""
    plot = tale.plot
    leave_at(tale, "proposed")
    for label in tale.labels():
        yes = {"requires_work_permit"} if plot.permit and label == "K1" else set()
        tale.answer(label, "candidacy", yes)
        if tale.reads:
            tale.read(label, tale.hr, "contact_candidate")
        if plot.until == "waiting":
            _unfinished(tale, label)
            continue
        skip = {plot.deviation, CHECK if plot.waiver else ""} if label == "K1" else set()
        tale.record({"finalist"}, label, skip=skip)
        yield tale.random.randrange(0, 2)
    if plot.protected:
        hide(tale)
    leave_at(tale, "waiting")
    yield from waived(tale)
    yield from something_to_assess(tale)


def _unfinished(tale: Tale, label: str) -> None:
    hr = tale.actor(tale.hr)
    for code, reason in (("id_check", "ask"), ("education", "issuer"), ("references", "begin")):
        check = tale.case.check_named(code, tale.who(label))
        if check is None:
            continue
        if reason == "ask":
            ask_candidate(tale.case, by=hr, check=check)
        elif reason == "begin":
            begin_check(tale.case, by=hr, check=check)
        else:
            pause_check(tale.case, by=hr, check=check, reason=reason)


def hide(tale: Tale) -> None:
    """The last finalist turns out to live under protected identity."""
    town, label = tale.scene.town, tale.labels()[-1]
    mark_protected(
        tale.case,
        by=tale.actor(tale.hr),
        candidacy=tale.who(label),
        alias=f"Ärende {tale.random.randrange(10, 99)}",
        kept_at="Säkerhetsskåpet, kommunkansliet",
        handlers=[town.person(tale.hr).pk, town.person(tale.manager).pk],
    )


def something_to_assess(tale: Tale) -> Steps:
    """*Att bedöma*: told, heard, assessed. Only about the first finalist, and only where the plot has it."""
    code = tale.plot.deviation
    if not code:
        return
    hr = tale.actor(tale.hr)
    check = tale.case.check_named(code, tale.who("K1"))
    if check is None or not tale.is_open(check):
        return  # not asked for here, done already, or not open until it has been decided to go on
    if "hr_officer" not in CHECKPOINTS[code].performed_by:
        return
    tale.note(check, tale.hr, "to_assess")
    notify_candidate(tale.case, by=hr, check=check, told_on=tale.today)
    yield 3
    leave_at(tale, "to_assess")
    check = tale.case.check_named(code, tale.who("K1"))
    if check is not None:
        record_reply(tale.case, by=tale.actor(tale.hr), check=check, reply="replied", replied_on=tale.today)
        yield 1
        check = tale.case.check_named(code, tale.who("K1"))
    if check is not None:
        assess_check(tale.case, by=tale.actor(tale.hr), check=check, **texts.ASSESSMENT)
        yield 0


def going_on(tale: Tale) -> Steps:
    """The human decision to go on, for as many as there are places; the others are kept in reserve."""
    for label in tale.labels("proposed"):
        if places_free(tale.case) > 0:
            proceed_candidacy(tale.case, by=tale.actor(tale.hr), candidacy=tale.who(label))
        else:
            set_reserve(tale.case, by=tale.actor(tale.manager), candidacy=tale.who(label))
    yield 1
    leave_at(tale, "checking")
    for label in tale.labels("checking"):
        yield from closer_checks(tale, label)


def closer_checks(tale: Tale, label: str) -> Steps:
    """The intrusive checks of a finalist who holds a place."""
    vetting = tale.case.check_named("security_vetting", tale.who(label))
    if vetting is not None and vetting.state == "not_started":
        request_vetting(tale.case, by=tale.actor(tale.hr), check=vetting)
        yield 6
        vetting = tale.case.check_named("security_vetting", tale.who(label))
        if vetting is not None:
            confirm_vetting(tale.case, by=tale.actor("protective"), check=vetting, done_on=tale.today)
    if label == "K1":
        yield from something_to_assess(tale)
    tale.record({"finalist"}, label)
    yield tale.random.randrange(1, 3)
