"""The pages on which something leaves a report: the police, the masked copy, the whole, each by whoever may."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import uuid4

from audit.models import Entry
from tests.recruitment.clicks import client_of
from tests.reports.pages import at, recipient, send, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.crypto import slots
from vetting.reports.models import PoliceDisclosure, Report

PHRASE = "babab dabad fabaf gabag habah jabaj"
SAID = {
    "ground": "duty_to_inform",
    "provision": "2025:170",
    "weighing": "Hotet kan upprepas",
    "parts": ["message:1"],
    "told": "first",
    "told_text": "Vi lämnar din berättelse till polisen.",
}


def digest_of(answer: Any) -> str:
    return sha256(answer.content).hexdigest()


def told(action: str) -> dict[str, Any]:
    facts: dict[str, Any] = Entry.objects.get(action=action).content["facts"]
    return facts


def test_the_police_are_given_what_two_persons_have_chosen(desk: Desk) -> None:
    report = desk.report(desk.send())
    rita, ragnar = recipient(desk, "rita"), recipient(desk, "ragnar")
    early = send(rita, report, "prepare_police", **SAID)
    assert early.status_code == 422
    assert "samtalet med personen" in text_of(early)
    assert "Har arbetsgivaren polisanmält" not in text_of(rita.get(at(report, "record_police")))
    talk = {"will": "wants", "talked_on": report.received_on.isoformat()}
    assert send(rita, report, "record_police", **talk).status_code == 302
    assert "Har arbetsgivaren polisanmält" in text_of(rita.get(at(report, "record_police")))
    assert "Har arbetsgivaren polisanmält" not in text_of(rita.get(at(report, "prepare_police")))
    assert send(rita, report, "prepare_police", **SAID).status_code == 302
    part = {"disclosure": PoliceDisclosure.objects.get().pk}
    page = text_of(ragnar.get(at(report, "disclosure", **part)))
    assert CANARY in page
    assert at(report, "disclosure_decide", **part) in page
    assert at(report, "disclosure_decide", **part) not in text_of(rita.get(at(report, "disclosure", **part)))
    for name in ("rita", "viola"):
        other = recipient(desk, name)
        assert send(other, report, "disclosure_decide", part, reason="Ja").status_code == 404, name
    assert 'name="reason"' in text_of(ragnar.get(at(report, "disclosure_decide", **part)))
    given = send(ragnar, report, "disclosure_decide", part, reason="Behövs")
    assert given["Content-Disposition"].startswith("attachment")
    assert CANARY in given.content.decode()
    assert told("police_disclosure.decided")["digest"] == digest_of(given)
    assert CANARY in text_of(rita.get(at(report, "disclosure", **part)))
    assert "Utlämnat" in text_of(rita.get(at(report)))
    assert send(ragnar, report, "disclosure_decline", part, reason="Nej").status_code == 409


def test_another_says_no_with_the_reason(desk: Desk) -> None:
    report = desk.report(desk.send())
    rita, ragnar = recipient(desk, "rita"), recipient(desk, "ragnar")
    send(rita, report, "record_police", will="not_answered")
    send(rita, report, "prepare_police", **SAID)
    part = {"disclosure": PoliceDisclosure.objects.get().pk}
    assert 'name="reason"' in text_of(ragnar.get(at(report, "disclosure_decline", **part)))
    assert send(ragnar, report, "disclosure_decline", part, reason="").status_code == 422
    assert (
        send(ragnar, report, "disclosure_decline", part, reason="Sekretessen väger tyngre").status_code == 302
    )
    assert PoliceDisclosure.objects.get().state == "declined"
    assert "Inte utlämnat" in text_of(rita.get(at(report)))


def test_a_masked_copy_is_a_file_with_every_part_tried(desk: Desk) -> None:
    report = desk.report(desk.send())
    rita = recipient(desk, "rita")
    page = text_of(rita.get(at(report, "masked")))
    assert CANARY in page
    untried = send(rita, report, "masked", **{"message:1": CANARY})
    assert untried.status_code == 422
    assert "Pröva delen" in text_of(untried)
    said = {"message:1": CANARY, "how-message:1": "32:3b"}
    copy = send(rita, report, "masked", **said)
    assert "maskad.txt" in copy["Content-Disposition"]
    assert CANARY not in copy.content.decode()
    assert told("report.masked_exported")["digest"] == digest_of(copy)


def test_the_whole_is_fetched_after_the_passphrase_once_more(desk: Desk) -> None:
    report = desk.report(desk.send())
    slots.lock(desk.keys["rita"].pk, desk.seeds["rita"], phrase=PHRASE)
    rita = recipient(desk, "rita")
    assert send(rita, report, "export", phrase="fel ord").status_code == 422
    assert not Entry.objects.filter(action="report.exported").exists()
    packed = send(rita, report, "export", phrase=PHRASE)
    assert packed["Content-Type"] == "application/zip"
    assert told("report.exported")["digest"] == digest_of(packed)


def test_what_leaves_asks_again_who_one_is(desk: Desk) -> None:
    """A sign-in of this morning is not enough for any page on which something leaves."""
    report = desk.report(desk.send())
    assert isinstance(report, Report)
    rita = client_of(desk.world, "rita", fresh=False)
    for what in ("masked", "export"):
        answer = rita.post(at(report, what), {"once": str(uuid4()), "phrase": PHRASE})
        assert answer.status_code not in (200, 404, 422), what
        assert "attachment" not in answer.get("Content-Disposition", "")
    assert not Entry.objects.filter(action__in=["report.exported", "report.masked_exported"]).exists()
