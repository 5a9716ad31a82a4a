"""The name, opened by two for one asker; and who is let into the circle."""

from __future__ import annotations

from uuid import uuid4

from audit.models import Entry
from tests.reports.pages import at, recipient, send, text_of
from tests.reports.recipients import CANARY, Desk
from vetting.crypto import slots
from vetting.reports.models import IdentityReveal, Member

PHRASE = "babab dabad fabaf gabag habah jabaj"
NAME = "Eva Kanariedotter"


def test_a_name_is_asked_for_by_one_let_by_another_and_read_by_the_first_alone(desk: Desk) -> None:
    report = desk.report(desk.send(mode="named", name=NAME))
    for name in ("rita", "ragnar", "rosa"):
        slots.lock(desk.keys[name].pk, desk.seeds[name], phrase=PHRASE)
    rita, ragnar, rosa = (recipient(desk, name) for name in ("rita", "ragnar", "rosa"))
    assert (
        send(rita, report, "ask_name", ground="protection", why="Hon behöver nås i kväll").status_code == 302
    )
    asked = {"asked": IdentityReveal.objects.get(report=report).pk}
    early = rita.post(at(report, "name_reveal", **asked), {"once": str(uuid4()), "phrase": PHRASE})
    assert early.status_code == 409
    assert send(rita, report, "name_confirm", asked).status_code == 404
    assert send(recipient(desk, "viola"), report, "name_confirm", asked).status_code == 404
    assert send(ragnar, report, "name_confirm", asked).status_code == 302
    for other in (ragnar, rosa):
        assert send(other, report, "name_reveal", asked, phrase=PHRASE).status_code == 404
    wrong = send(rita, report, "name_reveal", asked, phrase="fel ord")
    assert wrong.status_code == 422
    assert NAME not in text_of(wrong)
    assert not Entry.objects.filter(action="identity.revealed").exists()
    assert NAME in text_of(send(rita, report, "name_reveal", asked, phrase=PHRASE))
    assert Entry.objects.filter(action="identity.revealed").count() == 1
    assert NAME not in text_of(rita.get(at(report)))


def test_a_request_is_refused_with_a_reason(desk: Desk) -> None:
    report = desk.report(desk.send(mode="named", name=NAME))
    rita, ragnar = recipient(desk, "rita"), recipient(desk, "ragnar")
    send(rita, report, "ask_name", ground="protection", why="Hon behöver nås")
    asked = {"asked": IdentityReveal.objects.get(report=report).pk}
    assert send(rita, report, "name_reject", asked, reason="not_needed").status_code == 404
    assert 'name="reason"' in text_of(ragnar.get(at(report, "name_reject", **asked)))
    assert send(ragnar, report, "name_reject", asked, reason="not_needed").status_code == 302
    assert IdentityReveal.objects.get(report=report).state == "rejected"


def test_one_more_is_let_in_by_another_than_who_proposed(desk: Desk) -> None:
    report = desk.report(desk.send())
    desk.world.hire("new", "report_recipient", authority=desk.world.other_authority)
    desk.certify("new", "report_recipient")
    rita, ragnar, new = (recipient(desk, name) for name in ("rita", "ragnar", "new"))
    assert send(rita, report, "join", person=str(desk.person("new")), reason="absence").status_code == 302
    member = {"member": Member.objects.get(report=report, person_id=desk.person("new")).pk}
    assert new.get(at(report)).status_code == 404
    for name, client in (("rita", rita), ("new", new)):
        assert send(client, report, "member_consent", member).status_code == 404, name
    assert "föreslagen av" in text_of(ragnar.get(at(report)))
    assert send(ragnar, report, "member_consent", member).status_code == 302
    assert CANARY in text_of(new.get(at(report)))
    assert send(new, report, "member_reject", member, reason="not_needed").status_code == 409


def test_a_proposal_is_refused_with_a_reason(desk: Desk) -> None:
    report = desk.report(desk.send())
    desk.world.hire("new", "report_recipient", authority=desk.world.other_authority)
    desk.certify("new", "report_recipient")
    rita, ragnar = recipient(desk, "rita"), recipient(desk, "ragnar")
    send(rita, report, "join", person=str(desk.person("new")), reason="absence")
    member = {"member": Member.objects.get(report=report, person_id=desk.person("new")).pk}
    assert send(rita, report, "member_reject", member, reason="conflict").status_code == 404
    assert 'name="reason"' in text_of(ragnar.get(at(report, "member_reject", **member)))
    assert send(ragnar, report, "member_reject", member, reason="conflict").status_code == 302
    assert recipient(desk, "new").get(at(report)).status_code == 404
