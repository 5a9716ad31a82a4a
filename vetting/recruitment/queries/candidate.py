"""The candidate's own page as HR sees it: the link that is live, and what has come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

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
    rows = CandidateLink.objects.filter(candidacy=candidacy)
    # A code and the one that it replaces are written by the same entry.
    link = rows.order_by(F("ended_on").desc(nulls_first=True), "-entry_id").first()
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
    """Whether it has come in and nobody has taken it in: a reply counts by itself, a declaration is taken in.

    One that came after the check was recorded is news all the same.
    """
    if given.kind != Given.Kind.DECLARATION or given.taken_in_on is not None:
        return False
    check = given.of_check
    return check.state in OPEN or (check.state == Check.State.DONE and check.changed_at < given.given_at)


def waits_to_be_taken_in() -> Q:
    """As `is_waiting`, for a query of what has been handed in."""
    later = Q(of_check__state=Check.State.DONE, given_at__gt=F("of_check__changed_at"))
    return Q(kind=Given.Kind.DECLARATION, taken_in_on=None) & (Q(of_check__state__in=sorted(OPEN)) | later)


def newest(given: Iterable[Given], check: Check) -> Given | None:
    """The newest of them that belongs to the check and waits to be taken in, or None."""
    return next(
        (each for each in reversed(list(given)) if each.of_check_id == check.pk and is_waiting(each)), None
    )
