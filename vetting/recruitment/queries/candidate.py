"""The candidate's own page as HR sees it: the link that is live, and what has come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vetting.policy.candidate_page import last_day
from vetting.recruitment.actions.candidate_link import ended_on
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink, Check, Given

OPEN = frozenset({Check.State.NOT_STARTED, Check.State.WAITING_CANDIDATE, Check.State.IN_PROGRESS})


@dataclass(frozen=True, slots=True)
class OwnPage:
    """`link` is the newest one, live or not; `until` its last day, None where it leads nowhere."""

    link: CandidateLink | None
    until: date | None
    given: list[Given]

    @property
    def waiting(self) -> list[Given]:
        """What has come in and nobody has taken in."""
        return [each for each in self.given if is_waiting(each)]


def own_page(case: Case, candidacy: Candidacy) -> OwnPage:
    """The newest link of the candidacy and what has come in: two queries, the second unless the case has it read."""
    link = CandidateLink.objects.filter(candidacy=candidacy).order_by("-entry").first()
    until = None
    if link is not None and link.ended_on is None:
        last = min(link.until, last_day(link.issued_on, ended_on(case, candidacy)))
        until = last if case.today <= last else None
    return OwnPage(link, until, case.handed_in if link is not None else [])


def read_given(case: Case, candidacy: Candidacy) -> None:
    """Read what the finalist has handed in, newest last, into the case: one query, without the sealed words."""
    rows = Given.objects.filter(candidacy=candidacy).select_related("of_check").defer("content")
    case.handed_in = list(rows)


def given_to(check: Check) -> list[Given]:
    """What she has handed in to one check, newest last, with its sealed words."""
    return list(Given.objects.filter(of_check=check))


def is_waiting(given: Given) -> bool:
    """Whether it has come in and nobody has taken it in: a reply counts by itself, a declaration is taken in."""
    of_declaration = given.kind == Given.Kind.DECLARATION and given.taken_in_on is None
    return of_declaration and given.of_check.state in OPEN


def newest(given: Iterable[Given], check: Check) -> Given | None:
    """The newest of them that belongs to the check and waits to be taken in, or None."""
    return next(
        (each for each in reversed(list(given)) if each.of_check_id == check.pk and is_waiting(each)), None
    )
