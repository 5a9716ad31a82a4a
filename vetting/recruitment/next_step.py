"""The one next step of a candidacy, for the person who looks: a button, a shut button with what is in its way, or
a line that says who is waited for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.recruitment import links
from vetting.recruitment.answering import split, who_answers
from vetting.recruitment.case import Case
from vetting.recruitment.engine import progress
from vetting.recruitment.engine.coming import starts_later
from vetting.recruitment.engine.progress import Missing
from vetting.recruitment.engine.rows import needs_opinion
from vetting.recruitment.models import Candidacy, Opinion, Recruitment
from vetting.web.days import day_or_dash
from vetting.web.parts import Link

ENDED = {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}
Can = Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class NextStep:
    """`url` leads to a page, or with `posts` does the step at once; `reasons` shuts the button; `note` only tells."""

    label: str = ""
    url: str = ""
    posts: bool = False
    reasons: Sequence[Link] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page has already worked out: what this person may do, and which groups she can fill in."""

    case: Case
    actor: Actor
    can: Can
    fillable: frozenset[str]
    candidacy: Candidacy | None = None

    def may(self, code: str) -> bool:
        """Whether the door said yes; no for what it was not asked."""
        return self.can.get(code, False)

    def step(self, label: str, name: str) -> NextStep:
        """A step with a page of its own."""
        return NextStep(label, links.to(name, self.case, self.candidacy))

    def shut(self, label: str, missing: list[Missing]) -> NextStep:
        """The step with everything that is in its way."""
        return NextStep(
            label, reasons=[links.of_missing(self.case, m, self.candidacy, self.can) for m in missing]
        )

    def fill(self, *groups: str) -> NextStep | None:
        """The first of `groups` that this person has something to fill in."""
        for group in groups:
            if group in self.fillable:
                return NextStep(_("Fyll i kontrollerna"), links.group(self.case, group, self.candidacy))
        return None


def next_step(seen: Seen) -> NextStep | None:
    """What comes next, or None where nothing is left to do."""
    case = seen.case
    if case.recruitment.state in ENDED:
        return None
    if case.recruitment.on_hold:
        if seen.may("recruitment.resume"):
            return seen.step(_("Återuppta rekryteringen"), "resume_recruitment")
        return NextStep(note=_("Rekryteringen är pausad."))
    if progress.manager_stands_aside(case) and seen.may("recruitment.assign"):
        return seen.step(_("Utse en annan chef"), "change_manager")
    if case.recruitment.state == Recruitment.State.DRAFT:
        return _draft(seen)
    if str(seen.actor.person_id) in progress.undeclared(case) and seen.may("declaration.give"):
        return seen.step(_("Ta ställning till jäv"), "give_declaration")
    if seen.candidacy is None:
        return _without_finalist(seen)
    return _STEPS.get(Candidacy.State(seen.candidacy.state), _closing)(seen, seen.candidacy)


def _draft(seen: Seen) -> NextStep:
    """Her own questions, or the opening when every question has its answer; otherwise who is waited for."""
    asked = progress.unanswered(seen.case, None, "opening")
    own, theirs = split(seen.case.facts_for(seen.actor), asked)
    if not seen.may("recruitment.open"):
        return NextStep(note=_("Väntar på att frågorna besvaras och rekryteringen öppnas."))
    if theirs and not own:
        who = _(" och ").join(dict.fromkeys(who_answers(code) for code in theirs))
        return NextStep(note=_("Väntar på svar från %(who)s.") % {"who": who})
    words = _("Besvara dina frågor") if theirs else _("Besvara frågorna och öppna")
    return seen.step(words, "open_recruitment")


def _without_finalist(seen: Seen) -> NextStep | None:
    if seen.may("candidacy.create"):
        return seen.step(_("Föreslå slutkandidat"), "create_candidacy")
    return NextStep(note=_("Väntar på att en slutkandidat föreslås."))


