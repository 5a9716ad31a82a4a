"""What would be open, in words: by subject, each with how far it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vetting.administration.queries.preview import Open
from vetting.policy.decide import Decision
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.roles import ROLES
from vetting.policy.terms import RELATIONS, SCOPES

SUBJECTS = (
    (
        gettext_noop("Eget konto"),
        ("account.view", "account.edit_sign_in", "account.end_session", "own_", "work."),
    ),
    (gettext_noop("Rekryteringar"), ("recruitment.", "hold.", "note.", "merit_statement.")),
    (gettext_noop("Slutkandidater"), ("candidacy.", "candidate_link.")),
    (gettext_noop("Kontroller"), ("check.", "protective.", "waiver.")),
    (gettext_noop("Jäv"), ("declaration.", "recusal.")),
    (gettext_noop("Säkerhetsyttranden"), ("opinion.", "escalation.", "guest.")),
    (gettext_noop("Beslut"), ("decision.",)),
    (gettext_noop("Anställningar"), ("engagement.", "pool_clearance.", "pool_booker.")),
    (
        gettext_noop("Befattningar"),
        ("position.", "service_agreement.", "unit.", "delegation_order.", "setting."),
    ),
    (
        gettext_noop("Roller och åtkomst"),
        ("role.", "access", "account.", "delegation.", "break_glass.", "person."),
    ),
    (gettext_noop("Gallring"), ("disposal.",)),
    (gettext_noop("Granskning"), ("log.", "alert.", "sample.", "figures.")),
    (
        gettext_noop("Anmälningar"),
        (
            "report.",
            "vault.",
            "message.",
            "identity.",
            "circle.",
            "recipient_key.",
            "duty.",
            "police_disclosure.",
        ),
    ),
)
"""Words and the beginnings of the permissions' codes; what begins otherwise comes last."""
OTHER = gettext_noop("Annat")
SUBJECT_NAMES = (*(words for words, _starts in SUBJECTS), OTHER)


@dataclass(frozen=True, slots=True)
class Lines:
    """What reaches equally far: how far, by which role, and the names of the pages and of the acts."""

    reach: str
    pages: tuple[str, ...]
    acts: tuple[str, ...]


def by_subject(rows: Iterable[Open]) -> list[tuple[str, list[Lines]]]:
    """(subject, what is open by how far it reaches), for the subjects that have something."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(subject_of(row.permission), {}).setdefault(_reach(row), []).append(row.permission)
    return [
        (_(name), [_lines(reach, codes) for reach, codes in found[name].items()])
        for name in SUBJECT_NAMES
        if name in found
    ]


def _lines(reach: str, codes: list[str]) -> Lines:
    def names(is_page: bool) -> tuple[str, ...]:
        return tuple(
            _(PERMISSIONS[code].label) for code in codes if (PERMISSIONS[code].kind == "read") is is_page
        )

    return Lines(reach, names(True), names(False))


def subject_of(code: str) -> str:
    """The subject that a permission belongs to, in Swedish."""
    return next((words for words, starts in SUBJECTS if code.startswith(starts)), OTHER)


def _reach(row: Open) -> str:
    """For instance "Myndigheten (HR-chef) · Egna (Rekryterande chef)"."""
    return " · ".join(_words(decision) for decision in row.through)


def _words(decision: Decision) -> str:
    if decision.why != "role":
        return _("Genom: %(relation)s") % {"relation": _(RELATIONS[decision.relation].name)}
    words = {"scope": _(SCOPES[decision.scope].name), "role": _(ROLES[decision.role].name)}
    return _("%(scope)s (%(role)s)") % words
