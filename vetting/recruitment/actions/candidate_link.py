"""The link to the candidate's own page: handed out, renewed and revoked by HR; and what she hands in, taken in."""

from __future__ import annotations

from datetime import date

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto import blind_index
from vetting.crypto.written import Code
from vetting.policy.calendar import today_stockholm
from vetting.policy.candidate_page import last_day
from vetting.recruitment.actions.checks import live_state
from vetting.recruitment.actions.common import Once, require_moving, step
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink, Check, Given, Recruitment

PURPOSE = "candidate page"
DIGEST = "candidate link"


def digest_of(code: Code) -> bytes:
    """32 bytes by which a code is found again: HKDF of its 130 random bits, under the installation's own INDEX_KEY.

    A copy of the database without that key tells neither a code nor whether one that is held is in it. Raises Locked.
    """
    return blind_index.digest(DIGEST, code.key(PURPOSE).hex())


def issue_link(
    case: Case, *, by: Actor, candidacy: Candidacy, once: Once = None, code: Code | None = None
) -> Code:
    """Hand out a new code; one that was live before leads nowhere from now on. The code is told this once.

    `code`: one that is known beforehand, for the demonstration alone; no page gives one.
    Not to a finalist with protected identity, who is handled by hand, and not before finalists are checked.
    Raises Denied, WrongState, AlreadyDone, Locked.
    """
    answer = case.require(by, "candidate_link.issue", candidacy=candidacy)
    if candidacy.is_protected:
        raise WrongState("candidacy", "issue_link", "protected")
    if case.recruitment.state == Recruitment.State.DRAFT:
        raise WrongState("candidacy", "issue_link", str(case.recruitment.state))
    code, earlier = code or Code.new(), live_link(candidacy)
    until = last_day(by.on, ended_on(case, candidacy))
    link = CandidateLink(
        recruitment=case.recruitment, candidacy=candidacy, digest=digest_of(code), issued_by_id=by.person_id,
        issued_on=by.on, until=until,
    )  # fmt: skip
    with case.act(
        "candidate_link.issued", by, answer.role, candidacy=candidacy, once=once, date=until.isoformat()
    ) as entry:
        if earlier is not None:
            _end(entry, earlier, by, CandidateLink.Ended.RENEWED)
        entry.save(link)
    return code


def revoke_link(case: Case, *, by: Actor, candidacy: Candidacy, once: Once = None) -> None:
    """The code leads nowhere from now on, and whoever is on the page is shown out. Raises Denied, WrongState."""
    answer = case.require(by, "candidate_link.issue", candidacy=candidacy)
    link = live_link(candidacy)
    if link is None:
        raise WrongState("candidacy", "revoke_link", "none")
    with case.act("candidate_link.revoked", by, answer.role, candidacy=candidacy, once=once) as entry:
        _end(entry, link, by, CandidateLink.Ended.REVOKED)


def take_in(case: Case, *, by: Actor, check: Check, once: Once = None) -> None:
    """What the candidate has handed in is taken in to its check, which is then under way.

    Raises Denied, NotComplete, WrongState where nothing waits to be taken in.
    """
    answer = case.require(by, "check.record_answer", check=check)
    require_moving(case)
    waiting = list(Given.objects.filter(of_check=check, taken_in_on=None))
    if not waiting:
        raise WrongState("check", "record_answer", str(check.state))
    moves = _move_on(case, check, waiting[-1])
    day = today_stockholm(waiting[-1].given_at).isoformat()
    with case.act(
        "candidate_page.taken_in",
        by,
        answer.role,
        candidacy=case.candidacy(waiting[-1].candidacy_id),
        check=check,
        once=once,
        date=day,
    ) as entry:
        for given in waiting:
            given.taken_in_on, given.taken_in_by_id = by.on, by.person_id
            entry.save(given)
        if moves:
            entry.save(check)


def forget_given(entry: Act, candidacy: Candidacy) -> None:
    """The finalist has a protected identity: what she wrote goes, and her code leads to a page that says nothing."""
    for given in Given.objects.filter(candidacy=candidacy, content__isnull=False):
        given.content = None
        entry.save(given)


def live_link(candidacy: Candidacy) -> CandidateLink | None:
    """The candidacy's code that has been neither renewed nor revoked, whether or not its days are over."""
    return CandidateLink.objects.filter(candidacy=candidacy, ended_on=None).first()


def ended_on(case: Case, candidacy: Candidacy) -> date | None:
    """The day on which the candidacy, or the recruitment with it, ended; None while it goes on."""
    return candidacy.ended_on or case.recruitment.ended_on


def _move_on(case: Case, check: Check, given: Given) -> bool:
    if given.kind != Given.Kind.DECLARATION:
        return False
    state = live_state(case, check)
    if state == Check.State.WAITING_CANDIDATE:
        check.state = step("check", "record_answer", state)
    elif state in {Check.State.NOT_STARTED, "expired"}:
        check.state = step("check", "begin", state)
    else:
        return False
    check.changed_at = now()
    return True


def _end(entry: Act, link: CandidateLink, by: Actor, code: CandidateLink.Ended) -> None:
    link.ended_on, link.ended_by_id, link.end_code = by.on, by.person_id, code
    entry.save(link)
