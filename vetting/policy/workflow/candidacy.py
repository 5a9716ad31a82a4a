"""One finalist, from proposed to started, not selected or withdrawn."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.candidacy_consequences import CONSEQUENCES
from vetting.policy.workflow.model import Machine, State, Transition

_STATES = (
    State("proposed", _("Föreslagen slutkandidat"), _("De enklare kontrollerna är öppna.")),
    State("reserve", _("Reserv"), _("Kan ta över en plats som blir ledig.")),
    State(
        "checking",
        _("Slutkontroll"),
        _("Beslutet att gå vidare är antecknat; ingripande kontroller är öppna."),
    ),
    State(
        "awaiting_security",
        _("Väntar på säkerhetsyttrande"),
        _("Underlaget är lämnat till säkerhetsfunktionen."),
    ),
    State("returned", _("Återlämnad"), _("Säkerhetsfunktionen vill ha komplettering.")),
    State("refused", _("Avstyrkt"), _("Kan lyftas, eller så väljs någon annan.")),
    State("escalated", _("Lyft"), _("Den som får besluta efter avstyrkande har frågan.")),
    State("cleared", _("Klar för beslut"), _("Inget stoppar beslutet utom utdrag som visas vid beslutet.")),
    State("selected", _("Beslutad"), _("Beslut om anställning, uppdrag eller mottagande finns.")),
    State(
        "started", _("Har börjat"), _("Personen har börjat; uppföljningen är ett eget ärende."), final=True
    ),
    State("not_selected", _("Inte aktuell"), _("Kandidaturen slutade med neutralt skäl."), final=True),
    State("withdrawn", _("Återtagen"), _("Kandidaten tog tillbaka."), final=True),
)

_TRANSITIONS = (
    Transition(
        "create",
        ("new",),
        "proposed",
        "candidacy.create",
        "candidacy.created",
        _("Rekryteringen är öppen och inte pausad; alla deltagare får därefter jävsfrågan på nytt."),
    ),
    Transition(
        "proceed",
        ("proposed", "reserve"),
        "checking",
        "candidacy.proceed",
        "candidacy.proceeded",
        _("En plats är ledig och de enklare kontrollerna är klara."),
    ),
    Transition(
        "take_over",
        ("proposed", "reserve"),
        "checking",
        "candidacy.take_over",
        "candidacy.taken_over",
        _(
            "En plats har blivit ledig och de enklare kontrollerna är klara; gjorda "
            "kontroller följer med så länge de gäller."
        ),
    ),
    Transition(
        "set_reserve",
        ("proposed", "checking", "cleared"),
        "reserve",
        "candidacy.set_reserve",
        "candidacy.reserved",
        _("Rekryteringen är öppen eller beslutad."),
    ),
    Transition(
        "withdraw",
        (
            "proposed",
            "reserve",
            "checking",
            "awaiting_security",
            "returned",
            "refused",
            "escalated",
            "cleared",
            "selected",
        ),
        "withdrawn",
        "candidacy.withdraw",
        "candidacy.withdrawn",
        _("Kandidaten har själv tagit tillbaka; inget skäl sparas."),
    ),
    Transition(
        "mark_not_selected",
        ("proposed", "reserve", "checking", "awaiting_security", "returned", "refused", "cleared"),
        "not_selected",
        "candidacy.mark_not_selected",
        "candidacy.not_selected",
        _("Skälet väljs ur en neutral lista."),
        reason="list",
    ),
)

CANDIDACY = Machine("candidacy", _("Slutkandidatur"), _STATES, _TRANSITIONS + CONSEQUENCES)
