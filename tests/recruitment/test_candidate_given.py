"""What a candidate hands in herself: once, sealed, told to HR, taken in, and never lost when the stay runs out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.recruitment.candidates import (
    COPY,
    DECLARE,
    HOME,
    OWN_WORDS,
    REPLY,
    code_for,
    come_in,
    declared,
    fresh,
    hidden,
    replied,
    spelled,
    to_assess,
)
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.assessment import assess_check, record_reply
from vetting.recruitment.actions.candidate_page import reply
from vetting.recruitment.actions.checks import ask_candidate
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.models import CandidateLink, Given

ASSESSED = {"relevant": "Nej.", "certain": "Säkert.", "condition": "Inget.", "conclusion": "Inget hinder."}


def test_what_hr_noted_otherwise_is_explained_and_nothing_waits_that_is_done(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    browser = come_in(code_for(walk, finalist))
    page = browser.get(HOME).content.decode()
    assert "Fyll i försäkran" in page
    box = browser.get(DECLARE).content.decode()
    assert "rekryterande chef" in box, "who may read, by role"
    assert "HR-handläggare" in box
    assert "Kan omfattas av sekretess" in box
    case = walk.case()
    check = case.check_named("candidate_coi", case.candidacy(finalist.pk))
    assert check is not None
    walk.record(check, "nothing_declared")
    assert "Fyll i försäkran" not in browser.get(HOME).content.decode(), "it was said to HR"
    declared(browser, secondary_job="yes", secondary_job_what=OWN_WORDS)
    copied = str(browser.post(COPY, {"how": "file"}).json())
    assert "Skiljer sig från det som antecknades om kontrollen" in copied
    assert "”Inget att anmäla”" in copied
    assert "Lämna en ny försäkran" in browser.get(HOME).content.decode(), "she may still change it"


def test_a_declaration_comes_in_is_told_to_hr_and_taken_in_to_its_check(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    case = walk.case()
    check = case.check_named("candidate_coi", case.candidacy(finalist.pk))
    assert check is not None
    ask_candidate(case, by=world.actor("hr"), check=check)
    browser, hr = come_in(code_for(walk, finalist)), signed_in(world, "hr")
    sent = declared(browser, secondary_job="yes", secondary_job_what=OWN_WORDS)
    assert (sent.status_code, sent["Location"]) == (302, HOME)
    given = Given.objects.get()
    assert (given.kind, given.answer, given.of_check_id) == ("declaration", "something", check.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM recruitment_given")
        assert OWN_WORDS.encode() not in bytes(cursor.fetchone()[0])
    assert "Försäkran" in browser.get(HOME).content.decode()
    assert "Inkommet" in browser.get(HOME).content.decode()
    page = hr.get(url("recruitment_view", walk)).content.decode()
    for words in ("Kandidaten har svarat", "Kandidatens sida", "Försäkran: något anmält", "Att ta in"):
        assert words in page, words
    assert OWN_WORDS not in page
    here = url("check_view", walk, check=check.pk)
    page = hr.get(here).content.decode()
    assert "Ta in i kontrollen" in page
    assert OWN_WORDS not in page
    post(hr, url("reveal_check", walk, check=check.pk), purpose="prepare_decision")
    assert OWN_WORDS in hr.get(here).content.decode()
    assert "handed_in" in Entry.objects.filter(action="check.revealed").latest("id").facts["field"]
    assert fresh(check.pk).state == "waiting_candidate"
    for _click in range(2):
        post(hr, url("take_in_given", walk, check=check.pk))
    assert fresh(check.pk).state == "in_progress"
    assert Given.objects.get().taken_in_by_id == world.person_id("hr")
    assert "Mottaget" in browser.get(HOME).content.decode()
    assert Entry.objects.filter(action="candidate_page.taken_in").count() == 1
    walk.record(fresh(check.pk))
    assert "Kandidaten har svarat" not in hr.get(url("recruitment_view", walk)).content.decode()
    declared(browser, conflict="yes", conflict_what="Jag är granne med en leverantör")
    assert "Kandidaten har svarat" in hr.get(url("recruitment_view", walk)).content.decode()
    assert walk.case().recruitment.reference in hr.get(reverse("work")).content.decode()


def test_the_form_is_held_to_what_hr_is_held_to_and_nothing_typed_is_lost(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    browser = come_in(code_for(walk, finalist))
    for more, words in (
        ({"secondary_job": "yes"}, "Beskriv kort vad det gäller."),
        ({"companies": "no", "companies_what": OWN_WORDS}, "Du har svarat nej men skrivit något"),
        ({"secondary_job": "yes", "secondary_job_what": "Mitt nummer är 19811218-9876"}, "gula rutan"),
        ({"conflict": "yes", "conflict_what": "x" * 4001}, "4"),
        ({"conflict": "yes", "conflict_what": "dolt \u202e tecken"}, "U+202E"),
        ({"conflict": "kanske"}, "Fel:"),
        ({"true": ""}, "Kryssa i rutan"),
    ):
        answer = declared(browser, **more)
        assert answer.status_code == 422, more
        assert words in answer.content.decode(), more
    assert not Given.objects.exists()
    assert OWN_WORDS in declared(browser, companies="no", companies_what=OWN_WORDS).content.decode()


def test_sent_twice_it_is_there_once_and_anew_it_replaces_nothing(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    browser = come_in(code_for(walk, finalist))
    fields = hidden(browser.get(DECLARE).content.decode())
    sent = fields | dict.fromkeys(("secondary_job", "conflict", "companies"), "no") | {"true": "on"}
    assert [browser.post(DECLARE, sent).status_code for _ in range(2)] == [302, 302]
    assert Given.objects.count() == 1
    for number in range(2, 7):
        assert declared(browser).status_code == (302 if number <= 5 else 409)
    assert Given.objects.count() == 5


def test_a_reply_is_the_candidates_own_and_lets_the_assessment_go_on(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    check = to_assess(world, walk, finalist)
    browser, hr = come_in(code_for(walk, finalist)), signed_in(world, "hr")
    assert "Läs och svara" in browser.get(HOME).content.decode()
    page = browser.get(REPLY).content.decode()
    for words in ("Identitetskontroll", "Pass", "svara räknas inte emot dig"):
        assert words in page, words
    for more in ({"reply": ""}, {"how": "declined"}, {"how": ""}):
        assert replied(browser, check, **more).status_code == 422
    assert replied(browser, check).status_code == 302
    row = fresh(check)
    assert (row.reply_code, row.replied_on, row.state) == ("replied", walk.on, "to_assess")
    told = Entry.objects.filter(action="candidate_page.replied").get().facts
    assert (told["answer_code"], told["candidacy"], told["check"]) == ("replied", finalist.label, "id_check")
    page = hr.get(url("recruitment_view", walk)).content.decode()
    assert "Kandidaten har svarat" in page
    assert OWN_WORDS not in page
    post(hr, url("reveal_check", walk, check=check), purpose="prepare_decision")
    assert OWN_WORDS in hr.get(url("check_view", walk, check=check)).content.decode()
    assert "Inget väntar på ditt svar" in browser.get(REPLY).content.decode()
    case = walk.case()
    assess_check(case, by=world.actor("hr"), check=case.check(check), **ASSESSED)
    assert fresh(check).state == "done"


def test_what_she_has_not_been_told_of_is_neither_shown_to_her_nor_replied_to(
    buyer: tuple[Walk, Any], world: World
) -> None:
    """HR tells her first, and may have to find out more before: the page does not tell in HR's place."""
    walk, finalist = buyer
    check = to_assess(world, walk, finalist, told=False)
    browser = come_in(code_for(walk, finalist))
    assert "Läs och svara" not in browser.get(HOME).content.decode()
    page = browser.get(REPLY).content.decode()
    assert "Inget väntar på ditt svar" in page
    assert "Pass" not in page
    sent = {"check": str(check), "how": "replied", "reply": OWN_WORDS, "once": str(check)}
    assert browser.post(REPLY, sent).status_code == 409
    case = walk.case()
    link = CandidateLink.objects.get()
    with pytest.raises(WrongState):
        reply(case, link=link, check=check, text=OWN_WORDS)
    assert not Given.objects.exists()
    assert fresh(check).reply_code == ""


