"""The roles of the installation: what each is for, and with which others it can never be combined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vetting.policy.text import _

SecondFactor = Literal["required", "by_sign_in", "none"]


@dataclass(frozen=True, slots=True)
class Role:
    """One role. ``reads_sealed``: may, inside its scope, be shown sealed values through the reveal."""

    code: str
    name: str
    purpose: str
    reads_sealed: bool
    second_factor: SecondFactor
    incompatible_with: tuple[str, ...]


_DECLARED = (
    Role(
        "hiring_manager",
        _("Rekryterande chef"),
        _("Ansvarar för sina rekryteringar och beslutar inom sin delegation."),
        reads_sealed=True,
        second_factor="by_sign_in",
        incompatible_with=("auditor", "administrator", "guest_approver"),
    ),
    Role(
        "hr_officer",
        _("HR-handläggare"),
        _("Driver tilldelade rekryteringar, antecknar kontroller och bereder yttranden."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "security_officer",
            "security_head",
            "protective_security",
            "data_protection_officer",
            "auditor",
            "administrator",
            "guest_approver",
        ),
    ),
    Role(
        "hr_head",
        _("HR-chef"),
        _("Ser läget i hela verksamheten, fördelar uppdrag och bekräftar roller."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "security_officer",
            "security_head",
            "protective_security",
            "whistleblowing_recipient",
            "alternative_recipient",
            "data_protection_officer",
            "auditor",
            "administrator",
            "guest_approver",
        ),
    ),
    Role(
        "security_officer",
        _("Säkerhetshandläggare"),
        _("Lämnar säkerhetsyttranden och gör de kontroller som säkerhetsfunktionen ansvarar för."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "hr_officer",
            "hr_head",
            "alternative_recipient",
            "data_protection_officer",
            "auditor",
            "administrator",
        ),
    ),
    Role(
        "security_head",
        _("Säkerhetschef"),
        _("Leder säkerhetsfunktionen, lämnar yttranden, bekräftar roller och drar stickprov."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "hr_officer",
            "hr_head",
            "whistleblowing_recipient",
            "alternative_recipient",
            "data_protection_officer",
            "auditor",
            "administrator",
        ),
    ),
    Role(
        "protective_security",
        _("Säkerhetsskyddschefens funktion"),
        _("Bekräftar säkerhetsprövningar och är ensam om att se deras inre del."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "hr_officer",
            "hr_head",
            "alternative_recipient",
            "data_protection_officer",
            "auditor",
            "administrator",
        ),
    ),
    Role(
        "report_recipient",
        _("Mottagare, påtryckning"),
        _("Tar emot och handlägger anmälningar om otillåten påverkan."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=("alternative_recipient", "auditor", "administrator"),
    ),
    Role(
        "whistleblowing_recipient",
        _("Mottagare, visselblåsning"),
        _("Är utsedd att ta emot och följa upp anmälningar om missförhållanden."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=("hr_head", "security_head", "auditor", "administrator", "chief"),
    ),
    Role(
        "alternative_recipient",
        _("Mottagare, alternativ grupp"),
        _("Tar emot anmälningar som rör säkerhetsfunktionen eller ledningen och ser på ärenden på nytt."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "hr_head",
            "security_officer",
            "security_head",
            "protective_security",
            "report_recipient",
            "auditor",
            "administrator",
            "chief",
        ),
    ),
    Role(
        "registrar",
        _("Registrator"),
        _("Håller ordning på diarienummer, beslut, anmälan till nämnd och datum."),
        reads_sealed=False,
        second_factor="required",
        incompatible_with=("auditor", "administrator"),
    ),
    Role(
        "archivist",
        _("Arkivarie"),
        _("Tar hand om avslutade ärenden och bekräftar gallringsfrågor."),
        reads_sealed=False,
        second_factor="required",
        incompatible_with=("auditor", "administrator"),
    ),
    Role(
        "data_protection_officer",
        _("Dataskyddsombud"),
        _("Övervakar regler, loggar och hantering utan att läsa ärendens innehåll."),
        reads_sealed=False,
        second_factor="required",
        incompatible_with=(
            "hr_officer",
            "hr_head",
            "security_officer",
            "security_head",
            "protective_security",
            "auditor",
            "administrator",
            "chief",
            "guest_approver",
        ),
    ),
    Role(
        "auditor",
        _("Revisor"),
        _("Granskar hela loggen, nödåtkomster och varningar utan att läsa ärendens innehåll."),
        reads_sealed=False,
        second_factor="required",
        incompatible_with=(
            "hiring_manager",
            "hr_officer",
            "hr_head",
            "security_officer",
            "security_head",
            "protective_security",
            "report_recipient",
            "whistleblowing_recipient",
            "alternative_recipient",
            "registrar",
            "archivist",
            "data_protection_officer",
            "administrator",
            "chief",
            "guest_approver",
        ),
    ),
    Role(
        "administrator",
        _("Systemförvaltare"),
        _("Sköter konton, enheter och inställningar utan att läsa något innehåll."),
        reads_sealed=False,
        second_factor="required",
        incompatible_with=(
            "hiring_manager",
            "hr_officer",
            "hr_head",
            "security_officer",
            "security_head",
            "protective_security",
            "report_recipient",
            "whistleblowing_recipient",
            "alternative_recipient",
            "registrar",
            "archivist",
            "data_protection_officer",
            "auditor",
            "guest_approver",
        ),
    ),
    Role(
        "chief",
        _("Förvaltningschef"),
        _("Ser skyddade siffror för sin myndighet."),
        reads_sealed=False,
        second_factor="by_sign_in",
        incompatible_with=(
            "whistleblowing_recipient",
            "alternative_recipient",
            "data_protection_officer",
            "auditor",
        ),
    ),
    Role(
        "guest_approver",
        _("Gästyttrare"),
        _("Yttrar sig i en enda rekrytering på inbjudan från annan myndighet eller kommun."),
        reads_sealed=True,
        second_factor="required",
        incompatible_with=(
            "hiring_manager",
            "hr_officer",
            "hr_head",
            "data_protection_officer",
            "auditor",
            "administrator",
        ),
    ),
    Role(
        "employee",
        _("Medarbetare"),
        _("Har ett konto och sköter sina egna uppgifter."),
        reads_sealed=False,
        second_factor="none",
        incompatible_with=(),
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _DECLARED}

# Whoever holds one of these has one sign-in at a time: a second one ends the first.
ONE_SESSION = frozenset({"security_officer", "security_head", "protective_security"})
