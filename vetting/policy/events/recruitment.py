"""Events of the recruitment, its conflicts of interest and its holds."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "declaration.decided",
        _("{role} bestämde om deltagande i {reference}: {result}."),
        ("role", "reference", "result", "target_role"),
    ),
    EventSpec(
        "declaration.given",
        _("{role} lämnade jävsförklaring i {reference}."),
        ("role", "reference", "answer_code"),
    ),
    EventSpec(
        "declaration.listed", _("{role} läste jävsförklaringarna i {reference}."), ("role", "reference")
    ),
    EventSpec(
        "declaration.revealed",
        _("{role} öppnade en jävsförklaring i {reference} ({purpose})."),
        ("role", "reference", "purpose"),
    ),
    EventSpec(
        "guest.proposed",
        _("{role} föreslog gästyttrare i {reference} till {until}."),
        ("role", "reference", "until"),
    ),
    EventSpec(
        "hold.kept",
        _("{role} behöll gallringsstoppet för {reference}."),
        ("role", "reference", "reason_code"),
    ),
    EventSpec(
        "hold.lift_proposed",
        _("{role} föreslog att gallringsstoppet för {reference} hävs."),
        ("role", "reference", "reason_code"),
    ),
    EventSpec("hold.lifted", _("{role} hävde gallringsstoppet för {reference}."), ("role", "reference")),
    EventSpec(
        "hold.set",
        _("{role} satte gallringsstopp för rekryteringen {reference} ({ground})."),
        ("role", "reference", "ground", "date"),
    ),
    EventSpec(
        "recruitment.access_viewed",
        _("{role} läste vilka som har åtkomst till rekryteringen {reference}."),
        ("role", "reference"),
    ),
    EventSpec(
        "recruitment.assigned",
        _("{role} ändrade uppdragen i rekryteringen {reference}: {target_role}."),
        ("role", "reference", "target_role", "change", "reason_code"),
    ),
    EventSpec(
        "recruitment.cancelled",
        _("{role} avbröt rekryteringen {reference} ({reason_code})."),
        ("role", "reference", "reason_code", "informed_date"),
    ),
    EventSpec("recruitment.closed", _("{role} avslutade rekryteringen {reference}."), ("role", "reference")),
    EventSpec(
        "recruitment.copied",
        _("{role} skapade rekryteringen {reference} från {from_reference}."),
        ("role", "reference", "from_reference", "position"),
    ),
    EventSpec(
        "recruitment.created",
        _("{role} skapade rekryteringen {reference} för {position}."),
        ("role", "reference", "position", "unit", "form", "places"),
    ),
    EventSpec(
        "recruitment.diary_set",
        _("{role} angav diarienummer för rekryteringen {reference}."),
        ("role", "reference", "diary_number"),
    ),
    EventSpec(
        "recruitment.edited",
        _("{role} ändrade {field} i rekryteringen {reference}."),
        ("role", "reference", "field"),
    ),
    EventSpec(
        "recruitment.held",
        _("{role} pausade rekryteringen {reference} ({reason_code})."),
        ("role", "reference", "reason_code"),
    ),
    EventSpec(
        "recruitment.joined", _("{role} tog uppdraget i rekryteringen {reference}."), ("role", "reference")
    ),
    EventSpec(
        "recruitment.list_exported",
        _("{role} hämtade en lista med {count} rekryteringar."),
        ("role", "count", "format", "filter_codes"),
    ),
    EventSpec(
        "recruitment.opened",
        _("{role} öppnade rekryteringen {reference} för slutkandidater."),
        ("role", "reference", "profile", "answers"),
    ),
    EventSpec(
        "recruitment.places_settled",
        _("{role} avslutade {count} återstående platser i rekryteringen {reference} ({reason_code})."),
        ("role", "reference", "count", "reason_code"),
    ),
    EventSpec(
        "recruitment.printed",
        _("{role} skrev ut rekryteringen {reference}."),
        ("role", "reference", "digest"),
    ),
    EventSpec(
        "recruitment.reopened",
        _("{role} öppnade rekryteringen {reference} igen ({reason_code})."),
        ("role", "reference", "reason_code"),
    ),
    EventSpec(
        "recruitment.resumed",
        _("{role} återupptog rekryteringen {reference}."),
        ("role", "reference", "days"),
    ),
    EventSpec(
        "recruitment.timeline_viewed",
        _("{role} läste händelserna i rekryteringen {reference}."),
        ("role", "reference"),
    ),
    EventSpec(
        "recruitment.viewed",
        _("{role} läste rekryteringen {reference} utanför sina uppdrag."),
        ("role", "reference"),
    ),
    EventSpec(
        "recusal.lifted",
        _("{role} hävde jäv för {target_role} i {reference}."),
        ("role", "reference", "target_role"),
    ),
    EventSpec(
        "recusal.set",
        _("{role} satte jäv för {target_role} i {reference}."),
        ("role", "reference", "target_role"),
    ),
)
