"""The demonstration's everyday: a round of summer jobs half-way, and finalists who have a page of their own.

Told after the recruitments, on the live database, by the same actions as people use.
"""

from __future__ import annotations

from random import Random
from uuid import UUID

from audit import clock
from audit.sealer import seal_pending
from vetting.access.actor import Actor, load_actor
from vetting.access.grants import role_of
from vetting.accounts.models import Account
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment.actions.candidacy import edit_candidacy, proceed_candidacy
from vetting.recruitment.actions.candidate_link import issue_link, live_link
from vetting.recruitment.actions.checks import candidacy_of, record_check
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.round import enter_round
from vetting.recruitment.case import Case
from vetting.recruitment.demo import names, texts
from vetting.recruitment.demo.accounts import code_of
from vetting.recruitment.demo.pool import moments
from vetting.recruitment.engine.progress import unanswered
from vetting.recruitment.engine.rows import stored_row
from vetting.recruitment.models import Candidacy, Check, Recruitment
from vetting.recruitment.names_read import read_names
from vetting.recruitment.relations import may_answer
from vetting.recruitment.rounds.people import read_people
from vetting.recruitment.rounds.table import read_text

SEED = "nordvik everyday"
PEOPLE, NOTED, GONE_ON = 24, 12, 8
"""How many the round has, about how many HR has noted what the law demands, and who have gone on."""
WITH_A_PAGE = (Check.State.TO_ASSESS, Check.State.WAITING_CANDIDATE)
"""A finalist is let in for each: one who is to reply, and one who is asked for something."""
HR_NOTES = {"hr_officer", "external_recorded_by_hr"}


def fill() -> None:
    """Enter a round in the open recruitment for summer jobs, and hand out codes. A tiny town has neither."""
    when = moments()
    open_ones = Recruitment.objects.filter(state=Recruitment.State.OPEN, on_hold=False)
    summer = open_ones.filter(form="holiday_work", places__gt=1).order_by("-created_on", "reference").first()
    if summer is not None:
        for step in (_enter, _declare, _note, _go_on):
            with clock.at(next(when)), Case.locked(summer.pk) as case:
                step(case, Random(SEED))
    for state in WITH_A_PAGE:
        waiting = Check.objects.filter(
            state=state, candidacy__is_protected=False, recruitment__in=open_ones.values("pk")
        )
        check = waiting.order_by("recruitment__reference", "candidacy__label", "code").first()
        if check is not None and check.candidacy_id is not None:
            with clock.at(next(when)), Case.locked(check.recruitment_id) as case:
                _let_in(case, check.candidacy_id)
    seal_pending()


def assigned_hr(case: Case) -> Actor:
    """An HR officer who has the assignment."""
    accounts = [grant.user for grant in case.grants if role_of(grant.permission) == "hr_officer"]
    return load_actor(min(accounts, key=lambda account: account.username))


def manager_of(case: Case) -> Actor:
    """The manager of the recruitment."""
    return load_actor(Account.objects.select_related("person").get(person=case.manager.pk))


def _enter(case: Case, random: Random) -> None:
    people = [names.finalist(random) for _ in range(PEOPLE)]
    rows = [f"{one.name};{one.contact.partition(',')[0]}" for one in people]
    read = read_people(case, read_text("\r\n".join(["namn;telefon", *rows])))
    enter_round(case, by=assigned_hr(case), people=read.people, digest=read.digest)


def _declare(case: Case, random: Random) -> None:
    for actor in (assigned_hr(case), manager_of(case)):
        give_declaration(case, by=actor, names=read_names(case, actor))


def _note(case: Case, random: Random) -> None:
    """The first of them: every question answered with no, and what HR notes before the decision to go on."""
    hr = assigned_hr(case)
    for candidacy in case.candidacies[:NOTED]:
        asked = dict.fromkeys(unanswered(case, candidacy, "candidacy"), False)
        if asked:
            edit_candidacy(case, by=hr, candidacy=candidacy, answers=asked)
        for check in case.checks_of(candidacy):
            if _is_for_hr(case, check):
                given = texts.evidence(check.code, case.today, random)
                record_check(case, by=hr, check=check, outcome=texts.usual(check.code), evidence=given)


def _is_for_hr(case: Case, check: Check) -> bool:
    spec = CHECKPOINTS[check.code]
    row = stored_row(case, check, candidacy_of(case, check), case.today)
    may_be = not (row.is_settled or row.is_shown_only or row.state == "blocked")
    return may_be and spec.stage == "finalist" and bool(HR_NOTES & set(spec.performed_by))


def _go_on(case: Case, random: Random) -> None:
    """They are ready to be decided about: what HR is asked before that is answered too."""
    hr = assigned_hr(case)
    for candidacy in case.candidacies[:GONE_ON]:
        proceed_candidacy(case, by=hr, candidacy=candidacy)
        facts = case.facts_for(hr, candidacy=candidacy)
        asked = [code for code in unanswered(case, candidacy, "decision") if may_answer(facts, code)]
        if asked:
            edit_candidacy(case, by=hr, candidacy=candidacy, answers=dict.fromkeys(asked, False))


def _let_in(case: Case, pk: UUID) -> None:
    """The code is made up from the demonstration's own key, so that its page of accounts can tell it."""
    candidacy: Candidacy = case.candidacy(pk)
    if live_link(candidacy) is None:
        code = code_of(case.recruitment.reference, candidacy.label)
        issue_link(case, by=assigned_hr(case), candidacy=candidacy, code=code)
