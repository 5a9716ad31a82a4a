"""Handing out the code, taking it back, and the copy that the candidate takes out herself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from audit.models import Entry
from tests.recruitment.candidates import (
    COPY,
    HOME,
    OWN_WORDS,
    code_for,
    come_in,
    declared,
    replied,
    to_assess,
)
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.access.door import Denied
from vetting.recruitment.actions.candidate_link import issue_link, take_in
from vetting.recruitment.actions.candidate_page import NoWay, declare
from vetting.recruitment.models import CandidateLink, Given

ASSESSED = {"relevant": "Nej.", "certain": "Säkert.", "condition": "Inget.", "conclusion": "Inget hinder."}


def test_only_those_who_run_the_recruitment_hand_out_codes_and_take_in(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    for name in ("manager", "other_hr", "security_one", "registrar", "auditor"):
        case = walk.case()
        with pytest.raises(Denied):
            issue_link(case, by=world.actor(name), candidacy=case.candidacy(finalist.pk))
        assert (
            signed_in(world, name).get(url("candidate_link", walk, candidacy=finalist.pk)).status_code == 404
        )
    declared(come_in(code_for(walk, finalist)))
    check = Given.objects.get().of_check_id
    for name in ("other_hr", "security_one", "auditor"):
        case = walk.case()
        with pytest.raises(Denied):
            take_in(case, by=world.actor(name), check=case.check(check))


def test_the_code_is_shown_once_on_a_letter_without_a_name(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    hr = signed_in(world, "hr")
    here = url("candidate_link", walk, candidacy=finalist.pk)
    assert "Lämna ut en kod" in hr.get(here).content.decode()
    issue = url("issue_candidate_link", walk, candidacy=finalist.pk)
    key = "11111111-1111-4111-8111-111111111111"
    letter = post(hr, issue, once=key).content.decode()
    groups = [part.split("</span>")[0] for part in letter.split('class="app-code">')[1].split("<span>")[1:8]]
    assert "Kanarieberg" not in letter
    assert "/kandidat/" in letter
    assert Client().post(HOME, {"code": "-".join(groups)}).status_code == 302
    again = hr.post(issue, {"once": key}, follow=True).content.decode()
    assert groups[3] not in again
    assert "visas bara en gång" in again
    assert CandidateLink.objects.count() == 1
    second = post(hr, issue).content.decode()
    assert "Koden gäller till och med" in second
    assert Client().post(HOME, {"code": "-".join(groups)}).status_code == 422
    groups = [part.split("</span>")[0] for part in second.split('class="app-code">')[1].split("<span>")[1:8]]
    assert Client().post(HOME, {"code": "-".join(groups)}).status_code == 302
    assert "Öppnad" in hr.get(here).content.decode()
    post(hr, url("revoke_candidate_link", walk, candidacy=finalist.pk))
    assert Client().post(HOME, {"code": "-".join(groups)}).status_code == 422
    assert "Spärrad" in hr.get(here).content.decode()
    told = list(
        Entry.objects.filter(action__startswith="candidate_link")
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert told == ["candidate_link.issued", "candidate_link.issued", "candidate_link.revoked"]


def test_a_code_revoked_between_the_page_and_its_button_does_nothing(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    code_for(walk, finalist)
    old = CandidateLink.objects.get()
    code_for(walk, finalist)
    with pytest.raises(NoWay):
        declare(walk.case(), link=old, parts={"conflict": ""})
    assert not Given.objects.exists()


def test_the_copy_holds_what_is_held_and_is_in_the_log(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    check = to_assess(world, walk, finalist)
    hr = signed_in(world, "hr")
    post(hr, url("reveal_candidacy", walk, candidacy=finalist.pk), purpose="contact_candidate")
    browser = come_in(code_for(walk, finalist))
    declared(browser, secondary_job="yes", secondary_job_what=OWN_WORDS)
    replied(browser, check, reply="Passet var mitt eget")
    walk.finalist("Ek Kanariesson")
    assert "Visa och skriv ut" in browser.get(COPY).content.decode()
    paper = browser.post(COPY, {"how": "paper"}).content.decode()
    answer = browser.post(COPY, {"how": "file"})
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    file = answer.json()
    assert file["format"] == "vetting.candidate.record/1"
    flat = str(file)
    for words in ("Björk Kanarieberg", "0700-000000", OWN_WORDS, "Passet var mitt eget", "Identitetskontroll",
                  "HR-handläggare öppnade"):  # fmt: skip
        assert words in paper, words
        assert words in flat, words
    for words in ("Kanariesson", "K2", "Hr Head", ">Hr<", "Manager"):
        assert words not in paper, words
    told = Entry.objects.filter(action="candidate_page.copied").order_by("id")
    assert [entry.facts["method"] for entry in told] == ["paper", "file"]
    assert browser.post(COPY, {"how": "x"}).status_code == 200
    assert Client().post(COPY, {"how": "paper"}).content.decode().count("Kanarieberg") == 0
