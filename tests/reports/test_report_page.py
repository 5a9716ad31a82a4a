"""A report's page from the first answer to the end: what is shown, what is told, what is given back."""

from __future__ import annotations

from typing import Any

from audit.models import Entry
from tests.recruitment.world import put
from tests.reports.pages import at, recipient, send, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.reports.actions.reporter import answer_feedback
from vetting.reports.days import today
from vetting.reports.models import Measure, Report
from vetting.reports.returning import come_back

Change = dict[str, Any]


def test_opening_is_told_before_anything_is_shown_and_changes_no_state(desk: Desk) -> None:
    receipt = desk.send()
    report = desk.report(receipt)
    page = text_of(recipient(desk, "rita").get(at(report)))
    assert CANARY in page
    readings = Entry.objects.filter(subject=report.pk, actor_person=desk.person("rita"))
    assert set(readings.values_list("action", flat=True)) == {"report.opened", "message.read"}
    assert desk.report(receipt).state == "received"


def test_from_the_first_answer_to_the_end_and_back_to_the_reporter(desk: Desk) -> None:
    receipt = desk.send()
    report = desk.report(receipt)
    rita, ragnar = recipient(desk, "rita"), recipient(desk, "ragnar")
    steps: list[tuple[Any, str, Change]] = [
        (rita, "take", {}),
        (rita, "acknowledge", {"text": "Vi har läst."}),
        (rita, "protect", {"step": "safe_tonight"}),
        (rita, "begin_assessment", {}),
        (rita, "assess", {"kind": ["threat"], "threat": "raised", "what": "Skydda"}),
        (
            rita,
            "plan_action",
            {"what": "Byt handläggare", "responsible": str(desk.person("rita")), "due": str(today())},
        ),
    ]
    for client, code, fields in steps:
        assert send(client, report, code, **fields).status_code == 302, code
    early = send(rita, report, "propose_close", reason="measures_done", lessons="Två vid besök")
    assert early.status_code == 409
    measure = Measure.objects.get(report=report)
    assert send(rita, report, "measure_done", {"measure": measure.pk}).status_code == 302
    assert send(rita, report, "give_feedback", text="Nu är det gjort.").status_code == 302
    assert (
        send(rita, report, "propose_close", reason="measures_done", lessons="Två vid besök").status_code
        == 302
    )
    assert send(rita, report, "confirm_close").status_code == 404
    assert send(ragnar, report, "confirm_close").status_code == 302
    page = text_of(ragnar.get(at(report)))
    for words in ("Två vid besök", "Avslutad", "Nu är det gjort.", "Förhöjd", "Gallra"):
        assert words in page, words
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    assert [one.text for one in back.texts] == [CANARY, "Vi har läst.", "Nu är det gjort."]


def test_a_disposed_report_leaves_a_certificate_and_nothing_else(desk: Desk) -> None:
    receipt = desk.send()
    report = desk.report(receipt)
    report.state, report.proposer_id, report.closed_on = "disposal_proposed", desk.person("ragnar"), today()
    put(report, "report.disposal_proposed")
    rosa = recipient(desk, "rosa")
    asks = text_of(rosa.get(at(report, "confirm_disposal")))
    assert "Det går inte att ångra" in asks
    assert send(rosa, report, "confirm_disposal").status_code == 302
    page = text_of(rosa.get(at(report)))
    assert "Gallringsbevis" in page
    assert CANARY not in page
    assert come_back("-".join(receipt.code.groups)) is None


def test_what_was_typed_while_the_key_was_locked_is_given_back(desk: Desk) -> None:
    report = desk.report(desk.send())
    answer = send(recipient(desk, "rita", is_open=False), report, "write_note", text="Det jag skrev")
    assert answer.status_code == 409
    assert "Det jag skrev" in text_of(answer)
    assert "Det jag skrev" not in text_of(recipient(desk, "rita").get(at(report)))


def test_a_second_press_writes_once(desk: Desk) -> None:
    report = desk.report(desk.send())
    client, once = recipient(desk, "rita"), "7f1c3a34-3c5e-4a57-9d3c-1c57a6f6a1aa"
    for _ in range(2):
        assert client.post(at(report, "send"), {"once": once, "text": "Hej"}).status_code == 302
    assert Entry.objects.filter(action="message.sent").count() == 1


def test_two_read_together(desk: Desk) -> None:
    report = desk.report(desk.send(concerns_security=True))
    alva, axel = recipient(desk, "alva"), recipient(desk, "axel")
    page = text_of(alva.get(at(report)))
    assert "läses av två" in page
    assert CANARY not in page
    assert 'name="to"' in text_of(axel.get(at(report, "lend")))
    assert send(axel, report, "lend", to=str(desk.person("alva"))).status_code == 302
    assert CANARY in text_of(alva.get(at(report)))
    assert CANARY not in text_of(axel.get(at(report)))


def test_the_alternative_group_takes_a_second_look_as_the_reporter_asked(desk: Desk) -> None:
    receipt = desk.send()
    report = desk.report(receipt)
    report.state, report.owner_id, report.feedback_on = "feedback_given", desk.person("rita"), today()
    put(report, "report.feedback_given")
    back = come_back("-".join(receipt.code.groups))
    assert back is not None
    answer_feedback(back, "second_look", "Det var inte så.")
    for name in ("rita", "viola"):
        assert send(recipient(desk, name), report, "take_second_look").status_code == 404, name
    alva = recipient(desk, "alva")
    page = text_of(alva.get(at(report)))
    assert "Det var inte så." in page
    assert "Jag vill att någon annan ser på det" in page
    assert send(alva, report, "take_second_look").status_code == 302
    assert Report.objects.get(pk=report.pk).owner_id == desk.person("alva")
