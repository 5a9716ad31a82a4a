"""What people write in the demonstration, and lawful content for every field of a check."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, TypedDict

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.outcomes import OUTCOMES

REFERENCE = (
    "Två referenter bekräftar ansvaret och tiderna. Båda beskriver noggrannhet och god samarbetsförmåga.",
    "Tidigare chef bekräftar arbetsuppgifterna. Trygg i mötet med besökare, håller överenskomna tider.",
    "Referenten har arbetat nära i tre år. Ordning på dokumentationen, söker stöd när något är oklart.",
    "Bekräftar rollen och skälet till att uppdraget tog slut: projektet var klart.",
    "Självgående, tydlig i svåra samtal. Skulle gärna samarbeta igen.",
    "Uppgifterna i ansökan stämmer. Behöver ibland hjälp att prioritera, säger det själv i tid.",
)
RECOMMENDATION = (
    "Underlaget är komplett och vi ser inget som talar emot.",
    "Kontrollerna är klara. Försäkran om bisyssla är hanterad med chefen.",
    "Komplett underlag. Startdagen är viktig för verksamheten.",
)
GUEST = (
    "Har lämnat yttranden i grannkommunen i flera år och känner ingen på vår HR-avdelning.",
    "Säkerhetshandläggare i grannkommunen enligt överenskommelsen om ömsesidig hjälp.",
)
RETURN = (
    "Referensen från den senaste chefen saknas. Komplettera innan yttrandet lämnas.",
    "Det framgår inte hur den anmälda bisysslan ska hanteras. Beskriv åtgärden.",
)
CONDITION = (
    "Rollen ger ensam åtkomst till beställningar. Två personer bör attestera det första halvåret.",
    "Den anmälda bisysslan ligger nära uppdraget. Följ upp vid avstämningen efter sex månader.",
)
REFUSAL = (
    "Uppgifterna om ansvar i den senaste rollen går inte att bekräfta och befattningen ger ensam beslutanderätt.",
    "Det anmälda uppdraget i ett anlitat bolag kan inte avgränsas i den här befattningen.",
)
ESCALATION = (
    "Kompetensen är svår att finna och rollen kan avgränsas under det första året.",
    "Uppdraget i bolaget upphör före tillträdet, enligt skriftlig uppgift.",
)
AGAINST = (
    "Uppgiften är äldre och befattningen får inte besluta ensam under första året. Det väger tyngre här.",
    "Kompetensen saknas i organisationen i dag, och risken hanteras genom att två beslutar tillsammans.",
)
AFTER_LIFT = (
    "Avgränsningen är tillräcklig. Anställningen får gå vidare med tät uppföljning.",
    "Risken kan inte avgränsas i den här befattningen. Avstyrkandet står fast.",
)
WAIVER = (
    "Den ena referenten är föräldraledig till månadsskiftet. Den andra har svarat och styrker uppgifterna.",
    "Tidigare arbetsgivare svarar först efter en organisationsändring. Personen börjar under handledning.",
)
INTEREST = (
    "Vi har varit kollegor på en tidigare arbetsplats och umgåtts privat.",
    "En av slutkandidaterna bor i samma kvarter och vi känner varandra.",
)
INTEREST_DECISION = (
    "Kontakten är avlägsen och flera år gammal. Saknar betydelse för valet.",
    "Närheten är sådan att någon annan tar över. Deltar inte.",
)
RISK = (
    "Befattningen hanterar uppgifter om enskilda och arbetar självständigt i mötet med dem.",
    "Befattningen påverkar inköp och avtal och har åtkomst till leverantörers uppgifter.",
    "Befattningen arbetar med barn och unga, delvis ensam.",
    "Befattningen arbetar under daglig ledning och har ingen egen beslutanderätt.",
)


class Assessed(TypedDict):
    """The three answers and the conclusion of an assessment."""

    relevant: str
    certain: str
    condition: str
    conclusion: str


ASSESSMENT: Assessed = {
    "relevant": "Uppgiften rör ansvar som ingår i befattningen och behöver därför vägas in.",
    "certain": "Den är två år gammal och bekräftad av en av de två tillfrågade.",
    "condition": "Ja, genom uppföljning efter tre månader tillsammans med närmaste chef.",
    "conclusion": "Svaret är rimligt och risken liten. Hindrar inte anställningen.",
}
_AHEAD = {"valid_until": 400, "keep_until": 760, "end_on": 180, "last_notice_on": 150}
_LEFT_OUT = {"exception_until", "tax_agency_notified_on", "notice_on", "union_told_on"}


def usual(code: str) -> str:
    """The outcome that most checks of the kind end with."""
    return next(name for name, outcome in OUTCOMES[code].items() if outcome.means == "done")


def evidence(code: str, on: date, random: Random) -> dict[str, Any]:
    """Something lawful in every field of the check, on the day `on`."""
    is_open = CHECKPOINTS[code].belongs_to == "recruitment"
    filled: dict[str, Any] = {}
    for field in CHECKPOINTS[code].fields:
        if field.name in _LEFT_OUT:
            continue
        if field.type == "date":
            filled[field.name] = on + timedelta(days=_AHEAD.get(field.name, 0))
        elif field.type == "choice":
            filled[field.name] = random.choice(list(CHOICES[code, field.name]))
        elif field.type == "yes_no":
            filled[field.name] = True
        elif field.type == "reference":
            # What is sealed refers to the candidate's own folder, what is open to the case in the diary.
            number = random.randrange(1000, 99999)
            filled[field.name] = f"Dnr {on.year}:{number}" if is_open else f"Akt {number}/{on.year}"
        else:
            filled[field.name] = random.choice(REFERENCE)
    return filled