def _proposed(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    filled = seen.fill("finalist", "before_advert")
    missing = progress.missing_to_proceed(seen.case, candidacy)
    if filled is not None and any(item.kind in {"check", "question"} for item in missing):
        return filled
    freed = any(c.ended_on is not None and c.proceeded_on is not None for c in seen.case.candidacies)
    name, label, permission = (
        ("take_over_candidacy", _("Låt %(who)s ta över platsen"), "candidacy.take_over")
        if freed
        else ("proceed_candidacy", _("Gå vidare till slutkontroll med %(who)s"), "candidacy.proceed")
    )
    words = label % {"who": candidacy.label}
    if not seen.may(permission):
        return filled or NextStep(note=_("Väntar på HR:s beslut att gå vidare till slutkontroll."))
    if missing:
        return seen.shut(words, missing)
    return NextStep(words, links.to(name, seen.case, candidacy), posts=True)


def _checking(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    if not needs_opinion(seen.case, candidacy):
        return _cleared(seen, candidacy)
    opinion = seen.case.current_opinion(candidacy)
    missing = progress.missing_for_opinion(seen.case, candidacy)
    filled = seen.fill("finalist", "before_advert", "decision")
    if filled is not None and missing:
        return filled
    if not seen.may("opinion.prepare"):
        return filled or NextStep(note=_("Väntar på att HR begär säkerhetsyttrande."))
    words = _("Begär säkerhetsyttrande")
    if missing:
        return seen.shut(words, missing)
    if opinion is not None and opinion.state == Opinion.State.DRAFT:
        url = links.to("opinion_view", seen.case, candidacy) or links.to(
            "request_opinion", seen.case, candidacy
        )
        return NextStep(words, url)
    return seen.step(words, "prepare_opinion")


def _waiting(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    if seen.may("opinion.take") or seen.may("opinion.decide"):
        return seen.step(_("Öppna säkerhetsyttrandet"), "opinion_view")
    return NextStep(note=_("Väntar på säkerhetsyttrande. Målet är en arbetsdag."))


def _refused(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    if seen.may("opinion.escalate"):
        return seen.step(_("Välj väg framåt"), "escalate_opinion")
    if seen.may("decision.sign") and progress.may_decide_against(seen.case, candidacy):
        return seen.step(_("Besluta om %(who)s") % {"who": candidacy.label}, "sign_decision")
    return NextStep(note=_("Säkerhetsfunktionen avstyrker. Chefen kan lyfta frågan eller välja någon annan."))


def _escalated(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    if seen.may("escalation.decide"):
        return seen.step(_("Besluta efter lyft"), "decide_escalation")
    return NextStep(note=_("Frågan är lyft. Väntar på den som beslutar."))


def _cleared(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    missing = progress.missing_before_signing(seen.case, candidacy)
    filled = seen.fill("finalist", "before_advert", "decision")
    if filled is not None and missing:
        return filled
    if seen.may("decision.sign"):
        words = _("Besluta om %(who)s") % {"who": candidacy.label}
        return seen.shut(words, missing) if missing else seen.step(words, "sign_decision")
    return filled or NextStep(note=_("Väntar på den som beslutar."))


def _selected(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    missing = progress.missing_for_start(seen.case, candidacy)
    filled = seen.fill("start")
    if filled is not None and missing:
        return filled
    if not seen.may("engagement.confirm_start"):
        return filled or NextStep(note=_("Väntar på kontrollerna före start."))
    if not missing and (day := starts_later(seen.case, candidacy)) is not None:
        told = {"who": candidacy.label, "day": day_or_dash(day)}
        return NextStep(note=_("Första dagen är %(day)s. Bekräfta då att %(who)s har börjat.") % told)
    words = _("Bekräfta att %(who)s har börjat") % {"who": candidacy.label}
    return seen.shut(words, missing) if missing else seen.step(words, "confirm_start")


def _closing(seen: Seen, candidacy: Candidacy) -> NextStep | None:
    case = seen.case
    if case.recruitment.state == Recruitment.State.OPEN and progress.places_free(case) > 0:
        return _without_finalist(seen)
    if case.recruitment.state != Recruitment.State.ONBOARDING or not seen.may("recruitment.close"):
        return None
    missing = progress.missing_to_close(case)
    filled = seen.fill("start") if missing else None
    words = _("Avsluta rekryteringen")
    return filled or (seen.shut(words, missing) if missing else seen.step(words, "close_recruitment"))


_STEPS = {
    Candidacy.State.PROPOSED: _proposed,
    Candidacy.State.RESERVE: _proposed,
    Candidacy.State.CHECKING: _checking,
    Candidacy.State.RETURNED: _checking,
    Candidacy.State.AWAITING_SECURITY: _waiting,
    Candidacy.State.REFUSED: _refused,
    Candidacy.State.ESCALATED: _escalated,
    Candidacy.State.CLEARED: _cleared,
    Candidacy.State.SELECTED: _selected,
}
