"""Why each check is done, told to whoever it is done to: GDPR article 13 asks for the purpose, in plain language.

The section that carries the check stands beside, from its ground.
"""

from __future__ import annotations

from vetting.policy.text import _

#: A check that the candidate is told about -> why it is done.
WHY: dict[str, str] = {
    "id_check": _("För att veta att den som anställs är den som har sökt."),
    "population_register": _("För att namnet i beslutet ska bli rätt."),
    "education": _("För att befattningen kräver utbildningen, och för att intyget ska vara äkta."),
    "license_hosp": _("För att yrket bara får utövas med legitimation."),
    "license_teacher": _("För att skolan ska veta om du kan anställas tills vidare eller bara för en tid."),
    "cv_gaps": _(
        "För att du ska få förklara sådant i din meritförteckning som har betydelse för befattningen."
    ),
    "references": _("För att höra hur du har arbetat av någon som har sett det."),
    "candidate_coi": _("För att ingen ska behöva tvivla på att du handlar opartiskt i befattningen."),
    "company_roles": _("För att befattningen ger inflytande över inköp, tillstånd eller pengar."),
    "credit": _("För att befattningen innebär att du ensam betalar ut pengar."),
    "open_sources": _(
        "För att befattningen är utpekad som särskilt känslig. Du får se det som har betydelse."
    ),
    "drug_test": _(
        "För att arbetet kan bli farligt för andra. Bara om det finns hinder eller inte berättas."
    ),
    "security_vetting": _("För att befattningen rör verksamhet som är viktig för Sveriges säkerhet."),
    "crim_school": _("För att skydda barn och elever. Lagen kräver att utdraget visas innan någon anställs."),
    "crim_hvb": _("För att skydda barn som bor där. Lagen kräver det innan någon anställs."),
    "crim_lss_child": _(
        "För att skydda barn med funktionsnedsättning. Lagen kräver det innan någon anställs."
    ),
    "crim_child_other": _("För att arbetet innebär direkt och regelbunden kontakt med barn."),
    "crim_home_care": _("För att arbetet görs i hemmet hos den som behöver skydd."),
    "crim_leading": _("För att befattningen har stort inflytande i kommunen."),
    "security_opinion": _(
        "För att någon annan än de som väljer ska se till att kontrollerna är gjorda som de ska."
    ),
    "work_right": _("För att arbetsgivaren måste veta att du får arbeta i Sverige."),
    "secrecy_notice": _("För att du ska veta vad som gäller från första dagen."),
    "secondary_job": _("För att en bisyssla inte ska skada förtroendet för kommunen."),
}
