"""The coded yes/no questions that decide which checks become rows. Unanswered, they block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vetting.policy.text import _

Moment = Literal["opening", "candidacy", "decision"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``asked_when`` and ``answered_by``: moments and roles or relations, any of them.

    ``inherited_from_position``: the answer is given on the position and confirmed by opening the recruitment.
    """

    code: str
    text: str
    asked_when: tuple[Moment, ...]
    answered_by: tuple[str, ...]
    unanswered_blocks: bool = True
    inherited_from_position: bool = False


_DECLARED = (
    Question(
        "redeployment_case",
        _("Finns det någon anställd som kan behöva omplaceras till den här platsen?"),
        ("opening",),
        ("hr_officer",),
    ),
    Question(
        "priority_holder",
        _("Finns det någon som kan ha företrädesrätt till anställningen?"),
        ("opening",),
        ("hr_officer",),
    ),
    Question(
        "priority_holder_at_decision",
        _("Kan någon ha fått företrädesrätt sedan rekryteringen öppnades?"),
        ("decision",),
        ("hr_officer",),
    ),
    Question(
        "union_local_agreement",
        _("Kräver det lokala samverkansavtalet att facket informeras före beslutet?"),
        ("opening",),
        ("hr_officer",),
        inherited_from_position=True,
    ),
    Question(
        "participant_conflict",
        _("Har du någon anknytning till en slutkandidat som kan ge skäl att ifrågasätta din opartiskhet?"),
        ("opening", "candidacy"),
        ("participant",),
    ),
    Question(
        "formal_requirement",
        _("Kräver kravprofilen examen, certifikat eller annat intyg?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "teacher_post",
        _("Ska personen undervisa som lärare eller förskollärare?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "lss_other_children",
        _("Ska personen ge insatser åt andra barn än sina egna?"),
        ("candidacy",),
        ("deciding_delegate",),
    ),
    Question(
        "child_contact_request",
        _(
            "Innebär arbetet direkt och regelbunden kontakt med barn, och är det bestämt att "
            "utdrag ska begäras?"
        ),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "home_care_request",
        _(
            "Ska arbetet utföras i hemmet hos äldre eller vuxna med funktionsnedsättning, "
            "och är det bestämt att utdrag ska begäras?"
        ),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "leading_post_request",
        _("Är befattningen utpekad som ledande befattning där utdrag ska begäras?"),
        ("opening",),
        ("hr_officer",),
        inherited_from_position=True,
    ),
    Question(
        "company_roles_decided",
        _("Står det i en beslutad riskbedömning att bolagsengagemang ska kontrolleras för befattningen?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "independent_payment_decided",
        _("Står det i en beslutad riskbedömning att befattningen har självständigt betalningsansvar?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "open_sources_decided",
        _("Finns det ett särskilt beslut om att öppna källor ska kontrolleras för befattningen?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "drug_test_decided",
        _("Finns det ett beslut om drogtest för befattningen?"),
        ("opening",),
        ("hiring_manager",),
        inherited_from_position=True,
    ),
    Question(
        "unexplained_history",
        _("Finns det något i meritförteckningen som behöver förklaras för den här befattningen?"),
        ("candidacy",),
        ("hiring_manager",),
    ),
    Question(
        "requires_work_permit",
        _("Behöver personen tillstånd för att få arbeta i Sverige?"),
        ("candidacy",),
        ("hr_officer",),
    ),
    Question(
        "trial_period", _("Börjar anställningen med provanställning?"), ("decision",), ("deciding_delegate",)
    ),
    Question(
        "fixed_term_over_month",
        _("Är anställningen tidsbegränsad och längre än en månad?"),
        ("decision",),
        ("hr_officer",),
    ),
    Question(
        "secondary_job_reported", _("Har personen uppgett en bisyssla?"), ("decision",), ("hr_officer",)
    ),
)

QUESTIONS: dict[str, Question] = {question.code: question for question in _DECLARED}
