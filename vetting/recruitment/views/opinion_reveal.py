"""*Visa uppgifter* and *Visa skälen*: opened with a purpose, after an entry that says so, for fifteen minutes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.pages import page, role_in
from vetting.access.reveal import open_fields, opening_of, remember
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Opening, unseal, unseal_json
from vetting.recruitment.case import Case
from vetting.recruitment.forms.opinion import OUTCOMES
from vetting.recruitment.models import Candidacy, Opinion, Vote
from vetting.recruitment.views.base import Part, load_part, refused
from vetting.recruitment.views.naming import opinion_in

MATERIAL = ("name", "recommendation")
REASONS = (
    ("lifted", "escalation_reason"),
    ("after_lift", "escalation_decision"),
    ("against", "set_aside_reason"),
)
"""What was written after an *avstyrks*: under which name it is shown, and where it is sealed."""


def reasons_field(opinion: Opinion) -> str:
    """The name under which a session remembers that the reasons of this very round were opened."""
    return f"ballots {opinion.pk}"


@page("candidacy.reveal", load=load_part, methods=("POST",))
def reveal_material(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """*Visa uppgifter*: the name and the recommendation, for fifteen minutes, after an entry that says so."""
    case, opinion = part.case, opinion_in(part)
    candidacy = case.candidacy(opinion.candidacy_id)
    role = role_in(request)
    purpose = _purpose(role)
    said = {
        "role": role,
        "reference": case.recruitment.reference,
        "candidacy": candidacy.label,
        "minutes": 15,
    }
    opening = open_fields(
        actor.who(role), "candidacy.revealed", subject=case.pk, facts=said, fields=MATERIAL, purpose=purpose
    )
    remember(request, candidacy.pk, MATERIAL, opening)
    return redirect("opinion_view", pk=case.pk, opinion=opinion.pk)


@page("opinion.reveal_reason", load=load_part, methods=("POST",))
def reveal_reason(request: HttpRequest, actor: Actor, part: Part, **kwargs: Any) -> HttpResponse:
    """Open the reasons of a concluded round; before that nobody's are opened, not even one's own."""
    case, opinion = part.case, opinion_in(part)
    if opinion.concluded_on is None:
        sentence = _("Skälen kan läsas först när alla har yttrat sig.")
        return refused(request, actor, case.pk, "opinion.reveal_reason", "wrong_state", sentence)
    candidacy = case.candidacy(opinion.candidacy_id)
    role = role_in(request)
    said = {
        "role": role,
        "reference": case.recruitment.reference,
        "candidacy": candidacy.label,
        "round": opinion.round,
    }
    field = reasons_field(opinion)
    opening = open_fields(
        actor.who(role),
        "opinion.reason_revealed",
        subject=case.pk,
        facts=said,
        fields=[field],
        purpose=_purpose(role),
    )
    remember(request, candidacy.pk, [field], opening)
    name = "decide_escalation" if request.POST.get("till") == "lyft" else "opinion_view"
    return redirect(name, pk=case.pk, opinion=opinion.pk)


def reasons(request: HttpRequest, case: Case, opinion: Opinion) -> dict[str, Any] | None:
    """What each wrote in a concluded round, and why it was lifted, while this session has it open; else None."""
    opening = opening_of(request, opinion.candidacy_id, reasons_field(opinion))
    if opening is None or opinion.concluded_on is None:
        return None
    labels = {code: str(words) for code, words in OUTCOMES}
    votes = [
        {"outcome": labels.get(ballot["outcome"], ""), "reasons": ballot["reasons"]}
        for vote in case.votes_of(opinion)
        if vote.ballot is not None
        for ballot in [_ballot(vote, opening)]
    ]
    said = {name: _text(opinion, field, opening) for name, field in REASONS}
    return {"votes": votes, **said}


def material(request: HttpRequest, case: Case, opinion: Opinion) -> dict[str, str] | None:
    """The name and the recommendation while this session has them open, else None."""
    candidacy = case.candidacy(opinion.candidacy_id)
    name = opening_of(request, candidacy.pk, "name")
    recommendation = opening_of(request, candidacy.pk, "recommendation")
    if name is None or recommendation is None:
        return None
    return {
        "name": _text(candidacy, "name", name) if candidacy.name is not None else candidacy.alias,
        "recommendation": _text(opinion, "recommendation", recommendation),
    }


def _text(row: Candidacy | Opinion, field: str, opening: Opening) -> str:
    """The sealed text; a damaged value, or one whose key has been destroyed, says that it cannot be read."""
    if getattr(row, field) is None:
        return ""
    try:
        return unseal(row, field, opening)
    except SealError:
        return _("kan inte läsas")


def _ballot(vote: Vote, opening: Opening) -> dict[str, Any]:
    """What was voted; reasons that cannot be read say so, and the outcome stands on the opinion."""
    try:
        read: dict[str, Any] = unseal_json(vote, "ballot", opening)
    except SealError:
        return {"outcome": "", "reasons": _("kan inte läsas")}
    return read


def _purpose(role: str) -> str:
    gives = {"security_officer", "security_head", "guest_approver"}
    return "give_opinion" if role in gives else "prepare_decision"
