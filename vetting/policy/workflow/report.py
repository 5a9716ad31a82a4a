"""An influence report, from the one who reports to its disposal. The same machine in both channels."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition
from vetting.policy.workflow.report_ending import ENDING

_STATES = (
    State(
        "received",
        _("Mottagen"),
        _("Ingen har svarat den som anmält."),
    ),
    State(
        "acknowledged",
        _("Bekräftad"),
        _("Den som anmält har fått bekräftelse."),
    ),
    State(
        "in_assessment",
        _("Bedöms"),
        _("Mottagarna bedömer."),
    ),
    State(
        "in_action",
        _("Åtgärder pågår"),
        _("Åtgärder med ansvarig och datum."),
    ),
    State(
        "feedback_given",
        _("Återkopplad"),
        _("Den som anmält har fått veta vad som gjorts."),
    ),
    State(
        "second_look",
        _("Ses på nytt"),
        _("Den alternativa gruppen ser på anmälan."),
    ),
    State(
        "following_up",
        _("Följs upp"),
        _("Uppföljning efter 30 och 90 dagar."),
    ),
    State(
        "closing_proposed",
        _("Föreslås avslutas"),
        _("Väntar på en annan mottagare."),
    ),
    State(
        "closed",
        _("Avslutad"),
        _("Gallringsfristen löper; kan öppnas igen."),
    ),
    State(
        "transferred",
        _("Flyttad till annan kanal"),
        _("Hanteras i den andra kanalen."),
    ),
    State(
        "quarantined",
        _("Spärrad"),
        _("Kan innehålla säkerhetsskyddsklassificerade uppgifter."),
    ),
    State(
        "disposal_proposed",
        _("Föreslås gallras"),
        _("Väntar på en annan mottagare."),
    ),
    State(
        "disposed",
        _("Gallrad"),
        _("Nyckeln är förstörd; beviset finns kvar."),
        final=True,
    ),
)

_TRANSITIONS = (
    Transition(
        "submit",
        ("new",),
        "received",
        "report.submit",
        "report.submitted",
        _(
            "Bara vad som hänt krävs; den som anmäler ser mottagarna och kan ta bort någon; "
            "klocka börjar: bekräftelse inom 24 timmar (påtryckning) eller 7 dagar "
            "(visselblåsning), för anonyma räknat till nästa dags slut."
        ),
    ),
    Transition(
        "request_call",
        ("new",),
        "received",
        "report.request_call",
        "report.call_requested",
        _("Bara ett sätt att nå personen krävs; samma klocka."),
    ),
    Transition(
        "enter_oral",
        ("new",),
        "received",
        "report.enter_oral",
        "report.oral_entered",
        _("Muntlig anmälan eller möte; personen erbjuds att läsa, rätta och godkänna."),
    ),
    Transition(
        "alarm",
        ("received",),
        "received",
        "report.alarm_duty",
        "report.duty_alarmed",
        _(
            "Den som anmäler väljer det själv; larmet går vidare efter 30 minuter utan "
            "kvittens; utan bekräftelse går anmälan till nästa mottagare efter 12 timmar."
        ),
    ),
    Transition(
        "acknowledge",
        ("received",),
        "acknowledged",
        "report.acknowledge",
        "report.acknowledged",
        _("Senast 24 timmar (påtryckning, även helg) eller 7 dagar (visselblåsning)."),
    ),
    Transition(
        "begin_assessment",
        ("acknowledged",),
        "in_assessment",
        "report.begin_assessment",
        "report.assessment_begun",
        _("Någon har tagit ansvar."),
    ),
    Transition(
        "begin_unacknowledged",
        ("received",),
        "in_assessment",
        "report.begin_assessment",
        "report.assessment_begun",
        _("Den som anmält har avböjt bekräftelse, eller den skulle röja personen."),
    ),
    Transition(
        "decide_actions",
        (
            "in_assessment",
            "second_look",
        ),
        "in_action",
        "report.assess",
        "report.assessed",
        _("Slag, hotnivå och åtgärder är angivna."),
    ),
    Transition(
        "more_actions",
        (
            "feedback_given",
            "following_up",
        ),
        "in_action",
        "report.plan_action",
        "report.action_planned",
        _("Fler åtgärder behövs."),
    ),
    Transition(
        "give_feedback",
        (
            "in_assessment",
            "in_action",
            "second_look",
        ),
        "feedback_given",
        "report.give_feedback",
        "report.feedback_given",
        _(
            "Senast 3 månader från bekräftelsen, eller från dag 7 om ingen lämnats; orden "
            "säger vad som gjorts."
        ),
    ),
    Transition(
        "ask_second_look",
        (
            "feedback_given",
            "following_up",
            "closed",
        ),
        "second_look",
        "report.answer_feedback",
        "report.feedback_answered",
        _(
            "Den som anmält vill att någon annan ser på det; den alternativa gruppen får en "
            "egen nyckel till anmälan, utom när den redan handlagt den."
        ),
        automatic=True,
    ),
    Transition(
        "second_look_to_assessment",
        ("second_look",),
        "in_assessment",
        "report.take_second_look",
        "report.second_look_taken",
        _("En mottagare i den alternativa gruppen tar över."),
        other_than=("case_owner",),
    ),
    Transition(
        "begin_follow_up",
        ("feedback_given",),
        "following_up",
        "report.begin_follow_up",
        "report.follow_up_begun",
        _(
            "Uppföljning efter 30 och 90 dagar; frågan om bestraffning ställs efter 30 dagar,"
            " 3 och 9 månader."
        ),
    ),
    *ENDING,
)

REPORT = Machine("report", _("Anmälan"), _STATES, _TRANSITIONS)
