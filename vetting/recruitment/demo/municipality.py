"""Nordviks kommun, as data: who decides what, where, over which posts. There is no such municipality."""

from __future__ import annotations

from typing import NamedTuple

NAME = "Nordviks kommun"
COMPANY = "Nordviks Bostäder AB"


class AuthorityPlan(NamedTuple):
    """A committee or company. `switched_on`: checks that are off by default and that it has decided to use."""

    key: str
    name: str
    prefix: str
    binds: bool = False
    switched_on: tuple[str, ...] = ()
    is_company: bool = False
    is_control: bool = False


class UnitPlan(NamedTuple):
    """A unit. `manager`, `access` and `hr` are keys of people; the manager decides, but for leading posts."""

    key: str
    authority: str
    path: str
    name: str
    manager: str
    hr: str
    access: str = ""
    profiles: tuple[str, ...] = ()


class PostPlan(NamedTuple):
    """A post. `yes`: the questions that are answered yes for it, once. `risk`: what has become of its risk analysis."""

    key: str
    unit: str
    title: str
    profiles: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    level: int = 1
    risk: str = "confirmed"
    weight: int = 3
    """How often it is recruited to, beside the others; 0 never, as its analysis does not hold."""


AUTHORITIES = (
    AuthorityPlan("ks", "Kommunstyrelsen", "KS", True, ("credit",)),
    AuthorityPlan("ubn", "Utbildningsnämnden", "UBN"),
    AuthorityPlan("sn", "Socialnämnden", "SN", True),
    AuthorityPlan("tn", "Tekniska nämnden", "TN", False, ("drug_test",)),
    AuthorityPlan("nbab", COMPANY, "NBAB", False, ("credit",), is_company=True),
)

UNITS = (
    UnitPlan("ks", "ks", "0001.", "Kommunledningsförvaltningen", "director", "hr_one"),
    UnitPlan("procurement", "ks", "0001.0001.", "Upphandlingsenheten", "m_procurement", "hr_one", "access_one"),
    UnitPlan("it", "ks", "0001.0002.", "IT-avdelningen", "m_it", "hr_one", "access_one"),
    UnitPlan("finance", "ks", "0001.0003.", "Ekonomiavdelningen", "m_finance", "hr_one", "access_one"),
    UnitPlan("registry", "ks", "0001.0004.", "Kommunkansliet", "m_registry", "hr_two", "access_one"),
    UnitPlan("hr", "ks", "0001.0005.", "HR-avdelningen", "director", "hr_two", "access_one"),
    UnitPlan("ubn", "ubn", "0002.", "Utbildningsförvaltningen", "head_ubn", "hr_school"),
    UnitPlan("school_one", "ubn", "0002.0001.", "Björkängsskolan", "m_school_one", "hr_school", "", ("school",)),
    UnitPlan("school_two", "ubn", "0002.0002.", "Strandskolan", "m_school_two", "hr_school", "", ("school",)),
    UnitPlan("preschool", "ubn", "0002.0003.", "Förskolan Tallkotten", "m_preschool", "hr_school", "", ("school",)),
    UnitPlan("leisure", "ubn", "0002.0004.", "Fritidsgården Kajen", "m_leisure", "hr_school", "",
             ("leisure_children",)),
    UnitPlan("sn", "sn", "0003.", "Socialförvaltningen", "head_sn", "hr_social"),
    UnitPlan("hvb", "sn", "0003.0001.", "HVB Fyren", "m_hvb", "hr_social", "access_two", ("residential_child_care",)),
    UnitPlan("home", "sn", "0003.0002.", "Hemtjänsten Väst", "m_home", "hr_social", "", ("home_care",)),
    UnitPlan("housing", "sn", "0003.0003.", "Särskilda boendet Solgläntan", "m_housing", "hr_social", "",
             ("special_housing",)),
    UnitPlan("lss", "sn", "0003.0004.", "Korttidsboendet Ekorren", "m_lss", "hr_social", "", ("lss_children",)),
    UnitPlan("cases", "sn", "0003.0005.", "Myndighetsenheten", "m_cases", "hr_two", "access_two"),
    UnitPlan("tn", "tn", "0004.", "Tekniska förvaltningen", "head_tn", "hr_two"),
    UnitPlan("street", "tn", "0004.0001.", "Gata och park", "m_street", "hr_two"),
    UnitPlan("permits", "tn", "0004.0002.", "Bygg- och miljöenheten", "m_permits", "hr_two", "access_one"),
    UnitPlan("water", "tn", "0004.0003.", "Vatten och avlopp", "m_water", "hr_two"),
    UnitPlan("nbab", "nbab", "0005.", COMPANY, "head_nbab", "hr_one"),
    UnitPlan("estate", "nbab", "0005.0001.", "Fastighetsförvaltningen", "m_estate", "hr_one"),
)  # fmt: skip