def test_declining_is_an_answer_and_silence_may_still_be_broken(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    check = to_assess(world, walk, finalist)
    in_time = come_in(code_for(walk, finalist)).get(REPLY).content.decode()
    assert "Svara senast" in in_time
    later = fresh(check)
    after = clock.now() + timedelta(days=14)
    with clock.at(after):
        case = walk.case()
        record_reply(
            case, by=world.actor("hr"), check=case.check(check), reply="silent", replied_on=case.today
        )
        assert fresh(check).reply_code == "silent"
        browser = come_in(code_for(walk, finalist))
        assert "Svaret skulle ha kommit senast" in browser.get(REPLY).content.decode()
        assert replied(browser, check, how="declined", reply="").status_code == 302
        assert "Du avstår från att svara" in browser.get(HOME).content.decode()
    row = Given.objects.get()
    assert (row.answer, row.content, row.told_on) == ("declined", None, later.told_on)


def test_nothing_typed_is_lost_when_the_stay_has_run_out(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    check = to_assess(world, walk, finalist)
    for address, fields in (
        (DECLARE, {"secondary_job": "yes", "secondary_job_what": OWN_WORDS}),
        (REPLY, {"check": str(check), "how": "replied", "reply": OWN_WORDS}),
    ):
        browser = come_in(code)
        typed = hidden(browser.get(address).content.decode()) | fields
        del browser.cookies[settings.CANDIDATE_COOKIE_NAME]
        met = browser.post(address, typed).content.decode()
        assert "Skriv din kod en gång till" in met
        assert OWN_WORDS not in met
        kept = met.split('name="kept" value="')[1].split('"')[0]
        wrong = browser.post(HOME, {"code": "fel", "kept": kept}).content.decode()
        assert kept in wrong
        back = browser.post(HOME, {"code": spelled(code), "kept": kept}).content.decode()
        assert OWN_WORDS in back
        assert "Inget är sparat än" in back
        assert not Given.objects.exists()
        other = walk.finalist(f"Ek {len(address)}")
        hers = Client().post(HOME, {"code": spelled(code_for(walk, other)), "kept": kept})
        assert OWN_WORDS not in hers.content.decode()
        assert hers.status_code == 302


def test_the_database_itself_refuses_two_live_codes_and_words_to_a_no(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    check = to_assess(world, walk, finalist)
    replied(come_in(code_for(walk, finalist)), check)
    code_for(walk, finalist)
    for statement in (
        "UPDATE recruitment_candidatelink SET ended_on = NULL, ended_by_id = NULL, end_code = ''",
        "UPDATE recruitment_given SET answer = 'declined'",
        "UPDATE recruitment_given SET kind = 'declaration'",
        "UPDATE recruitment_given SET taken_in_on = '2026-01-01'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
