"""How a report is closed, opened again, moved, set apart and disposed of."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Transition

ENDING = (
    Transition(
        "propose_close",
        (
            "feedback_given",
            "following_up",
        ),
        "closing_proposed",
        "report.propose_close",
        "report.close_proposed",
        _("Återkoppling är lämnad, åtgärderna är klara och lärdomar är skrivna."),
        reason="list",
    ),
    Transition(
        "close",
        ("closing_proposed",),
        "closed",
        "report.confirm_close",
        "report.closed",
        _("En annan mottagare bekräftar; tvåårsfristen börjar."),
        other_than=(
            "proposer",
            "case_owner",
        ),
    ),
    Transition(
        "reject_close",
        ("closing_proposed",),
        "in_action",
        "report.reject_close",
        "report.close_rejected",
        _("En annan mottagare säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "reopen",
        ("closed",),
        "in_assessment",
        "report.reopen",
        "report.reopened",
        _("Något nytt har framkommit; tvåårsfristen stannar."),
        reason="list",
    ),
    Transition(
        "reopen_by_reporter",
        (
            "closed",
            "closing_proposed",
            "disposal_proposed",
        ),
        "in_assessment",
        "report.add_own",
        "report.added_to",
        _("Den som anmält skriver igen; tvåårsfristen stannar."),
        automatic=True,
    ),
    Transition(
        "set_apart_by_reporter",
        ("disposal_proposed",),
        "quarantined",
        "report.add_own",
        "report.added_to",
        _("Den som anmält skriver i en spärrad anmälan; gallringen föreslås på nytt, spärren gäller."),
        automatic=True,
    ),
    Transition(
        "transfer",
        (
            "received",
            "acknowledged",
            "in_assessment",
        ),
        "transferred",
        "report.transfer",
        "report.transferred",
        _(
            "Den som anmält samtycker eller lagen kräver att uppgifterna lämnas vidare; "
            "aldrig till en vidare krets; den nya anmälan förseglas till den andra kanalens "
            "mottagare."
        ),
        reason="yes",
    ),
    Transition(
        "quarantine",
        (
            "received",
            "acknowledged",
            "in_assessment",
            "in_action",
        ),
        "quarantined",
        "report.quarantine",
        "report.quarantined",
        _(
            "Innehållet kan vara säkerhetsskyddsklassificerat; säkerhetsskyddschefen "
            "kontaktas utanför systemet."
        ),
    ),
    Transition(
        "release",
        ("quarantined",),
        "in_assessment",
        "report.release",
        "report.released",
        _("Samråd visar att innehållet får hanteras här."),
        other_than=("setter",),
        reason="list",
    ),
    Transition(
        "propose_disposal",
        (
            "closed",
            "transferred",
            "quarantined",
        ),
        "disposal_proposed",
        "report.propose_disposal",
        "report.disposal_proposed",
        _(
            "Två år efter avslut, eller genast när uppgifterna saknar betydelse eller inte "
            "får finnas här; inget gallringsstopp gäller."
        ),
    ),
    Transition(
        "reject_disposal",
        ("disposal_proposed",),
        "closed",
        "report.reject_disposal",
        "report.disposal_rejected",
        _("En annan mottagare säger nej."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "reject_disposal_set_apart",
        ("disposal_proposed",),
        "quarantined",
        "report.reject_disposal",
        "report.disposal_rejected",
        _("En annan mottagare säger nej; anmälan var spärrad och är det fortfarande."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "reject_disposal_moved",
        ("disposal_proposed",),
        "transferred",
        "report.reject_disposal",
        "report.disposal_rejected",
        _("En annan mottagare säger nej; anmälan handläggs i den andra kanalen."),
        other_than=("proposer",),
        reason="list",
    ),
    Transition(
        "dispose",
        ("disposal_proposed",),
        "disposed",
        "report.confirm_disposal",
        "report.disposed",
        _("En annan mottagare bekräftar; nyckeln förstörs, loggen och beviset finns kvar."),
        other_than=("proposer",),
    ),
)