_COMPANY = "company_roles_decided"
_DEGREE = "formal_requirement"
_TEACHES = ("teacher_post", _DEGREE)
_CHILDREN = ("child_contact_request",)
_VETTED = "security_vetting_required"
_PAYS = "independent_payment_decided"
POSTS = (
    PostPlan("assistant", "school_one", "Elevassistent", level=2, weight=8),
    PostPlan("teacher", "school_one", "Lärare i svenska, årskurs 4–6", (), _TEACHES, 2, weight=6),
    PostPlan("school_meals", "school_one", "Måltidsbiträde", level=2, weight=3),
    PostPlan("teacher_two", "school_two", "Lärare i matematik, årskurs 7–9", (), _TEACHES, 2, weight=6),
    PostPlan("caretaker", "school_two", "Vaktmästare", level=2),
    PostPlan("pre_teacher", "preschool", "Förskollärare", (), _TEACHES, 2, weight=6),
    PostPlan("childminder", "preschool", "Barnskötare", level=2, weight=7),
    PostPlan("leisure_leader", "leisure", "Fritidsledare", (), _CHILDREN, 2, weight=4),
    PostPlan("summer_leader", "leisure", "Feriearbetare, sommarverksamhet", (), _CHILDREN, 2, weight=4),
    PostPlan("headmaster", "school_two", "Biträdande rektor", ("manager",), ("union_local_agreement", _DEGREE,
             _COMPANY), 2),
    PostPlan("hvb_carer", "hvb", "Behandlingsassistent", level=3, weight=4),
    PostPlan("hvb_night", "hvb", "Nattpersonal HVB", level=3, risk="lapsed", weight=0),
    PostPlan("home_carer", "home", "Undersköterska, hemtjänst", (), ("home_care_request", _DEGREE), 2, weight=9),
    PostPlan("home_nurse", "home", "Sjuksköterska, hemsjukvård", ("licensed_care",), ("home_care_request",
             _DEGREE), 2, weight=4),
    PostPlan("housing_carer", "housing", "Vårdbiträde, särskilt boende", level=2, weight=8),
    PostPlan("housing_nurse", "housing", "Sjuksköterska, särskilt boende", ("licensed_care",), (_DEGREE,), 2,
             weight=4),
    PostPlan("lss_carer", "lss", "Stödassistent, LSS", level=2, weight=5),
    PostPlan("social_worker", "cases", "Socialsekreterare", ("social_authority",), (_DEGREE, _COMPANY), 3, weight=5),
    PostPlan("aid_officer", "cases", "Biståndshandläggare", ("social_authority",), (_DEGREE, _COMPANY), 3, weight=3),
    PostPlan("buyer", "procurement", "Upphandlare", ("procurement",), (_DEGREE, _COMPANY), 3, weight=3),
    PostPlan("buyer_head", "procurement", "Upphandlingschef", ("procurement", "manager", "leading_post"),
             ("union_local_agreement", "leading_post_request", _COMPANY, _PAYS), 4, weight=1),
    PostPlan("it_admin", "it", "Systemadministratör", ("it_admin",), (_COMPANY,), 3, weight=3),
    PostPlan("it_security", "it", "Beredskapssamordnare IT", ("it_admin", _VETTED), (_COMPANY,), 4, weight=1),
    PostPlan("payments", "finance", "Ekonom, utbetalningar", ("finance_payments",), (_COMPANY, _PAYS), 3, weight=3),
    PostPlan("registrar", "registry", "Registrator", ("registry_archive",), (), 3, weight=2),
    PostPlan("hr_specialist", "hr", "HR-specialist", ("hr_recruitment",), (), 3, weight=1),
    PostPlan("inspector", "permits", "Bygglovshandläggare", ("authority_decisions",), (_DEGREE, _COMPANY), 3,
             weight=3),
    PostPlan("parking", "street", "Parkeringsvakt", ("authority_decisions",), (_COMPANY,), 3, risk="assessed",
             weight=0),
    PostPlan("gardener", "street", "Parkarbetare", level=1, weight=5),
    PostPlan("driver", "street", "Maskinförare", ("safety_critical",), ("drug_test_decided",), 2, weight=3),
    PostPlan("water_engineer", "water", "Drifttekniker, vattenverk", ("safety_critical", _VETTED),
             ("drug_test_decided", _COMPANY), 4, weight=1),
    PostPlan("host", "estate", "Bovärd", level=1, weight=3),
    PostPlan("letting", "estate", "Uthyrare", ("finance_payments",), (_COMPANY, _PAYS), 3, weight=2),
    PostPlan("caretaker_new", "estate", "Fastighetsskötare", level=1, risk="none", weight=0),
)  # fmt: skip

# Heads of administration: they decide leading posts, and after a lift; each has the figures of her authority.
HEADS = {"ks": "director", "ubn": "head_ubn", "sn": "head_sn", "tn": "head_tn", "nbab": "head_nbab"}

# People with a role that reaches a whole authority (and what agreements add), or the installation (no authority).
FUNCTIONS: tuple[tuple[str, str, str], ...] = (
    ("hr_one", "hr_officer", "ks"),
    ("hr_two", "hr_officer", "ks"),
    ("hr_school", "hr_officer", "ubn"),
    ("hr_social", "hr_officer", "sn"),
    ("hr_head", "hr_head", "ks"),
    ("security_one", "security_officer", "ks"),
    ("security_two", "security_officer", "ks"),
    ("security_three", "security_officer", "ks"),
    ("security_head", "security_head", "ks"),
    ("protective", "protective_security", "ks"),
    ("registrar", "registrar", "ks"),
    ("archivist", "archivist", "ks"),
    ("data_protection", "data_protection_officer", ""),
    ("auditor", "auditor", ""),
    ("administrator_one", "administrator", ""),
    ("administrator_two", "administrator", ""),
    *((f"pressure_{n}", "report_recipient", "ks") for n in (1, 2, 3)),
    *((f"whistle_{n}", "whistleblowing_recipient", "ks") for n in (1, 2, 3)),
    *((f"alternative_{n}", "alternative_recipient", "ks") for n in (1, 2, 3)),
)
#: Works in the neighbouring municipality; invited to one recruitment at a time.
GUEST = "guest"
GUEST_FROM = "Sunnviks kommun"
PLAIN = ("access_one", "access_two", "employee_one", "employee_two")
LINE_MANAGER = {
    "hr_one": "hr_head",
    "hr_two": "hr_head",
    "hr_school": "head_ubn",
    "hr_social": "head_sn",
    "security_one": "security_head",
    "security_two": "security_head",
    "security_three": "security_head",
}
AGREEMENT = "KS 2023/0417"
