"""What the first page promises, sentence by sentence. Each has a test of its own, and stands in the threat model."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.text import _


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of the table: something that is protected, or something that is not."""

    code: str
    is_kept: bool
    text: str


PROMISES = (
    Promise("no_database", True, _("Den som sköter databaser och drift kan inte läsa din anmälan.")),
    Promise(
        "no_trace",
        True,
        _("Vi sparar inte varifrån du skriver, vilken telefon du har eller vilket nät du använder."),
    ),
    Promise("no_account", True, _("Du behöver inget konto. Är du inloggad läser sidan det inte.")),
    Promise("no_cookie", True, _("Sidan sätter inga kakor och kör inga skript.")),
    Promise("taken_out", True, _("Den mottagare du tar bort får inte läsa, och ser inte att anmälan finns.")),
    Promise(
        "name_by_two",
        True,
        _("Skriver du ditt namn låses det in för sig. Två personer måste öppna det tillsammans."),
    ),
    Promise("days_only", True, _("Av en anonym anmälan sparas vilken dag den kom, inte vilken tid.")),
    Promise(
        "recipients_read",
        False,
        _("Mottagarna som du ser läser det du skriver. Vi kan inte hindra att någon av dem berättar."),
    ),
    Promise(
        "public_record",
        False,
        _(
            "Någon kan begära ut anmälan som allmän handling. Varje del prövas. Ditt namn skyddas så långt lagen "
            "tillåter, men det går inte att lova. Vill du vara säker: skriv inget namn."
        ),
    ),
    Promise(
        "police",
        False,
        _("Polisen kan ha rätt till uppgifter. Går det så berättar vi det för dig först."),
    ),
    Promise(
        "changed_program",
        False,
        _("Den som byter ut programmet på servern kan läsa det som skrivs eller öppnas efter det."),
    ),
    Promise(
        "own_device",
        False,
        _("Din egen telefon, webbläsare och arbetsplatsens nät kan visa att du varit här."),
    ),
    Promise("who_you_are", False, _("Det du berättar kan visa vem du är, även utan namn.")),
)

ALWAYS, YES, NEVER, LAW = _("alltid"), _("bara om du säger ja"), _("aldrig"), _("om lagen kräver")
LEARNS = (
    (_("Mottagarna som du ser före du skickar"), ALWAYS),
    (_("Jouren, när du larmar"), YES),
    (_("Din chef"), YES),
    (_("Skyddsombudet"), YES),
    (_("Företagshälsovården"), YES),
    (_("Den som sköter it och databaser"), NEVER),
    (_("De som rekryterar"), NEVER),
    (_("Den som du berättar om"), LAW),
    (_("Polisen"), LAW),
    (_("Den som begär ut allmänna handlingar"), LAW),
)
"""Who learns of it, by function."""
