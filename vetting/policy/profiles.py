"""Control profiles: which checks a post or a workplace brings into play, and how many give an opinion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vetting.policy.text import _

BASE = "base"


@dataclass(frozen=True, slots=True)
class Profile:
    """One control profile. ``second_approver_on``: what adds a second opinion where one is enough.

    ``attaches_to``: ``both`` sits on units too, and posts in or sent to the unit inherit it.
    """

    code: str
    name: str
    level: int
    checkpoints_added: tuple[str, ...] = ()
    checkpoints_removed: tuple[str, ...] = ()
    approvers: int = 0
    second_approver_on: tuple[str, ...] = ()
    attaches_to: Literal["position", "unit", "both"] = "position"
    visible_to: Literal["all", "protective_security"] = "all"
    default_on: bool = True


#: What every post at level 3 and up adds.
SENSITIVE = (
    "merit",
    "candidate_coi",
    "cv_gaps",
    "security_opinion",
    "access_grant",
    "intro_influence",
    "annual_declaration",
    "exit",
)

#: What adds a second opinion at level 3.
ON_DEVIATION = ("deviation", "condition", "waiver", "sample")

_DECLARED = (
    Profile(
        "base",
        _("Grund"),
        1,
        checkpoints_added=("role_risk", "notice", "id_check", "references", "decision", "secrecy_notice"),
        attaches_to="both",
    ),
    Profile(
        "school",
        _("Skola och förskola"),
        2,
        checkpoints_added=("crim_school", "license_teacher"),
        checkpoints_removed=("crim_child_other",),
        attaches_to="both",
    ),
    Profile(
        "residential_child_care",
        _("HVB, stödboende och skyddat boende med barn"),
        3,
        checkpoints_added=("crim_hvb", *SENSITIVE),
        checkpoints_removed=("crim_child_other",),
        approvers=1,
        second_approver_on=ON_DEVIATION,
        attaches_to="both",
    ),
    Profile(
        "lss_children",
        _("LSS-insatser åt barn"),
        2,
        checkpoints_added=("crim_lss_child",),
        checkpoints_removed=("crim_child_other",),
        attaches_to="both",
    ),
    Profile(
        "leisure_children",
        _("Fritid och kultur med barn"),
        2,
        checkpoints_added=("crim_child_other",),
        attaches_to="both",
    ),
    Profile(
        "home_care",
        _("Hemtjänst och andra insatser i hemmet"),
        2,
        checkpoints_added=("crim_home_care", "population_register"),
        attaches_to="both",
    ),
    Profile("special_housing", _("Särskilt boende"), 2, attaches_to="both"),
    Profile("licensed_care", _("Legitimerad vårdpersonal"), 2, checkpoints_added=("license_hosp",)),
    Profile(
        "social_authority",
        _("Myndighetsutövning i socialtjänsten"),
        3,
        checkpoints_added=(*SENSITIVE, "company_roles"),
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "procurement",
        _("Inköp och upphandling"),
        3,
        checkpoints_added=(*SENSITIVE, "company_roles", "credit"),
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "authority_decisions",
        _("Tillstånd, tillsyn och parkering"),
        3,
        checkpoints_added=(*SENSITIVE, "company_roles"),
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "finance_payments",
        _("Ekonomi, utbetalningar och bidrag"),
        3,
        checkpoints_added=(*SENSITIVE, "company_roles", "credit"),
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "it_admin",
        _("IT-administration och höga behörigheter"),
        3,
        checkpoints_added=(*SENSITIVE, "company_roles"),
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "hr_recruitment",
        _("HR, rekrytering och lön"),
        3,
        checkpoints_added=SENSITIVE,
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile(
        "registry_archive",
        _("Registratur, arkiv och skyddade uppgifter"),
        3,
        checkpoints_added=SENSITIVE,
        approvers=1,
        second_approver_on=ON_DEVIATION,
    ),
    Profile("safety_critical", _("Säkerhetskritiskt arbete"), 2, checkpoints_added=("drug_test",)),
    Profile("manager", _("Chef"), 2, checkpoints_added=("union", "candidate_coi", "company_roles")),
    Profile(
        "leading_post",
        _("Utpekad ledande befattning"),
        3,
        checkpoints_added=("crim_leading", "union", *SENSITIVE, "company_roles", "credit", "open_sources"),
        approvers=2,
    ),
    Profile(
        "security_vetting_required",
        _("Säkerhetsprövning krävs"),
        4,
        checkpoints_added=("security_vetting", *SENSITIVE, "company_roles"),
        approvers=2,
    ),
    Profile(
        "protective_no_class",
        _("Säkerhetskänslig verksamhet utan klass"),
        4,
        checkpoints_added=("sec_basic_inquiry", "sec_follow_up"),
        approvers=2,
        visible_to="protective_security",
        default_on=False,
    ),
    Profile(
        "protective_class_3",
        _("Säkerhetsskyddsklass 3"),
        4,
        checkpoints_added=(
            "sec_basic_inquiry",
            "sec_register_control",
            "sec_follow_up",
            "sec_deregistration",
        ),
        approvers=2,
        visible_to="protective_security",
        default_on=False,
    ),
    Profile(
        "protective_class_2",
        _("Säkerhetsskyddsklass 2"),
        5,
        checkpoints_added=(
            "sec_basic_inquiry",
            "sec_register_control",
            "sec_personal_inquiry",
            "sec_citizenship",
            "sec_follow_up",
            "sec_deregistration",
        ),
        approvers=2,
        visible_to="protective_security",
        default_on=False,
    ),
    Profile(
        "protective_class_1",
        _("Säkerhetsskyddsklass 1"),
        5,
        checkpoints_added=(
            "sec_basic_inquiry",
            "sec_register_control",
            "sec_personal_inquiry",
            "sec_citizenship",
            "sec_follow_up",
            "sec_deregistration",
        ),
        approvers=2,
        visible_to="protective_security",
        default_on=False,
    ),
)

PROFILES: dict[str, Profile] = {profile.code: profile for profile in _DECLARED}
