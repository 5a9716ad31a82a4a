"""Events of the candidate's own page: what she does there, by her label alone, and the link that leads to it."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "candidate_link.issued",
        _(
            "{role} lämnade ut en länk till kandidatens sida för {candidacy} i {reference}, giltig till {date}."
        ),
        ("role", "reference", "candidacy", "date"),
    ),
    EventSpec(
        "candidate_link.revoked",
        _("{role} spärrade länken till kandidatens sida för {candidacy} i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec(
        "candidate_page.copied",
        _("{role} {candidacy} tog del av sina uppgifter i {reference}."),
        ("role", "reference", "candidacy", "method"),
    ),
    EventSpec(
        "candidate_page.declared",
        _("{role} {candidacy} lämnade försäkran i {reference}."),
        ("role", "reference", "candidacy", "check"),
    ),
    EventSpec(
        "candidate_page.opened",
        _("{role} {candidacy} öppnade sin sida i {reference}."),
        ("role", "reference", "candidacy"),
    ),
    EventSpec("candidate_page.refused", _("En kod till kandidatens sida ledde ingenstans."), ()),
    EventSpec(
        "candidate_page.replied",
        _("{role} {candidacy} svarade om {check} i {reference}: {answer_code}."),
        ("role", "reference", "candidacy", "check", "answer_code"),
    ),
    EventSpec(
        "candidate_page.taken_in",
        _("{role} tog in det {candidacy} lämnat på sin sida till {check} i {reference}."),
        ("role", "reference", "candidacy", "check", "date"),
    ),
)
