"""A stay on the candidate's page: a session of its own kind, in its own cookie, that no sign-in is ever read from.

It is a row beside the sign-ins', signed for its own key, and holds which link opened it, the log's entry of that and
two clocks. It has no person and no account, so that in the cookie of a sign-in it is nobody's; and a sign-in in the
candidate's cookie names no link. Revoking the link ends it at the next request.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vetting.accounts.session_store import SessionStore
from vetting.policy.candidate_page import IDLE_MINUTES, MOST_HOURS
from vetting.recruitment.actions.candidate_page import holds
from vetting.recruitment.case import Case
from vetting.recruitment.models import Candidacy, CandidateLink

LINK, ENTRY, STARTED, SEEN = "candidate_link", "candidate_entry", "candidate_started", "candidate_seen"
GRAIN_SECONDS = 60
"""Noting every request would write the session on every page."""


@dataclass(frozen=True, slots=True)
class Stay:
    """An open stay: whose link, of which recruitment as it stands now, and under which entry of the log."""

    case: Case
    candidacy: Candidacy
    link: CandidateLink
    entry_id: int


def begin(response: HttpResponse, link: CandidateLink, entry_id: int) -> None:
    """Begin a stay and give the browser its cookie, which ends with the browser."""
    session, moment = SessionStore(), int(time.time())
    session.update({LINK: str(link.pk), ENTRY: entry_id, STARTED: moment, SEEN: moment})
    session.set_expiry(IDLE_MINUTES * 60)
    session.create()
    response.set_cookie(
        settings.CANDIDATE_COOKIE_NAME,
        session.session_key or "",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def current(request: HttpRequest) -> Stay | None:
    """The stay that the request belongs to, its clock moved on; None where there is none or it has ended."""
    session = _session(request)
    if session is None:
        return None
    link = _link(session)
    moment, started, seen = int(time.time()), session.get(STARTED, 0), session.get(SEEN, 0)
    if link is None or moment - seen > IDLE_MINUTES * 60 or moment - started > MOST_HOURS * 3600:
        session.flush()
        return None
    case = Case.load(link.recruitment_id)
    if not holds(link, case):
        session.flush()
        return None
    if moment - seen >= GRAIN_SECONDS:
        session[SEEN] = moment
        session.save()
    return Stay(case, case.candidacy(link.candidacy_id), link, int(session[ENTRY]))


def end(request: HttpRequest, response: HttpResponse) -> None:
    """End the stay here and in the browser."""
    session = _session(request)
    if session is not None:
        session.flush()
    response.delete_cookie(settings.CANDIDATE_COOKIE_NAME, samesite="Strict")


def _session(request: HttpRequest) -> SessionStore | None:
    key = request.COOKIES.get(settings.CANDIDATE_COOKIE_NAME, "")
    if not key.isalnum() or len(key) > 64:
        return None
    session = SessionStore(key)
    return session if isinstance(session.get(LINK), str) else None


def _link(session: SessionStore) -> CandidateLink | None:
    return CandidateLink.objects.filter(pk=UUID(session[LINK])).first()
