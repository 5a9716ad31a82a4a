"""The acts that a report's page offers, declared: one address each, most with a form of their own.

In which states an act is offered follows from the machine; whether this person may, the door answers.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from vetting.access.actor import Actor
from vetting.reports.actions import circle, closing, handling, moving, opening, police
from vetting.reports.actions import identity as names
from vetting.reports.case import Case
from vetting.reports.errors import BadInput
from vetting.reports.forms import giving
from vetting.reports.forms import handling as forms
from vetting.reports.views.deed import Deed, Doing


def _protect(do: Doing) -> None:
    handling.protect(do.case, do.data.get("step", ""), "", **do.keys)


def _hand_over(do: Doing) -> None:
    handling.hand_over(do.case, to=UUID(do.data["to"]), **do.plain)


def _plan(do: Doing) -> None:
    handling.plan_measure(
        do.case,
        do.data["what"],
        responsible=UUID(do.data["responsible"]),
        due=do.data["due"],
        **do.keys,
    )


def _lend(do: Doing) -> None:
    to = do.case.member_of(UUID(do.data["to"]))
    if to is None:
        raise BadInput(to="choice")
    opening.lend_part(do.case, to=to, **do.keys)


def _content(do: Doing, *fields: str) -> dict[str, Any]:
    found: dict[str, Any] = do.form.content(*fields)
    return found


def _is_mine(case: Case, actor: Actor) -> bool:
    return case.report.owner_id == actor.person_id


DEEDS: tuple[Deed, ...] = (
    Deed(
        "take", "report.take", _("Ta ansvar"), _("Du ansvarar nu för anmälan."),
        lambda do: handling.take(do.case, **do.plain),
        group="next", seals=False, when=lambda case, actor: not _is_mine(case, actor),
    ),
    Deed(
        "acknowledge", "report.acknowledge", _("Bekräfta"), _("Bekräftelsen är skickad."),
        lambda do: handling.acknowledge(do.case, do.data["text"], **do.keys),
        forms.AcknowledgeForm, _("Den som anmält får veta att någon har läst och börjar med det."), "next",
    ),
    Deed(
        "begin_assessment", "report.begin_assessment", _("Börja bedöma"), _("Bedömningen är påbörjad."),
        lambda do: handling.begin_assessment(do.case, **do.plain), group="next", seals=False,
    ),
    Deed(
        "assess", "report.assess", _("Bedöm"), _("Bedömningen är sparad."),
        lambda do: handling.assess(do.case, _content(do, "kind", "threat", "crimes", "what"), **do.keys),
        forms.AssessForm, _("Bara kretsen läser bedömningen."), "next",
    ),
    Deed(
        "give_feedback", "report.give_feedback", _("Återkoppla"), _("Återkopplingen är skickad."),
        lambda do: handling.give_feedback(do.case, do.data["text"], **do.keys),
        forms.ToReporterForm, _("Berätta vad som har gjorts. Utan återkoppling kan anmälan inte avslutas."), "next",
    ),
    Deed(
        "take_second_look", "report.take_second_look", _("Se på nytt"), _("Du ser på anmälan på nytt."),
        lambda do: handling.take_second_look(do.case, **do.plain), group="next", seals=False,
    ),
    Deed(
        "begin_follow_up", "report.begin_follow_up", _("Följ upp"), _("Uppföljningen är antecknad."),
        lambda do: handling.begin_follow_up(do.case, do.data["text"], **do.keys), forms.NoteForm,
        _("Hur har det gått? Efter 30 och 90 dagar."), "next",
    ),
    Deed(
        "propose_close", "report.propose_close", _("Föreslå avslut"), _("Förslaget väntar på en annan mottagare."),
        lambda do: closing.propose_close(do.case, do.data["lessons"], reason=do.data["reason"], **do.keys),
        forms.LessonsForm, _("En annan mottagare svarar på förslaget."), "next",
    ),
    Deed(
        "confirm_close", "report.confirm_close", _("Avsluta"), _("Anmälan är avslutad."),
        lambda do: closing.confirm_close(do.case, **do.plain), group="next", seals=False,
    ),
    Deed(
        "reject_close", "report.reject_close", _("Avsluta inte än"), _("Förslaget är avslaget."),
        lambda do: closing.reject_close(do.case, reason=do.data["reason"], **do.plain),
        forms.RejectCloseForm, group="next", seals=False,
    ),
    Deed(
        "release", "report.release", _("Häv spärren"), _("Spärren är hävd."),
        lambda do: closing.release(do.case, reason=do.data["reason"], **do.plain),
        forms.ReleaseForm, _("Efter samråd med säkerhetsskyddschefen, utanför systemet."), "next", seals=False,
    ),
    Deed(
        "confirm_disposal", "report.confirm_disposal", _("Gallra"), _("Anmälan är gallrad."),
        lambda do: closing.confirm_disposal(do.case, **do.plain), forms.ReportForm,
        _("Nyckeln förstörs. Ingen kan läsa anmälan efter det, inte ens i en säkerhetskopia. Det går inte att ångra."),
        "next", seals=False, colour="danger",
    ),
    Deed(
        "reject_disposal", "report.reject_disposal", _("Gallra inte"), _("Förslaget är avslaget."),
        lambda do: closing.reject_disposal(do.case, reason=do.data["reason"], **do.plain),
        forms.RejectDisposalForm, group="next", seals=False,
    ),
    Deed("protect", "report.protect", _("Första timmen"), _("Steget är antecknat."), _protect, group="protect"),
    Deed(
        "send", "message.send", _("Svara"), _("Svaret är skickat."),
        lambda do: handling.send_message(do.case, do.data["text"], **do.keys), forms.ToReporterForm, group="talk",
    ),
    Deed(
        "write_note", "report.write_note", _("Skriv anteckning"), _("Anteckningen är sparad."),
        lambda do: handling.write_note(do.case, do.data["text"], **do.keys), forms.NoteForm, group="work",
    ),
    Deed(
        "plan_action", "report.plan_action", _("Lägg till åtgärd"), _("Åtgärden är tillagd."),
        _plan, forms.MeasureForm, group="work",
    ),
    Deed(
        "record_support", "report.record_support", _("Anteckna stöd"), _("Stödet är antecknat."),
        lambda do: handling.record_support(do.case, _content(do, "offered", "note"), **do.keys),
        forms.SupportForm, group="work",
    ),
    Deed(
        "record_work_environment", "report.record_work_environment", _("Anteckna arbetsmiljö"),
        _("Uppgifterna är antecknade."),
        lambda do: handling.record_work_environment(
            do.case, _content(do, "register", "serious", "reported_on", "safety_informed"), **do.keys
        ),
        forms.WorkEnvironmentForm,
        _("Ett tillbud antecknas i registret. Ett allvarligt anmäls genast till Arbetsmiljöverket (3 kap. 3 a § AML)."),
        "work",
    ),
    Deed(
        "record_police", "report.record_police", _("Anteckna om polisanmälan"), _("Samtalet är antecknat."),
        lambda do: police.record_police(do.case, _content(do, *do.form.asked), **do.keys),
        giving.PoliceForm, _("Tala med personen innan något anmäls."), "work",
    ),
    Deed(
        "register", "report.register", _("Ange diarienummer"), _("Diarienumret är antecknat."),
        lambda do: handling.register(do.case, do.data["diary_number"], **do.plain), forms.RegisterForm, seals=False,
    ),
    Deed(
        "hand_over", "report.hand_over", _("Lämna över"), _("Anmälan är överlämnad."),
        _hand_over, forms.HandOverForm, seals=False,
    ),
    Deed(
        "reopen", "report.reopen", _("Öppna igen"), _("Anmälan är öppen igen."),
        lambda do: closing.reopen(do.case, reason=do.data["reason"], **do.plain), forms.ReopenForm, seals=False,
    ),
    Deed(
        "propose_transfer", "report.propose_transfer", _("Föreslå byte av kanal"),
        _("Förslaget väntar på den som ansvarar."),
        lambda do: moving.propose_transfer(do.case, ground=do.data["reason"], reason=do.data["why"], **do.keys),
        forms.TransferForm, _("En annan i kretsen, den som ansvarar för anmälan, flyttar den."),
        when=lambda case, actor: moving.may_be_proposed(case),
    ),
    Deed(
        "transfer", "report.transfer", _("Byt kanal"), _("Anmälan är flyttad."),
        lambda do: moving.transfer(do.case, **do.keys), forms.ReportForm,
        _("Anmälan förseglas till den andra kanalens mottagare, med en ny nyckel som kretsen här inte har. "
          "Den som anmält får veta det och följer med. Namnet följer med bara om du får läsa det nu; annars tas det "
          "bort. Det går inte att ångra."),
        "next", when=lambda case, actor: case.report.moving_by_id is not None, colour="danger",
    ),
    Deed(
        "reject_transfer", "report.reject_transfer", _("Byt inte kanal"), _("Förslaget är avslaget."),
        lambda do: moving.reject_transfer(do.case, **do.plain), group="next", seals=False,
        when=lambda case, actor: case.report.moving_by_id is not None,
    ),
    Deed(
        "set_hold", "report.set_hold", _("Stoppa gallring"), _("Gallringen är stoppad."),
        lambda do: closing.set_hold(
            do.case, ground=do.data["reason"], review_on=do.data["review_on"], **do.plain
        ),
        forms.HoldForm, seals=False,
    ),
    Deed(
        "lift_hold", "report.lift_hold", _("Häv gallringsstoppet"), _("Gallringsstoppet är hävt."),
        lambda do: closing.lift_hold(do.case, **do.plain), seals=False,
        when=lambda case, actor: case.report.hold_by_id is not None,
    ),
    Deed(
        "propose_disposal", "report.propose_disposal", _("Föreslå gallring"),
        _("Förslaget väntar på en annan mottagare."),
        lambda do: closing.propose_disposal(do.case, is_out_of_place=do.data["out_of_place"], **do.plain),
        forms.DisposalForm, _("Två år efter avslut, eller genast om uppgifterna inte får finnas här."), seals=False,
    ),
    Deed(
        "quarantine", "report.quarantine", _("Spärra"), _("Anmälan är spärrad."),
        lambda do: closing.quarantine(do.case, **do.plain), forms.ReportForm,
        _("När innehållet kan vara säkerhetsskyddsklassificerat. Ingen läser förrän en annan häver spärren. "
          "Ring säkerhetsskyddschefen; skriv inget om innehållet."),
        seals=False, colour="danger",
    ),
    Deed(
        "lend", "report.lend_part", _("Låt någon läsa med dig"), _("Personen kan läsa i åtta timmar."),
        _lend, forms.LendForm, _("Den här anmälan öppnas av två."), "circle",
        when=lambda case, actor: case.report.two_persons,
    ),
    Deed(
        "join", "circle.propose", _("Föreslå en till i kretsen"), _("Förslaget väntar på en annan i kretsen."),
        lambda do: circle.propose_member(
            do.case, person=UUID(do.data["person"]), reason=do.data["reason"], **do.keys
        ),
        forms.JoinForm, group="circle",
    ),
    Deed(
        "stand_aside", "circle.stand_aside", _("Stå åt sidan"), _("Du har lämnat kretsen."),
        lambda do: circle.stand_aside(do.case, **do.plain), forms.ReportForm,
        _("Gör det om du är jävig. Din nyckel till anmälan förstörs och du kan inte läsa den mer."),
        "circle", seals=False, colour="danger",
    ),
    Deed(
        "ask_name", "identity.request", _("Begär namnet"), _("Begäran väntar på en annan mottagare."),
        lambda do: names.request_identity(do.case, ground=do.data["ground"], reason=do.data["why"], **do.keys),
        forms.AskNameForm,
        _("En annan i kretsen medger. Bara du kan läsa namnet, till och med nästa dag, och det antecknas."), "name",
        when=lambda case, actor: names.identity_of(case) is not None,
    ),
)  # fmt: skip
