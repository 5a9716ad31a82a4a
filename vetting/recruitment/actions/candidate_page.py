"""What the candidate does on her own page. She has no account: her code let her in, and she is told by her label alone.

The door is the link: it is asked again under the lock, so that a code that was revoked, renewed or has lapsed meanwhile
does nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from audit.clock import now
from audit.recorder import Act, Who, act
from vetting.crypto.sealed import seal_json_into
from vetting.policy.candidate_page import DECLARATIONS, DECLARED_IN, last_day
from vetting.policy.events import EVENTS
from vetting.recruitment.actions.candidate_link import ended_on
from vetting.recruitment.actions.common import Once
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink, Check, Given

ROLE = "candidate"
WHO = Who(None, None, ROLE)
PARTS = ("secondary_job", "conflict", "companies")
LONGEST = 4000
OVER = frozenset({Candidacy.State.NOT_SELECTED, Candidacy.State.WITHDRAWN})


class NoWay(Exception):
    """The code leads nowhere: it is wrong, has lapsed, was revoked, or what it led to is gone. Never says which."""


def holds(link: CandidateLink, case: Case) -> bool:
    """Whether the code opens the page today."""
    candidacy = case.candidacy(link.candidacy_id)
    last = min(link.until, last_day(link.issued_on, ended_on(case, candidacy)))
    return link.ended_on is None and link.issued_on <= case.today <= last


def is_open(case: Case, candidacy: Candidacy) -> bool:
    """Whether she may still hand in anything: the candidacy goes on, and nothing is handled by hand."""
    ended = candidacy.state in OVER or ended_on(case, candidacy) is not None
    return not ended and not candidacy.is_protected


@contextmanager
def act_of(
    event: str,
    case: Case,
    candidacy: Candidacy,
    *,
    check: Check | None = None,
    once: Once = None,
    **facts: Any,
) -> Iterator[Act]:
    """One act of hers in the log: the candidate and her label, never a name."""
    known = {
        "role": ROLE,
        "reference": case.recruitment.reference,
        "candidacy": candidacy.label,
        "check": check.code if check is not None else "",
    }
    said = {name: value for name, value in known.items() if name in EVENTS[event].facts} | facts
    with act(event, WHO, subject=case.pk, facts=said, once=once) as entry:
        yield entry


def open_page(case: Case, *, link: CandidateLink) -> int:
    """The page is opened with the code: the id of the entry that says so. Raises NoWay."""
    candidacy = _own(case, link)
    with act_of("candidate_page.opened", case, candidacy) as entry:
        if link.opened_on is None:
            link.opened_on = case.today
            entry.save(link)
    return entry.id


def declare(case: Case, *, link: CandidateLink, parts: dict[str, str], once: Once = None) -> Given:
    """Hand in the declaration: part → what there is to tell, empty for *Nej*. Relatives' data are never asked for.

    Raises NoWay, WrongState where the post asks for none or it is closed, BadInput.
    """
    candidacy = _own(case, link)
    check = declared_in(case, candidacy)
    if check is None or not is_open(case, candidacy):
        raise WrongState("check", "record_answer", str(candidacy.state))
    if earlier_declarations(candidacy) >= DECLARATIONS:
        raise WrongState("check", "record_answer", "too_many")
    if not parts or set(parts) - set(PARTS) or any(len(text) > LONGEST for text in parts.values()):
        raise BadInput(parts="choice")
    something = any(text.strip() for text in parts.values())
    answer = Given.Answer.SOMETHING if something else Given.Answer.NOTHING
    given = _new(case, candidacy, link, check, Given.Kind.DECLARATION, answer)
    seal_json_into(given, "content", {name: text.strip() for name, text in parts.items()})
    with act_of("candidate_page.declared", case, candidacy, check=check, once=once) as entry:
        entry.save(given)
    return given


def reply(
    case: Case, *, link: CandidateLink, check: UUID, text: str, declines: bool = False, once: Once = None
) -> Given:
    """Reply to what is to be assessed, or decline to (förvaltningslagen 25 §). The check then knows that she is heard.

    Raises NoWay, WrongState where nothing waits for her reply, BadInput for neither a text nor a no.
    """
    candidacy = _own(case, link)
    row = next((each for each in to_reply(case, candidacy) if each.pk == check), None)
    if row is None or not is_open(case, candidacy):
        raise WrongState("check", "record_reply", "closed")
    if bool(text.strip()) == declines or len(text) > LONGEST:
        raise BadInput(reply="required" if not text.strip() else "choice")
    answer = Given.Answer.DECLINED if declines else Given.Answer.REPLIED
    given = _new(case, candidacy, link, row, Given.Kind.REPLY, answer, told_on=row.told_on)
    if not declines:
        seal_json_into(given, "content", {"reply": text.strip()})
    row.reply_code, row.replied_on, row.changed_at = answer.value, case.today, now()
    with act_of(
        "candidate_page.replied", case, candidacy, check=row, once=once, answer_code=answer.value
    ) as entry:
        entry.save(given)
        entry.save(row)
    return given


def to_reply(case: Case, candidacy: Candidacy) -> list[Check]:
    """Her checks that are to be assessed, of which she has been told and to which she has not replied.

    One who has not been heard from in time may still reply until somebody has assessed.
    """
    return [
        check
        for check in case.checks_of(candidacy)
        if check.state == Check.State.TO_ASSESS
        and check.told_on is not None
        and check.reply_code in ("", "silent")
    ]


def declared_in(case: Case, candidacy: Candidacy) -> Check | None:
    """The check that her declaration belongs to; None where the post asks for no declaration."""
    found = (case.check_named(code, candidacy) for code in DECLARED_IN)
    return next((c for c in found if c is not None and c.state != Check.State.NOT_APPLICABLE), None)


def earlier_declarations(candidacy: Candidacy) -> int:
    """How many she has handed in."""
    return Given.objects.filter(candidacy=candidacy, kind=Given.Kind.DECLARATION).count()


def _own(case: Case, link: CandidateLink) -> Candidacy:
    fresh = CandidateLink.objects.filter(pk=link.pk, recruitment=case.pk).first()
    if fresh is None or not holds(fresh, case):
        raise NoWay
    link.entry_id, link.opened_on = fresh.entry_id, fresh.opened_on
    return case.candidacy(fresh.candidacy_id)


def _new(
    case: Case, candidacy: Candidacy, link: CandidateLink, check: Check, kind: Given.Kind, answer: Given.Answer,
    *, told_on: date | None = None,
) -> Given:  # fmt: skip
    return Given(
        recruitment=case.recruitment, candidacy=candidacy, of_check=check, link=link, kind=kind, answer=answer,
        told_on=told_on, given_at=now(),
    )  # fmt: skip
