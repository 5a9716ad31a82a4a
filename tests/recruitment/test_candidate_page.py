"""The candidate's own page: the code and nothing else opens it, and it shows her own candidacy and nothing else."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.candidates import (
    DECLARE,
    HOME,
    LEAVE,
    OWN_WORDS,
    REPLY,
    code_for,
    come_in,
    declared,
    spelled,
    to_assess,
)
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.accounts.session_store import SessionStore
from vetting.candidate import stay
from vetting.policy.candidate_words import WHY
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.information import _told
from vetting.recruitment.actions.candidacy_outcome import (
    mark_not_selected,
    mark_protected,
)
from vetting.recruitment.actions.candidate_link import revoke_link
from vetting.recruitment.engine.progress import required
from vetting.recruitment.models import CandidateLink

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def said_on(answer: HttpResponse) -> str:
    """The page without its form tokens: in 64 drawn characters a short label stands by chance."""
    return TOKEN.sub(b"", answer.content).decode()


def entries(walk: Walk, beginning: str = "candidate_") -> list[str]:
    return list(
        Entry.objects.filter(subject=walk.pk, action__startswith=beginning)
        .order_by("id")
        .values_list("action", flat=True)
    )


def test_the_code_opens_ones_own_page_with_why_ground_and_who(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    browser = Client()
    assert "Koden i ditt brev" in browser.get(HOME).content.decode()
    answer = browser.post(HOME, {"code": spelled(code).lower().replace("-", " ")})
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    cookie = answer.cookies[settings.CANDIDATE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
    page = browser.get(HOME).content.decode()
    for words in (
        "Upphandlare", "Kontrollerna görs nu", "För att höra hur du har arbetat", "Kommunallagen (2017:725) 6:6",
        "HR-handläggare", "dataskyddsförordningen artikel 15", "imy.se", "Vi ringer aldrig", "Fyll i försäkran",
        "två år",
    ):  # fmt: skip
        assert words in page, words
    assert "Kanarieberg" not in page
    assert spelled(code) not in page
    assert entries(walk) == ["candidate_link.issued", "candidate_page.opened"]
    told = Entry.objects.filter(action="candidate_page.opened").get()
    assert (told.actor_person, told.actor_role, told.facts["candidacy"]) == (
        None,
        "candidate",
        finalist.label,
    )
    assert CandidateLink.objects.get().opened_on == walk.on


def test_nothing_of_others_of_who_approves_or_of_the_inner_part_is_on_the_page(
    world: World, asked: tuple[Walk, Any, Any]
) -> None:
    cache.clear()
    walk, finalist, opinion = asked
    walk.finalist("Ek Kanariesson")
    for name in ("security_one", "security_two")[: walk.case().opinion(opinion).approvers]:
        walk.vote(opinion, name)
    page = said_on(come_in(code_for(walk, finalist)).get(HOME))
    assert "beslutet förbereds" in page
    for words in (
        "K2",
        "Kanariesson",
        "Security",
        "Tillstyrk",
        "Manager",
        "Hr<",
        "registerkontroll",
        "Grundutredning",
    ):
        assert words not in page, words
    secure = Walk(world, "secure").open()
    page = come_in(code_for(secure, secure.finalist())).get(HOME).content.decode()
    assert "Säkerhetsprövning" in page
    for words in ("Grundutredning", "Registerkontroll", "säkerhetsklass", "medborgarskap uppfyllt"):
        assert words not in page, words


def test_the_code_of_one_never_shows_another(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    second = walk.finalist("Ek Kanariesson")
    check = to_assess(world, walk, second)
    mine, hers = come_in(code_for(walk, finalist)), come_in(code_for(walk, second))
    assert OWN_WORDS not in declared(hers, secondary_job="yes", secondary_job_what=OWN_WORDS).content.decode()
    for address in (HOME, DECLARE, REPLY):
        page = said_on(mine.get(address))
        assert second.label not in page
        assert "Lämnat" not in page
    assert "Inget väntar på ditt svar" in mine.get(REPLY).content.decode()
    sent = mine.post(
        REPLY, {"check": str(check), "how": "replied", "reply": "Inte mitt", "once": str(uuid4())}
    )
    assert sent.status_code == 409


def test_a_stay_is_no_sign_in_and_a_sign_in_is_no_stay(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    browser = come_in(code_for(walk, finalist))
    key = browser.cookies[settings.CANDIDATE_COOKIE_NAME].value
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key
    assert thief.get(reverse("work")).status_code == 302
    staff = signed_in(world, "hr")
    assert "Koden i ditt brev" in staff.get(HOME).content.decode()
    assert "Mitt arbete" not in staff.get(HOME).content.decode()
    mixed = Client()
    mixed.cookies[settings.CANDIDATE_COOKIE_NAME] = staff.cookies[settings.SESSION_COOKIE_NAME].value
    assert "Koden i ditt brev" in mixed.get(HOME).content.decode()
    assert browser.get(reverse("work")).status_code == 302


def test_leaving_idleness_and_revoking_end_the_stay(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    browser = come_in(code)
    key = browser.cookies[settings.CANDIDATE_COOKIE_NAME].value
    assert "Du har lämnat sidan" in browser.post(LEAVE).content.decode()
    browser.cookies[settings.CANDIDATE_COOKIE_NAME] = key
    assert "Koden i ditt brev" in browser.get(HOME).content.decode()
    idle = come_in(code)
    session = SessionStore(idle.cookies[settings.CANDIDATE_COOKIE_NAME].value)
    session[stay.SEEN] -= 31 * 60
    session.save()
    assert "Koden i ditt brev" in idle.get(HOME).content.decode()
    last = come_in(code)
    case = walk.case()
    revoke_link(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    assert "Koden i ditt brev" in last.get(HOME).content.decode()


def test_a_person_with_protected_identity_is_told_that_and_nothing_else(
    buyer: tuple[Walk, Any], world: World
) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    declared(come_in(code), secondary_job="yes", secondary_job_what=OWN_WORDS)
    case = walk.case()
    mark_protected(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), alias="Alias 1", kept_at="Skåp 4",
        handlers=[world.person_id("hr")],
    )  # fmt: skip
    browser = come_in(code)
    for address in (HOME, DECLARE, REPLY):
        page = browser.get(address).content.decode()
        assert "Handläggs manuellt" in page
        for words in ("Upphandlare", walk.case().recruitment.reference, "Alias", "Skåp", OWN_WORDS):
            assert words not in page
    assert list(walk.case().candidacy(finalist.pk).given.values_list("content", flat=True)) == [None]
    hr = signed_in(world, "hr")
    here = url("candidate_link", walk, candidacy=finalist.pk)
    assert "ingen kod" in hr.get(here).content.decode()
    refused = post(hr, url("issue_candidate_link", walk, candidacy=finalist.pk))
    assert refused.status_code == 409


def test_every_check_that_a_candidate_is_told_of_says_why() -> None:
    codes = {
        code
        for code, check in CHECKPOINTS.items()
        if check.belongs_to in ("candidacy", "engagement")
        and check.stage in ("finalist", "decision", "start")
        if check.visible_to == "all"
    }
    assert codes - set(WHY) <= {"decision", "access_grant", "terms"}
    assert set(WHY) <= codes


def test_not_selected_is_told_without_a_reason(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    case = walk.case()
    mark_not_selected(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), reason="other_chosen"
    )
    page = come_in(code_for(walk, finalist)).get(HOME).content.decode()
    assert "Din kandidatur är avslutad" in page
    assert "En annan" not in page


def test_the_information_is_that_of_the_very_post(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    page = come_in(code_for(walk, finalist)).get(HOME).content.decode()
    case = walk.case()
    for check in _told(required(case, {**case.recruitment.answers})):
        assert check.name in page
    assert "Registerutdrag skola" not in page
