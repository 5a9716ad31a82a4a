"""The candidate's own page as HR sees it: the link that is live, and what has come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from vetting.policy.candidate_page import last_day
from vetting.recruitment.actions.candidate_link import ended_on
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink, Check, Given

LINK = ("id", "entry_id", "issued_on", "until", "opened_on", "ended_on", "end_code")
HANDED_IN = ("id", "entry_id", "of_check_id", "kind", "answer", "given_at", "taken_in_on")
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


def own_page(case: Case) -> OwnPage:
    """The link and what has come in, as `read_own_page` has read them for one finalist."""
    link, until = case.own_link, None
    if link is not None and link.ended_on is None:
        last = min(link.until, last_day(link.issued_on, ended_on(case, case.candidacy(link.candidacy_id))))
        until = last if case.today <= last else None
    return OwnPage(link, until, case.handed_in)


def read_own_page(case: Case, candidacy: Candidacy) -> None:
    """Read the finalist's newest link and what she has handed in into the case: one query, no sealed words."""
    columns = [f"links__{name}" for name in LINK] + [f"given__{name}" for name in HANDED_IN]
    links: dict[UUID, CandidateLink] = {}
    given: dict[UUID, Given] = {}
    for row in Candidacy.objects.filter(pk=candidacy.pk).values_list(*columns):
        link, handed_in = (
            dict(zip(LINK, row, strict=False)),
            dict(zip(HANDED_IN, row[len(LINK) :], strict=True)),
        )
        if link["id"] is not None:
            links[link["id"]] = CandidateLink(candidacy_id=candidacy.pk, **link)
        if handed_in["id"] is not None:
            given[handed_in["id"]] = Given(
                of_check=case.check(handed_in["of_check_id"]), **_but_check(handed_in)
            )
    # The live one, or the newest: a code and the one that it replaces are written by the same entry.
    newest_last = sorted(links.values(), key=lambda each: (each.ended_on is None, each.entry_id))
    case.own_link = newest_last[-1] if newest_last else None
    case.handed_in = sorted(given.values(), key=lambda each: each.given_at)


def _but_check(handed_in: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in handed_in.items() if name != "of_check_id"}


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
