"""The words the tables are written in: scopes, relations and effects, with their meaning in Swedish."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.policy.text import _


@dataclass(frozen=True, slots=True)
class Term:
    """A word used in a cell of an agreed table."""

    code: str
    name: str
    meaning: str


_SCOPES = (
    Term("no", _("Ingen"), _("Rollen ger inte behörigheten.")),
    Term(
        "own",
        _("Egna"),
        _(
            "Det personen själv står för: eget konto, egen rekrytering som chef, egen "
            "anteckning eller nyckel."
        ),
    ),
    Term(
        "assigned",
        _("Tilldelade"),
        _("Det personen har fått ett uttryckligt uppdrag i, eller en nyckel till."),
    ),
    Term("unit", _("Enheten"), _("Den egna enheten med dess underenheter.")),
    Term(
        "authority",
        _("Myndigheten"),
        _("Hela den egna myndigheten eller bolaget, och dem som man enligt bekräftat uppdrag arbetar åt."),
    ),
    Term("all", _("Alla"), _("Hela installationen: kommunen med sina myndigheter och bolag.")),
)
_RELATIONS = (
    Term("anyone", _("Vem som helst"), _("Ingen inloggning behövs; en inloggning läses aldrig.")),
    Term(
        "owner", _("Personen det gäller"), _("Den som uppgiften handlar om eller som själv har skapat den.")
    ),
    Term(
        "participant",
        _("Deltagare"),
        _(
            "Har uppdrag i rekryteringen och har lämnat jävsförklaring; "
            "för att lämna förklaringen räcker uppdraget."
        ),
    ),
    Term("hiring_manager", _("Rekryteringens chef"), _("Rekryterande chef i just den rekryteringen.")),
    Term(
        "deciding_delegate",
        _("Beslutsfattare"),
        _("Får enligt delegationsordningen besluta om just den befattningen och formen."),
    ),
    Term(
        "assigned_performer",
        _("Utförare"),
        _("Den som kontrollkatalogen säger får utföra just den kontrollen."),
    ),
    Term(
        "unit_access_manager",
        _("Behörighetsansvarig"),
        _("Är utsedd att lägga upp och stänga behörigheter för enheten; ser inget annat."),
    ),
    Term("check_recorder", _("Har antecknat kontroll"), _("Har själv antecknat en kontroll för kandidaten.")),
    Term("preparer", _("Beredare"), _("Har berett yttrandet.")),
    Term("approver", _("Yttrare"), _("Utsedd att yttra sig i just den omgången.")),
    Term("other_approver", _("Den andra yttraren"), _("Har redan yttrat sig i samma omgång.")),
    Term(
        "escalation_body",
        _("Beslutar efter lyft"),
        _("Den som enligt delegationsordningen får besluta efter ett avstyrkande."),
    ),
    Term(
        "substitute",
        _("Ersättare"),
        _(
            "Har en gällande, daterad ersättning för någon som har behörigheten; aldrig för "
            "kandidat med skyddade uppgifter."
        ),
    ),
    Term(
        "substitute_of_excluded",
        _("Ersättare för utesluten"),
        _("Ersättare för, eller ersatt av, någon som själv är utesluten från handlingen."),
    ),
    Term(
        "recused",
        _("Jäv – deltar inte"),
        _("Är avstängd från rekryteringen, eller har lämnat kretsen i anmälan."),
    ),
    Term("line_manager", _("Närmaste chef"), _("Chef till den som har anmält jäv.")),
    Term(
        "named_handler",
        _("Namngiven handläggare"),
        _("Krävs bara när kandidaten har skyddade personuppgifter; högst två personer."),
    ),
    Term("booker", _("Bokningsansvarig"), _("Har ett daterat uppdrag att boka ur poolen för enheten.")),
    Term(
        "closed_object", _("Avslutat ärende"), _("Gäller bara rekryteringar som är avslutade eller avbrutna.")
    ),
    Term("self_gain", _("Egen vinning"), _("Handlingen skulle ge personen själv mer åtkomst.")),
    Term("proposer", _("Förslagsställare"), _("Har föreslagit eller begärt samma sak.")),
    Term("grantee", _("Den som får"), _("Den som rollen, åtkomsten eller ersättningen gäller.")),
    Term("setter", _("Den som satte"), _("Har själv satt spärren, stoppet eller jävet.")),
    Term("opener", _("Den som öppnade"), _("Har själv tagit nödåtkomsten.")),
    Term("reporter", _("Den som anmält"), _("Har återkomstkoden.")),
    Term(
        "circle_member", _("I kretsen"), _("Har en nyckel till just den anmälan och rollen för dess kanal.")
    ),
    Term(
        "excluded_recipient",
        _("Borttagen mottagare"),
        _("Har tagits bort av den som anmält, eller berörs av anmälan."),
    ),
    Term("case_owner", _("Ansvarig mottagare"), _("Ansvarar för just den anmälan.")),
    Term("key_owner", _("Nyckelns innehavare"), _("Nyckeln tillhör personen själv.")),
    Term("share_holder", _("Innehavare av del"), _("Förvarar en av de fem återskapandedelarna.")),
    Term("on_duty", _("Har jour"), _("Står på jourlistan just då.")),
)
_WORDS = (
    Term("new", _("Skapas"), _("Källa för en övergång som skapar objektet.")),
    Term(
        "none",
        _("Ingen"),
        _(
            "I behörighet eller händelse: läget härleds när sidan läses och ger ingen egen "
            "rad i loggen. I andra kolumner: inget."
        ),
    ),
    Term(
        "external_recorded_by_hr",
        _("Utförs utanför, antecknas av HR"),
        _("Kontrollen görs av någon utanför systemet; HR-handläggaren antecknar."),
    ),
    Term(
        "held",
        _("Pausad"),
        _(
            "En flagga på rekryteringen, inte ett läge: inga övergångar framåt så länge den "
            "gäller; återta, avbryt och återuppta går alltid."
        ),
    ),
)
_EFFECTS = (
    Term("grants", _("Ger"), _("Relationen ger behörigheten, även utan roll eller inom den andres roll.")),
    Term("requires", _("Kräver"), _("Alla krävda relationer för rollen måste finnas utöver rollen.")),
    Term(
        "excludes",
        _("Utesluter"),
        _("Relationen tar bort behörigheten oavsett roll, ersättning och nödåtkomst."),
    ),
)
SCOPES: dict[str, Term] = {term.code: term for term in _SCOPES}
RELATIONS: dict[str, Term] = {term.code: term for term in _RELATIONS}
WORDS: dict[str, Term] = {term.code: term for term in _WORDS}
EFFECTS: dict[str, Term] = {term.code: term for term in _EFFECTS}
