"""The rules by which an unusual reading is pointed out to an auditor: per rule, never a score of a person.

A rule says what is counted, over how long, from how many, and where that number comes from. What it finds goes to one
named auditor, who closes it with her words; twelve months later nothing of it can be read any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from vetting.policy.event_groups import KIND_OF, READS
from vetting.policy.events import EVENTS
from vetting.policy.text import _

RETENTION_MONTHS = 12
"""Counted from the day the alert came; one that is still open stays until it is closed."""

SENSITIVE_LEVEL = 3
"""Check level from which a recruitment counts as sensitive."""

NO_CONTENT = frozenset({"auditor", "data_protection_officer"})
"""Roles whose readings show no case content: going through many recruitments is their work."""

SEARCHES = frozenset({"candidacy.number_searched", "candidacy.name_searched"})
MISSES = SEARCHES | {"access.refused"}
"""Acts tried where the door says no, and searches by number or name (counted when they found nothing)."""

OPENINGS = frozenset(code for code, kind in KIND_OF.items() if kind == "reveal" and code in READS) - MISSES
OPENINGS -= {"break_glass.opened"}
"""Sealed details opened in a recruitment. A break-glass is told of at once, by a rule of its own."""

ENTRANCES = frozenset({"declaration.given", "opinion.taken", "recruitment.assigned", "recruitment.joined"})
"""Acts that let one in, and are done by whoever only wants to look as well."""

_APART = ("access.", "account.", "action.", "alert.", "clock.", "log.", "operation.", "break_glass.")
WORK = frozenset(
    code
    for code, event in EVENTS.items()
    if event.tree == "main" and code not in READS | ENTRANCES and not code.startswith(_APART)
)
"""What counts as having worked in a recruitment."""


@dataclass(frozen=True, slots=True)
class AlertRule:
    """One rule. ``sentence`` tells what was found, with ``{count}`` and ``{threshold}``; ``why`` what it is for.

    ``threshold``: from how many on; ``source``: where that number comes from. ``window``: over how long it is counted.
    ``wait``: how long after a reading it can be judged.
    """

    code: str
    name: str
    sentence: str
    why: str
    threshold: int
    source: str
    window: timedelta
    wait: timedelta = timedelta(0)
    at_once: bool = False
    """Raised by the act itself, in the same moment; nothing is looked for in the log."""


_DECLARED = (
    AlertRule(
        "many_sensitive",
        _("Många känsliga rekryteringar på ett dygn"),
        _("Läste eller öppnade {count} rekryteringar på kontrollnivå 3 eller högre inom 24 timmar."),
        _("Den som ska sluta, eller läser åt någon annan, läser brett och fort."),
        11,
        _("Fler än 10, lika för alla: ingen jämförs med sina egna vanor."),
        timedelta(hours=24),
    ),
    AlertRule(
        "own_or_colleague",
        _("Egen eller nära kollegas rekrytering"),
        _(
            "Läste en rekrytering där personen själv, den närmaste chefen eller någon på samma arbetsplats "
            "är slutkandidat."
        ),
        _(
            "Den som står nära ska anmäla jäv och inte läsa. Uppgifter om närstående finns inte och jämförs inte."
        ),
        1,
        _(
            "Varje gång, om det inte är bestämt att förhållandet saknar betydelse. Samma sak pekas ut en gång per dygn."
        ),
        timedelta(hours=24),
    ),
    AlertRule(
        "repeated_misses",
        _("Upprepade försök utan träff"),
        _("Nekades, eller sökte på personnummer eller namn utan svar, {count} gånger inom 24 timmar."),
        _("Den som prövar sig fram söker något som inte hör till arbetet."),
        10,
        _("Tio på ett dygn: enstaka felslag hör till arbetet; tjänsten tillåter 30 sökningar i timmen."),
        timedelta(hours=24),
    ),
    AlertRule(
        "many_lookups",
        _("Många frågor om bokning på ett dygn"),
        _("Frågade Får jag boka? {count} gånger inom 24 timmar."),
        _("Den som prövar namn efter namn letar efter personer, inte efter en vikarie."),
        80,
        _("Åttio på ett dygn: en stor enhets morgon är omkring tjugo; tjänsten tillåter 40 frågor i timmen."),
        timedelta(hours=24),
    ),
    AlertRule(
        "reading_without_work",
        _("Öppnade uppgifter utan arbete i ärendet"),
        _("Öppnade förseglade uppgifter utan att göra något i rekryteringen sju dagar före eller efter."),
        _("Den som öppnar uppgifter gör det för att utföra något, och det syns i händelserna."),
        1,
        _("Sju dagar, då även en kandidat som ringts upp brukar ha lämnat ett spår i ärendet."),
        timedelta(days=7),
        wait=timedelta(days=7),
    ),
    AlertRule(
        "break_glass",
        _("Nödåtkomst"),
        _("Tog nödåtkomst till en rekrytering utanför sina uppdrag."),
        _("Nödåtkomst är till för när ingen med uppdrag kan nås. Skälet läser du under Nödåtkomster."),
        1,
        _("Varje gång, i samma stund."),
        timedelta(hours=1),
        at_once=True,
    ),
    AlertRule(
        "break_glass_own",
        _("Nödåtkomst till egen rekrytering"),
        _("Försökte ta nödåtkomst till en rekrytering där personen själv är slutkandidat, och nekades."),
        _(
            "Den som själv prövas läser aldrig ärendet. Svaret var detsamma som för en beteckning som inte finns."
        ),
        1,
        _("Varje gång, i samma stund."),
        timedelta(hours=1),
        at_once=True,
    ),
    AlertRule(
        "vote_fell",
        _("Ett yttrande föll genom jäv som någon annan satte"),
        _("Satte jäv för någon som hade lämnat yttrande, så att yttrandet föll."),
        _("Den som kan stänga av den som yttrar sig kan välja bort ett yttrande."),
        1,
        _("Varje gång, i samma stund."),
        timedelta(hours=1),
        at_once=True,
    ),
    AlertRule(
        "colleague_match",
        _("Ett personnummer stängde av någon som handlägger"),
        _(
            "Skrev in ett personnummer på en slutkandidat, och numret är känt som en medarbetares som kan delta i "
            "rekryteringen. Medarbetaren står utanför tills en chef för HR eller säkerhet har svarat."
        ),
        _("Ett nummer kan skrivas in för att bli av med den som ska yttra sig, och rättas efteråt."),
        1,
        _("Varje gång, i samma stund, också när numret rättas."),
        timedelta(hours=1),
        at_once=True,
    ),
)

RULES: dict[str, AlertRule] = {rule.code: rule for rule in _DECLARED}

RESULTS: dict[str, str] = {"explained": _("Förklarat"), "forwarded": _("Vidare")}
"""How an auditor closes an alert: it has an explanation, or it goes on to whoever decides about staff."""
