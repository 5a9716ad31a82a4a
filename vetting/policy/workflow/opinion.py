"""One round of the security function's opinion."""

from __future__ import annotations

from vetting.policy.text import _
from vetting.policy.workflow.model import Machine, State, Transition
from vetting.policy.workflow.opinion_consequences import CONSEQUENCES

_STATES = (
    State("draft", _("Bereds"), _("Handläggaren sammanställer underlaget.")),
    State("requested", _("Väntar på yttrande"), _("Ingen har yttrat sig.")),
    State(
        "half_given",
        _("Väntar på den andra"),
        _("En av två har yttrat sig; innehållet är dolt för alla andra."),
    ),
    State("approved", _("Tillstyrkt"), _("Gäller till sista giltighetsdag.")),
    State("approved_with_conditions", _("Tillstyrkt med villkor"), _("Alla villkor från båda gäller.")),
    State("returned", _("Återlämnad"), _("Omgången är slut; komplettering öppnar en ny."), final=True),
    State("refused", _("Avstyrkt"), _("Kan lyftas, eller avslutas med kandidaturen.")),
    State("escalated", _("Lyft"), _("Väntar på den som får besluta efter avstyrkande.")),
    State(
        "overruled", _("Beslut får fattas"), _("Den som beslutade efter lyft lät anställningen gå vidare.")
    ),
    State("upheld", _("Avstyrkandet står fast"), _("Den som beslutade efter lyft sa nej."), final=True),
    State(
        "set_aside",
        _("Beslutat mot yttrandet"),
        _("Yttrandet är samråd; den som beslutade har skrivit varför beslutet går mot avstyrkandet."),
        final=True,
    ),
    State("recalled", _("Återkallad"), _("Handläggaren tog tillbaka begäran."), final=True),
    State(
        "invalidated",
        _("Gäller inte längre"),
        _("Underlaget ändrades; yttrandet ligger kvar att läsa."),
        final=True,
    ),
    State("lapsed", _("Gick ut"), _("Sista giltighetsdag passerade; kan förnyas i ny omgång."), final=True),
    State("used", _("Ligger till grund för beslut"), _("Beslutet är fattat."), final=True),
    State(
        "ended",
        _("Avslutad med kandidaturen"),
        _("Kandidaturen slutade innan yttrandet användes."),
        final=True,
    ),
)

_TRANSITIONS = (
    Transition(
        "prepare",
        ("new",),
        "draft",
        "opinion.prepare",
        "opinion.prepared",
        _("Profilen kräver yttrande, eller kandidaten är dragen i stickprovet."),
    ),
    Transition(
        "request",
        ("draft",),
        "requested",
        "opinion.request",
        "opinion.requested",
        _(
            "Allt som ska vara klart före yttrandet är klart; antalet yttranden följer "
            "profilen, lägst ett, och två när en kontroll varit att bedöma, undantag använts "
            "eller stickprovet valt kandidaten."
        ),
    ),
    Transition(
        "renew",
        ("new",),
        "requested",
        "opinion.renew",
        "opinion.renewed",
        _("Förra omgången återlämnades eller gick ut; bara ändrade rader är märkta."),
    ),
    Transition(
        "recall",
        ("requested", "half_given"),
        "recalled",
        "opinion.recall",
        "opinion.recalled",
        _("Yttrandet är inte klart; ett lämnat yttrande visas aldrig."),
    ),
    Transition(
        "first_vote",
        ("requested",),
        "half_given",
        "opinion.decide",
        "opinion.vote_recorded",
        _(
            "Två ska yttra sig, eller den ensamma föreslår villkor så att en andra läggs "
            "till; händelsen säger bara att ett yttrande lämnats."
        ),
        other_than=(
            "preparer",
            "hiring_manager",
            "check_recorder",
            "recused",
            "other_approver",
            "substitute_of_excluded",
        ),
    ),
    Transition(
        "withdraw_vote",
        ("half_given",),
        "requested",
        "opinion.withdraw_vote",
        "opinion.vote_withdrawn",
        _("Den som yttrat sig tar tillbaka innan den andra kommit."),
    ),
    Transition(
        "conclude_approved",
        ("requested", "half_given"),
        "approved",
        "opinion.decide",
        "opinion.concluded",
        _("Ensam yttrare tillstyrker när en räcker, eller båda tillstyrker utan villkor."),
        other_than=(
            "preparer",
            "hiring_manager",
            "check_recorder",
            "recused",
            "other_approver",
            "substitute_of_excluded",
        ),
    ),
    Transition(
        "conclude_with_conditions",
        ("half_given",),
        "approved_with_conditions",
        "opinion.decide",
        "opinion.concluded",
        _(
            "Det strängaste gäller: minst en satte villkor och ingen återlämnade eller "
            "avstyrkte; villkoren läggs ihop."
        ),
        other_than=(
            "preparer",
            "hiring_manager",
            "check_recorder",
            "recused",
            "other_approver",
            "substitute_of_excluded",
        ),
        reason="yes",
    ),
    Transition(
        "conclude_returned",
        ("requested", "half_given"),
        "returned",
        "opinion.decide",
        "opinion.concluded",
        _("Det strängaste gäller: minst en återlämnade och ingen avstyrkte."),
        other_than=(
            "preparer",
            "hiring_manager",
            "check_recorder",
            "recused",
            "other_approver",
            "substitute_of_excluded",
        ),
        reason="yes",
    ),
    Transition(
        "conclude_refused",
        ("requested", "half_given"),
        "refused",
        "opinion.decide",
        "opinion.concluded",
        _("Det strängaste gäller: minst en avstyrkte."),
        other_than=(
            "preparer",
            "hiring_manager",
            "check_recorder",
            "recused",
            "other_approver",
            "substitute_of_excluded",
        ),
        reason="yes",
    ),
    Transition(
        "escalate",
        ("refused",),
        "escalated",
        "opinion.escalate",
        "opinion.escalated",
        _("Enhetens delegationsordning anger vem som får besluta efter avstyrkande."),
        reason="yes",
    ),
    Transition(
        "overrule",
        ("escalated",),
        "overruled",
        "escalation.decide",
        "escalation.decided",
        _("Den som beslutar har läst yttrandet; öppnar bara detta beslut."),
        other_than=("hiring_manager", "preparer", "approver", "recused", "substitute_of_excluded"),
        reason="yes",
    ),
    Transition(
        "uphold",
        ("escalated",),
        "upheld",
        "escalation.decide",
        "escalation.decided",
        _("Den som beslutar har läst yttrandet."),
        other_than=("hiring_manager", "preparer", "approver", "recused", "substitute_of_excluded"),
        reason="yes",
    ),
    Transition(
        "overrule_by_board",
        ("escalated",),
        "overruled",
        "escalation.record_board",
        "escalation.board_recorded",
        _("Nämndens beslut har datum och paragraf; öppnar bara detta beslut."),
        other_than=("hiring_manager", "preparer", "approver"),
    ),
    Transition(
        "uphold_by_board",
        ("escalated",),
        "upheld",
        "escalation.record_board",
        "escalation.board_recorded",
        _("Nämndens beslut har datum och paragraf."),
        other_than=("hiring_manager", "preparer", "approver"),
    ),
)

OPINION = Machine("opinion", _("Säkerhetsyttrande"), _STATES, _TRANSITIONS + CONSEQUENCES)
