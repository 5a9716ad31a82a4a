"""*Kandidatens sida* on the recruitment's page: whether there is a way in, and what has come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vetting.policy.calendar import today_stockholm
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink, Given
from vetting.recruitment.queries.candidate import is_waiting, own_page

ISSUES = "candidate_link.issue"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something she has handed in: what, when, whether it waits to be taken in, and the check it belongs to."""

    what: str
    day: date
    waits: bool
    url: str


@dataclass(frozen=True, slots=True)
class OwnPageCard:
    """The card: the kind and words of its state, a line about it, what has come in, and where it is managed."""

    kind: str
    state: str
    note: str
    arrived: list[Arrived]
    url: str
    is_live: bool
    opened_on: date | None = None


def own_page_card(case: Case, candidacy: Candidacy, can: Mapping[str, bool]) -> OwnPageCard | None:
    """The card for whoever hands the link out; None for everybody else and for a finalist handled by hand."""
    if not can.get(ISSUES) or candidacy.is_protected or case.recruitment.opened_on is None:
        return None
    found = own_page(case)
    kind, state, note = (
        "todo",
        _("Ingen kod utlämnad"),
        _("Kandidaten får inte information och lämnar inget här."),
    )
    if found.until is not None and found.link is not None:
        kind, state = ("done", _("Öppnad")) if found.link.opened_on else ("candidate", _("Inte öppnad än"))
        note = ""
    elif found.link is not None:
        revoked = found.link.end_code == CandidateLink.Ended.REVOKED
        kind, state = ("stopped", _("Spärrad")) if revoked else ("redo", _("Koden har gått ut"))
        note = ""
    return OwnPageCard(
        kind, state, note,
        [_arrived(case, each) for each in reversed(found.given)],
        links.to("candidate_link", case, candidacy),
        found.until is not None,
        found.link.opened_on if found.link is not None else None,
    )  # fmt: skip


def _arrived(case: Case, given: Given) -> Arrived:
    name = _(CHECKPOINTS[given.of_check.code].name)
    words = {
        Given.Answer.NOTHING: _("Försäkran: inget att anmäla"),
        Given.Answer.SOMETHING: _("Försäkran: något anmält"),
        Given.Answer.REPLIED: _("Svar om %(check)s") % {"check": name},
        Given.Answer.DECLINED: _("Avstår från att svara om %(check)s") % {"check": name},
    }
    url = links.to("check_view", case, check=given.of_check_id)
    return Arrived(words[Given.Answer(given.answer)], today_stockholm(given.given_at), is_waiting(given), url)
