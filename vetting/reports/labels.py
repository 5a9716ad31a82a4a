"""Words for states, steps and refusals of reports, as they stand on the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.policy import workflow

# state of a report → kind of status tag (vetting.web.words.STATUSES)
STATE_KIND = {
    "received": "important",
    "acknowledged": "started",
    "in_assessment": "started",
    "in_action": "started",
    "feedback_given": "candidate",
    "second_look": "assess",
    "following_up": "waiting",
    "closing_proposed": "assess",
    "closed": "closed",
    "transferred": "closed",
    "quarantined": "stopped",
    "disposal_proposed": "assess",
    "disposed": "closed",
}
CHANNELS = {
    "pressure": gettext_lazy("Påtryckning"),
    "whistleblowing": gettext_lazy("Visselblåsning"),
    "alternative": gettext_lazy("Alternativa gruppen"),
}
MODES = {
    "named": gettext_lazy("Namngiven"),
    "confidential": gettext_lazy("Förtrolig"),
    "anonymous": gettext_lazy("Anonym"),
}
WAYS = {
    "short": gettext_lazy("Något kändes fel"),
    "full": gettext_lazy("Jag är utsatt"),
    "other": gettext_lazy("Åt någon annan"),
    "call": gettext_lazy("Ring mig"),
    "oral": gettext_lazy("Muntligt"),
}
MESSAGE_KINDS = {
    "story": gettext_lazy("Berättelsen"),
    "addition": gettext_lazy("Mer från den som anmält"),
    "message": gettext_lazy("Meddelande"),
    "acknowledgement": gettext_lazy("Bekräftelse"),
    "feedback": gettext_lazy("Återkoppling"),
    "answer": gettext_lazy("Svar från den som anmält"),
}
RECORD_KINDS = {
    "note": gettext_lazy("Anteckning"),
    "assessment": gettext_lazy("Bedömning"),
    "protection": gettext_lazy("Första timmen"),
    "support": gettext_lazy("Stöd"),
    "work_environment": gettext_lazy("Arbetsmiljö"),
    "police": gettext_lazy("Polisanmälan"),
    "follow_up": gettext_lazy("Uppföljning"),
    "lessons": gettext_lazy("Lärdomar"),
    "transfer": gettext_lazy("Förslag om byte av kanal"),
}
PROTECTION_STEPS = {
    "contacted": gettext_lazy("Personen är kontaktad"),
    "safe_tonight": gettext_lazy("Personen är trygg i natt"),
    "other_case_officer": gettext_lazy("En annan handläggare tar ärendet från i morgon"),
    "contact_closed": gettext_lazy("Kontaktvägarna är stängda"),
    "evidence_saved": gettext_lazy("Bevis är sparade"),
}
THREATS = {
    "low": gettext_lazy("Låg"),
    "raised": gettext_lazy("Förhöjd"),
    "serious": gettext_lazy("Allvarlig"),
    "acute": gettext_lazy("Akut"),
}
WILL = {
    "wants": gettext_lazy("Vill"),
    "does_not_want": gettext_lazy("Vill inte"),
    "not_answered": gettext_lazy("Har inte svarat"),
}
SUPPORT = {
    "health": gettext_lazy("Företagshälsovård"),
    "union": gettext_lazy("Fackligt stöd"),
    "relatives": gettext_lazy("Stöd till anhöriga"),
    "manager": gettext_lazy("Samtal med chef"),
    "leave": gettext_lazy("Ledighet eller andra uppgifter"),
}
YES_NO = {"yes": gettext_lazy("Ja"), "no": gettext_lazy("Nej")}
REPRISAL = {
    "no": gettext_lazy("Inget har gjorts mot mig"),
    "unsure": gettext_lazy("Jag är osäker"),
    "yes": gettext_lazy("Ja, något har gjorts mot mig"),
}

INPUT_ERRORS: dict[str, str | Promise] = {
    "required": gettext_lazy("Fältet är tomt. Fyll i det."),
    "too_long": gettext_lazy("Texten är för lång. Korta den."),
    "half_character": gettext_lazy("Texten har ett tecken som inte kan sparas. Skriv om den."),
    "choice": gettext_lazy("Välj ett av alternativen."),
    "code": gettext_lazy("En återkomstkod står i texten. Ta bort den."),
    "past": gettext_lazy("Dagen har passerat. Ange i dag eller en senare dag."),
    "before_start": gettext_lazy("Slutet ska ligga efter början."),
    "anonymous_with_name": gettext_lazy("Den som är anonym lämnar inget namn."),
    "too_few_recipients": gettext_lazy("Namnet behöver minst två mottagare."),
    "wrong": gettext_lazy("Koden stämmer inte."),
    "untried": gettext_lazy("Pröva delen: lämna ut den eller välj lagrum."),
    "altered": gettext_lazy("Texten är ändrad. Bara [[ och ]] får läggas till."),
    "section": gettext_lazy("Välj lagrum för det som är markerat."),
    "too_far": gettext_lazy("Dagen ligger för långt fram. Ange en dag inom sex månader."),
    "unreadable": gettext_lazy("Delen går inte att läsa. Kontrollera tecknen."),
    "certificate_unreadable": gettext_lazy(
        "Det här är inget intyg. Klistra in hela texten i filen, och inget mer."
    ),
    "certificate_no_root": gettext_lazy(
        "Driften har inte angett rotnyckeln (RECIPIENT_ROOT). Inget intyg kan läsas in."
    ),
    "certificate_not_signed": gettext_lazy(
        "Intyget är inte undertecknat med rotnyckeln. Ta reda på varifrån det kommer."
    ),
    "certificate_not_in_force": gettext_lazy("Intyget gäller inte i dag."),
    "certificate_other_key": gettext_lazy("Intyget gäller en annan nyckel än någon som väntar här."),
    "five_people": gettext_lazy("Ange fem olika personer."),
    "recipients": gettext_lazy("De som har delar får inte själva vara mottagare i samma kanal."),
    "mark": gettext_lazy("Kontrollraden går inte att läsa. Skriv den som innehavaren har sagt den."),
    "other_key": gettext_lazy(
        "Kontrollraden stämmer inte med nyckeln i systemet. Lämna inte delen: ring innehavaren. Loggen har larmat."
    ),
    "other_number": gettext_lazy("Det är inte din del. Skriv den del som du har fått."),
}
MISSING: dict[str, str | Promise] = {
    "feedback": gettext_lazy("återkoppling till den som anmält"),
    "wants_to_talk": gettext_lazy("svar till den som anmält, som vill prata"),
    "reprisal": gettext_lazy("svar till den som anmält, som säger att något har gjorts mot personen"),
    "year_open": gettext_lazy("att året är slut"),
    "left": gettext_lazy("ett år vars siffror inte redan är lämnade"),
    "newcomer": gettext_lazy("en mottagare som har varit med hela året"),
    "unreadable": gettext_lazy("att din nyckel öppnar alla anmälningar från året"),
    "measures": gettext_lazy("att alla åtgärder är klara"),
    "held": gettext_lazy("att gallringsstoppet hävs"),
    "hold": gettext_lazy("ett gallringsstopp"),
    "too_early": gettext_lazy("att två år har gått sedan avslutet"),
    "identity": gettext_lazy("ett namn; inget är lämnat, eller så är det taget tillbaka"),
    "asked": gettext_lazy("svar på din förra begäran"),
    "recipients": gettext_lazy("fler mottagare i kretsen"),
    "recipient": gettext_lazy(
        "att personen kan väljas: har rollen och en egen nyckel, och är inte undantagen"
    ),
    "certificate": gettext_lazy("ett gällande intyg för mottagarens nyckel"),
    "talk": gettext_lazy("att samtalet med personen om polisanmälan är antecknat"),
    "disclosure": gettext_lazy("svar på det utlämnande som redan är förberett"),
    "consent": gettext_lazy("samtycke från den som anmält"),
    "return": gettext_lazy("ett besök av den som anmält: koden leder annars inte med till den nya kanalen"),
    "answered": gettext_lazy("svar på förslaget som redan finns"),
    "proposal": gettext_lazy("ett förslag från en annan i kretsen"),
    "own_circle": gettext_lazy(
        "en krets som inte är vidare: det som den alternativa gruppen har flyttas inte"
    ),
    "shift_over": gettext_lazy("ett pass som inte är slut"),
    "key_waiting": gettext_lazy("att nyckeln som väntar på intyg läses in eller spärras"),
    "nobody_asks": gettext_lazy("att innehavaren begär att nyckeln återskapas"),
    "scan": gettext_lazy("viruskontrollens svar; försök igen om en stund"),
    "virus": gettext_lazy(
        "en fil utan skadlig kod: viruskontrollen har hittat det i den här, och den öppnas inte"
    ),
    "parts": gettext_lazy("tre delar av fem"),
}
WRONG_STATE = gettext_lazy("Steget kan inte tas i det läge som anmälan är i nu. Läs sidan på nytt.")
NEEDS_ANOTHER = gettext_lazy(
    "Den här anmälan läses av två. Be en annan i kretsen att låta dig läsa med, på sidan om kretsen."
)
UNREADABLE = gettext_lazy("Det här kan inte läsas med din nyckel.")
LOCKED = gettext_lazy(
    "Din nyckel har låsts medan du skrev. Lås upp, och klistra in det som du skrev: det står här nedanför."
)


def state_label(state: str) -> str:
    """The state in words."""
    return _(workflow.state("report", state).label)


def missing_sentence(missing: tuple[str, ...]) -> str:
    """What must be done first, as a sentence."""
    return _("Det här saknas först: %(what)s.") % {"what": "; ".join(str(MISSING[one]) for one in missing)}
