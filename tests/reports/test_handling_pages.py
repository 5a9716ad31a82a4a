"""Each act of the report's page: taken by whoever may, 404 to whoever may not, from the same report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from audit.models import Entry
from tests.recruitment.world import put
from tests.reports.pages import at, recipient, send, text_of
from tests.reports.recipients import Desk
from vetting.reports.days import today
from vetting.reports.models import Report
from vetting.reports.receipts import Receipt
from vetting.reports.views.deeds_giving import ROUTED

Change = dict[str, Any]


@dataclass(frozen=True)
class Try:
    """One act: the report as it must be, who may, who of the circle may not, what is sent, what follows."""

    code: str
    by: str = "ragnar"
    not_by: str = ""
    report: Change = field(default_factory=dict)
    fields: Change = field(default_factory=dict)
    event: str = ""
    state: str = ""


MINE = {"owner_id": "ragnar"}
CLOSING = {"state": "closing_proposed", "proposer_id": "ragnar", "owner_id": "ragnar"}
DISPOSAL = {"state": "disposal_proposed", "proposer_id": "ragnar", "closed_on": "today"}
TRIES = (
    Try("take", event="report.taken"),
    Try("acknowledge", fields={"text": "Tack."}, event="report.acknowledged", state="acknowledged"),
    Try(
        "begin_assessment",
        report={"state": "acknowledged"},
        event="report.assessment_begun",
        state="in_assessment",
    ),
    Try(
        "assess",
        not_by="rosa",
        report=MINE | {"state": "in_assessment"},
        fields={"kind": ["threat"], "threat": "serious", "crimes": "Olaga hot", "what": "Skydda"},
        event="report.assessed",
        state="in_action",
    ),
    Try(
        "give_feedback",
        report={"state": "in_action"},
        fields={"text": "Vi har gjort det."},
        event="report.feedback_given",
        state="feedback_given",
    ),
    Try(
        "begin_follow_up",
        report={"state": "feedback_given"},
        fields={"text": "Det är lugnt."},
        event="report.follow_up_begun",
        state="following_up",
    ),
    Try(
        "propose_close",
        not_by="rosa",
        report=MINE | {"state": "feedback_given", "feedback_on": "today"},
        fields={"reason": "measures_done", "lessons": "Två vid besök"},
        event="report.close_proposed",
        state="closing_proposed",
    ),
    Try("confirm_close", by="rosa", not_by="ragnar", report=CLOSING, event="report.closed", state="closed"),
    Try(
        "reject_close",
        by="rosa",
        not_by="ragnar",
        report=CLOSING,
        fields={"reason": "measures_left"},
        event="report.close_rejected",
        state="in_action",
    ),
    Try(
        "release",
        by="rosa",
        not_by="ragnar",
        report={"state": "quarantined", "setter_id": "ragnar"},
        fields={"reason": "removed"},
        event="report.released",
    ),
    Try(
        "confirm_disposal",
        by="rosa",
        not_by="ragnar",
        report=DISPOSAL,
        event="report.disposed",
        state="disposed",
    ),
    Try(
        "reject_disposal",
        by="rosa",
        not_by="ragnar",
        report=DISPOSAL,
        fields={"reason": "still_needed"},
        event="report.disposal_rejected",
        state="closed",
    ),
    Try("protect", fields={"step": "contacted"}, event="report.protected"),
    Try("send", fields={"text": "Hur mår du?"}, event="message.sent"),
    Try("write_note", fields={"text": "Bara för oss."}, event="report.note_written"),
    Try(
        "plan_action",
        fields={"what": "Byt handläggare", "responsible": "ragnar", "due": "today"},
        event="report.action_planned",
    ),
    Try("record_support", fields={"offered": ["union"], "note": ""}, event="report.support_recorded"),
    Try(
        "record_work_environment",
        fields={"register": "TB 12", "serious": "yes", "reported_on": "today", "safety_informed": "yes"},
        event="report.work_environment_recorded",
    ),
    Try("record_police", fields={"will": "not_answered"}, event="report.police_recorded"),
    Try("register", fields={"diary_number": "KS 2026/12"}, event="report.registered"),
    Try("hand_over", not_by="rosa", report=MINE, fields={"to": "rosa"}, event="report.handed_over"),
    Try(
        "reopen",
        report={"state": "closed", "closed_on": "today"},
        fields={"reason": "new_facts"},
        event="report.reopened",
        state="in_assessment",
    ),
    Try(
        "propose_transfer",
        fields={"reason": "duty_to_pass_on", "why": "Lagen"},
        event="report.transfer_proposed",
    ),
    Try(
        "transfer",
        not_by="rosa",
        report={**MINE, "moving_by_id": "rosa", "moving_ground": "duty_to_pass_on"},
        event="report.transferred",
        state="transferred",
    ),
    Try(
        "reject_transfer",
        by="rosa",
        not_by="ragnar",
        report={**MINE, "moving_by_id": "ragnar", "moving_ground": "duty_to_pass_on"},
        event="report.transfer_rejected",
    ),
    Try("set_hold", fields={"reason": "police", "review_on": "today"}, event="report.hold_set"),
    Try(
        "lift_hold",
        by="rosa",
        not_by="ragnar",
        report={"hold_by_id": "ragnar", "hold_ground": "police", "hold_on": "today"},
        event="report.hold_lifted",
    ),
    Try(
        "propose_disposal",
        report={"state": "closed", "closed_on": "today"},
        fields={"out_of_place": "on"},
        event="report.disposal_proposed",
        state="disposal_proposed",
    ),
    Try("quarantine", event="report.quarantined", state="quarantined"),
    Try("join", fields={"person": "new", "reason": "absence"}, event="circle.proposed"),
    Try("stand_aside", event="circle.left"),
    Try("ask_name", fields={"ground": "protection", "why": "Hon behöver nås"}, event="identity.requested"),
)


def prepare(desk: Desk, change: Change) -> tuple[Receipt, Report]:
    """A report from which Rita was taken out, in the state that the act needs."""
    receipt = desk.send(
        mode="named",
        name="Eva Kanariedotter",
        excluded=frozenset({desk.person("rita")}),
        consents=["other_channel"],
    )
    report = desk.report(receipt)
    for name, value in change.items():
        setattr(report, name, _said(desk, value))
    if change:
        put(report, "report.taken")
    return receipt, report


def _said(desk: Desk, value: Any) -> Any:
    if value == "today":
        return today()
    return desk.person(value) if value in ("ragnar", "rosa", "new") else value


def test_every_act_of_the_page_is_tried() -> None:
    assert {deed.code for deed in ROUTED} == {each.code for each in TRIES} | {
        "lend",
        "take_second_look",
        "prepare_police",
    }


@pytest.mark.parametrize("each", TRIES, ids=lambda each: each.code)
def test_an_act_is_taken_by_whoever_may_and_by_nobody_else(desk: Desk, each: Try) -> None:
    desk.world.hire("new", "report_recipient", authority=desk.world.other_authority)
    desk.certify("new", "report_recipient")
    _receipt, report = prepare(desk, each.report)
    if each.code == "join":
        # Whoever was there already cannot be let in; a newcomer is taken out of the circle that was made at sending.
        report = _without_new(desk)
    fields = {name: _text(desk, value) for name, value in each.fields.items()}
    for name in ("rita", "viola", "alva", *([each.not_by] if each.not_by else [])):
        client = recipient(desk, name)
        assert send(client, report, each.code, **fields).status_code == 404, name
        assert not has_form(each) or client.get(at(report, each.code)).status_code == 404, name
    assert not Entry.objects.filter(action=each.event, subject=report.pk).exists()
    client = recipient(desk, each.by)
    page = text_of(client.get(at(report)))
    assert at(report, each.code) in page, "the page does not offer it"
    if has_form(each):
        opened = client.get(at(report, each.code))
        assert opened.status_code == 200, text_of(opened)
        assert not [name for name in each.fields if f'name="{name}"' not in text_of(opened)]
    answer = send(client, report, each.code, **fields)
    assert answer.status_code == 302, text_of(answer)
    assert Entry.objects.filter(action=each.event, subject=report.pk).count() == 1
    fresh = Report.objects.get(pk=report.pk)
    if each.state:
        assert fresh.state == each.state
    assert client.get(at(report)).status_code == (404 if each.code == "stand_aside" else 200)


def has_form(each: Try) -> bool:
    """Whether something is filled in, on a page of the act's own."""
    return next(deed for deed in ROUTED if deed.code == each.code).form is not None


def _without_new(desk: Desk) -> Report:
    people = frozenset({desk.person("rita")})
    receipt = desk.send(excluded=people)
    report = desk.report(receipt)
    desk.world.hire("newer", "report_recipient", authority=desk.world.other_authority)
    desk.certify("newer", "report_recipient")
    desk.world.accounts["new"] = desk.world.accounts["newer"]
    return report


def _text(desk: Desk, value: Any) -> Any:
    if isinstance(value, list):
        return value
    said = _said(desk, value)
    return said.isoformat() if hasattr(said, "isoformat") else str(said)
