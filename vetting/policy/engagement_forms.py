"""Forms of engagement: a required choice that adds and removes checks and names the decision."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.text import _


@dataclass(frozen=True, slots=True)
class EngagementForm:
    """One form. ``allowed`` False refuses it with ``note``; otherwise ``note`` stands beside the choice."""

    code: str
    name: str
    decision_name: str
    checkpoints_added: tuple[str, ...] = ()
    checkpoints_removed: tuple[str, ...] = ()
    note: str = ""
    allowed: bool = True
    complete_after_start_allowed: bool = False
    pool_clearance: bool = False
    always_ends: bool = False
    """No decision without a last day: the work is for a holiday, whoever does it and whatever it is."""


_DECLARED = (
    EngagementForm(
        "permanent",
        _("Tillsvidareanställning"),
        _("Anställningsbeslut"),
        checkpoints_added=(
            "redeployment",
            "priority_right",
            "priority_right_recheck",
            "union_information",
            "recruiter_coi",
            "education",
            "work_right",
            "terms",
            "secondary_job",
            "trial",
        ),
    ),
    EngagementForm(
        "fixed_term",
        _("Visstidsanställning eller vikariat"),
        _("Anställningsbeslut"),
        checkpoints_added=(
            "redeployment",
            "priority_right",
            "priority_right_recheck",
            "union_information",
            "recruiter_coi",
            "education",
            "work_right",
            "terms",
            "secondary_job",
            "fixed_term_notice",
        ),
        note=_("Komplettering efter start får väljas bara när anställningen är högst fjorton dagar."),
        complete_after_start_allowed=True,
    ),
    EngagementForm(
        "hourly_pool",
        _("Timvikarie i pool"),
        _("Anställningsbeslut"),
        checkpoints_added=(
            "recruiter_coi",
            "priority_right",
            "education",
            "work_right",
            "terms",
            "secondary_job",
            "fixed_term_notice",
        ),
        note=_("Prövas en gång; varje pass bokas sedan med stöd av Klar för pool."),
        pool_clearance=True,
    ),
    EngagementForm(
        "holiday_work",
        _("Feriearbete"),
        _("Anställningsbeslut"),
        checkpoints_added=("recruiter_coi", "work_right", "terms", "fixed_term_notice"),
        checkpoints_removed=("references",),
        always_ends=True,
    ),
    EngagementForm(
        "internal_move",
        _("Intern förflyttning"),
        _("Beslut om ny placering"),
        checkpoints_added=(
            "redeployment",
            "priority_right",
            "priority_right_recheck",
            "union_information",
            "recruiter_coi",
            "education",
            "work_right",
            "terms",
            "secondary_job",
        ),
        note=_("Bara skillnaden mellan gammal och ny kontrollprofil efterfrågas; en referens räcker."),
    ),
    EngagementForm(
        "acting_manager",
        _("Förordnande som chef"),
        _("Beslut om förordnande"),
        checkpoints_added=("recruiter_coi", "education", "union_information", "terms", "secondary_job"),
    ),
    EngagementForm(
        "agency",
        _("Inhyrd från bemanningsföretag"),
        _("Beslut att anlita"),
        checkpoints_added=("union_hiring_in", "recruiter_coi", "education"),
        checkpoints_removed=("references",),
        note=_("Komplettering efter start får väljas bara när uppdraget är högst fjorton dagar."),
        complete_after_start_allowed=True,
        pool_clearance=True,
    ),
    EngagementForm(
        "consultant",
        _("Konsult eller uppdragstagare"),
        _("Beslut att anlita"),
        checkpoints_added=("union_hiring_in", "recruiter_coi", "education"),
        note=_("Komplettering efter start får väljas bara när uppdraget är högst fjorton dagar."),
        complete_after_start_allowed=True,
    ),
    EngagementForm(
        "trainee",
        _("Praktik, VFU eller LIA"),
        _("Beslut att ta emot"),
        checkpoints_added=("recruiter_coi",),
        checkpoints_removed=("references",),
    ),
    EngagementForm(
        "labour_market",
        _("Arbetsmarknadsinsats"),
        _("Beslut att ta emot"),
        checkpoints_added=("recruiter_coi", "work_right"),
        checkpoints_removed=("references",),
    ),
    EngagementForm(
        "volunteer", _("Ideellt uppdrag"), _("Beslut att ta emot"), checkpoints_added=("recruiter_coi",)
    ),
    EngagementForm(
        "elected_office",
        _("Förtroendeuppdrag"),
        "",
        note=_("Förtroendeuppdrag tillsätts genom val och är ingen rekrytering; inga kontroller görs här."),
        allowed=False,
    ),
    EngagementForm(
        "foster_contact",
        _("Familjehem, kontaktfamilj och kontaktperson"),
        "",
        note=_("Sådana uppdrag utreds av socialnämnden i en annan ordning och hanteras inte här."),
        allowed=False,
    ),
)

FORMS: dict[str, EngagementForm] = {form.code: form for form in _DECLARED}
ALWAYS_END = tuple(code for code, form in FORMS.items() if form.always_ends)
"""Forms that nobody is engaged in without a last day."""
