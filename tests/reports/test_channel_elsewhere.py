"""The municipality has a whistleblowing channel already: nothing new comes in here, and what came is handled on."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.reports.pages import at, recipient, text_of
from tests.reports.public.visitor import Visitor
from tests.reports.recipients import CANARY, Desk
from vetting.crypto.written import Code
from vetting.reports.actions.intake import enter_oral
from vetting.reports.errors import NoRecipients
from vetting.reports.models import Report
from vetting.reports.submit import Submission, recipients_for

ELSEWHERE = "https://visselblas.example/"


def test_a_form_that_was_open_when_the_channel_was_shut_sends_nothing(desk: Desk, settings: Any) -> None:
    visitor = Visitor()
    page = visitor.get("/anmal/visselblasning/anmal/")
    settings.WHISTLEBLOWING_URL = ELSEWHERE
    overview = visitor.post("/anmal/steg/", {"t": page.token, "to": "skip", "story": CANARY})
    sent = visitor.post("/anmal/steg/", {"t": overview.token, "to": "send"})
    assert sent.status == 200
    assert "ingen kvar som kan ta emot" in sent.text
    assert not Report.objects.exists()
    assert recipients_for("whistleblowing") == recipients_for("whistleblowing", concerns_security=True) == []
    assert recipients_for("pressure")


def test_nobody_writes_one_down_either(desk: Desk, settings: Any) -> None:
    settings.WHISTLEBLOWING_URL = ELSEWHERE
    told = Submission(channel="whistleblowing", way="oral", mode="anonymous", story=CANARY)
    with pytest.raises(NoRecipients):
        enter_oral(told, Code.new(), by=desk.actor("viola"))
    fields = {"once": str(uuid4()), "channel": "whistleblowing", "mode": "anonymous", "story": CANARY}
    assert recipient(desk, "viola").post("/anmalningar/muntlig/", fields).status_code == 422
    assert not Report.objects.exists()


def test_what_came_before_is_read_and_answered_to_its_end(desk: Desk, settings: Any) -> None:
    receipt = desk.send(channel="whistleblowing")
    settings.WHISTLEBLOWING_URL = ELSEWHERE
    viola = recipient(desk, "viola")
    assert receipt.reference in text_of(viola.get("/anmalningar/"))
    assert CANARY in text_of(viola.get(at(desk.report(receipt))))
    back = Visitor().post("/anmal/inkorg/", {"code": "-".join(receipt.code.groups)})
    assert CANARY in back.text
