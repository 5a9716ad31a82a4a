"""The waiver's pages: offered only where it may be, signed with the password once more, and told where it matters."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from audit import clock
from audit.models import Entry
from tests.recruitment.pages import post, signed_in, step_up, url
from tests.recruitment.test_propose_waiver import AGREED, every_check
from tests.recruitment.waivers import WORDS, almost, go_on, propose, stored, waive
from tests.recruitment.world import World
from vetting.policy.calendar import STOCKHOLM
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.grounds import GROUNDS
from vetting.recruitment.models import Waiver

PROPOSE = "Föreslå undantag"


def check_of(walk: Any, code: str = "references") -> UUID:
    case = walk.case()
    check = case.check_named(code, case.candidacies[0])
    assert check is not None
    return check.pk


def typed(walk: Any, **more: Any) -> dict[str, Any]:
    until = (walk.on + timedelta(days=20)).isoformat()
    return {"until": until, "reason_code": "not_reachable", "reason": WORDS, **more}


def test_the_form_stands_on_the_checks_page_exactly_where_the_agreed_table_says(world: World) -> None:
    walk, finalist = almost(world)
    waive(walk, finalist, "references")
    go_on(walk, finalist)
    rows = every_check(walk, finalist)
    client = signed_in(world, "manager")
    for code, may in AGREED.items():
        if CHECKPOINTS[code].visible_to != "all" or rows[code].state in {"done", "not_applicable"}:
            continue
        page = client.get(url("check_view", walk, check=rows[code].pk)).content.decode()
        if code in {"references", "exit", "annual_declaration"}:
            continue  # waived already; of an employment that has not begun
        assert (f'action="{url("propose_waiver", walk, check=rows[code].pk)}"' in page) == may, code
        assert ("finns inget undantag" in page) != may, code
        if not may:
            assert GROUNDS[CHECKPOINTS[code].ground].statute.split(";")[0] in page.replace("&#x27;", "'"), (
                code
            )


def test_a_post_past_the_form_is_refused_with_a_sentence(world: World) -> None:
    walk, _finalist = almost(world)
    client = signed_in(world, "manager")
    answer = post(client, url("propose_waiver", walk, check=check_of(walk, "id_check")), **typed(walk))
    assert answer.status_code == 409
    assert "Kontrollen krävs i lag. Från den finns inget undantag." in answer.content.decode()
    assert not Waiver.objects.exists()


def test_proposed_on_the_checks_page_it_waits_in_the_work_of_who_may_sign(world: World) -> None:
    walk, _finalist = almost(world)
    client = signed_in(world, "manager")
    assert PROPOSE in client.get(url("check_view", walk, check=check_of(walk))).content.decode()
    answer = post(client, url("propose_waiver", walk, check=check_of(walk)), **typed(walk))
    assert answer.status_code == 302
    waiver = Waiver.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "väntar på den andra underskriften" in page
    assert f'action="{url("propose_waiver", walk, check=check_of(walk))}"' not in page
    address = url("waiver_view", walk, waiver=waiver.pk)
    for name, sees in (("hr_head", True), ("security_head", True), ("hr", False), ("manager", False)):
        work = signed_in(world, name).get(reverse("work")).content.decode()
        assert (address in work) == sees, name


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": ""}, "Undantaget gäller till och med"),
        ({"until": "2001-01-01"}, "har redan passerat"),
        ({"until": "2099-01-01"}, "högst sex månader"),
        ({"reason": "kort"}, "minst tio tecken"),
        ({"reason_code": ""}, "Skäl"),
    ],
)
def test_what_was_typed_stays_with_a_sentence_about_what_is_wrong(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    walk, _finalist = almost(world)
    answer = post(
        signed_in(world, "manager"),
        url("propose_waiver", walk, check=check_of(walk)),
        **typed(walk, **wrong),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "ds-error-summary" in page or "Fel:" in page
    assert (wrong.get("reason") or WORDS) in page
    assert not Waiver.objects.exists()


def test_it_is_signed_with_the_password_once_more_and_the_words_are_opened_with_an_entry(
    world: World,
) -> None:
    walk, finalist = almost(world)
    waiver = propose(walk, finalist)
    client = signed_in(world, "hr_head")
    address = url("waiver_view", walk, waiver=waiver)
    page = client.get(address).content.decode()
    assert WORDS not in page
    assert "Läs motiveringen" in page
    post(client, url("reveal_waiver", walk, waiver=waiver))
    assert WORDS in client.get(address).content.decode()
    entry = Entry.objects.get(action="check.revealed")
    assert entry.facts["field"] == "waiver_reason"
    assert WORDS not in str(entry.facts)
    sign = url("confirm_waiver", walk, waiver=waiver)
    assert post(client, sign).status_code in {302, 401}
    assert stored(waiver).state == "proposed"
    step_up(client, world, "hr_head")
    post(client, sign)
    assert stored(waiver).state == "in_force"
    page = client.get(address).content.decode()
    assert "Gäller till" in page
    assert "Skriv under</button>" not in page


def test_a_head_with_a_hand_in_it_is_told_why_she_cannot_sign(world: World) -> None:
    walk, finalist = almost(world)
    world.hire("hr", "hr_head", authority=world.other_authority)
    waiver = propose(walk, finalist, by="hr")
    client = signed_in(world, "hr")
    page = client.get(url("waiver_view", walk, waiver=waiver)).content.decode()
    assert "Du har själv föreslagit undantaget" in page
    step_up(client, world, "hr")
    assert post(client, url("confirm_waiver", walk, waiver=waiver)).status_code == 404
    assert stored(waiver).state == "proposed"


def test_it_is_rejected_and_ended_on_its_page(world: World) -> None:
    walk, finalist = almost(world)
    first = propose(walk, finalist)
    client = signed_in(world, "security_head")
    answer = post(client, url("reject_waiver", walk, waiver=first))
    assert answer.status_code == 422
    post(client, url("reject_waiver", walk, waiver=first), reason_code="can_be_done")
    page = client.get(url("waiver_view", walk, waiver=first)).content.decode()
    assert "Avslaget" in page
    assert "Kontrollen hinner göras" in page
    second = waive(walk, finalist)
    manager = signed_in(world, "manager")
    assert "Avsluta undantaget" in manager.get(url("waiver_view", walk, waiver=second)).content.decode()
    post(manager, url("end_waiver", walk, waiver=second))
    assert stored(second).state == "ended"


def test_the_list_holds_what_each_may_see_under_its_tabs(world: World) -> None:
    walk, finalist = almost(world)
    waiver = waive(walk, finalist, until=walk.on + timedelta(days=5))
    other, another = almost(world, "assistant")
    proposal = propose(other, another)
    first, second = walk.case().recruitment.reference, other.case().recruitment.reference
    address = reverse("waiver_list")

    def seen(name: str, tab: str) -> set[str]:
        page = signed_in(world, name).get(f"{address}?visa={tab}").content.decode()
        return {reference for reference in (first, second) if reference in page}

    for name in ("manager", "hr", "hr_head", "security_head", "auditor", "data_protection_officer"):
        assert seen(name, "galler") == {first}, name
        assert seen(name, "foreslagna") == {second}, name
    for name in ("other_manager", "other_hr", "security_one"):
        assert seen(name, "galler") | seen(name, "foreslagna") == set(), name
    for name in ("registrar", "archivist", "administrator", "chief", "employee", "protective"):
        assert signed_in(world, name).get(address).status_code == 404, name
    with clock.at(datetime.combine(walk.on + timedelta(days=6), time(9), STOCKHOLM)):
        assert seen("manager", "galler") == set()
        assert seen("manager", "utgangna") == {first}
        page = signed_in(world, "manager").get(url("check_view", walk, check=check_of(walk))).content.decode()
        assert "undantaget upphörde" in page
    assert stored(waiver).state == "in_force"
    assert stored(proposal).state == "proposed"


def test_the_decision_and_its_print_tell_of_it_and_never_that_the_check_is_done(world: World) -> None:
    walk, finalist = almost(world, "assistant")
    waive(walk, finalist)
    go_on(walk, finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    client = signed_in(world, "manager")
    page = client.get(url("sign_decision", walk, candidacy=finalist.pk)).content.decode()
    assert "Kontrollen är inte gjord" in page
    home = client.get(reverse("recruitment_view", kwargs={"pk": walk.pk})).content.decode()
    assert "Undantag till" in home
    walk.sign(finalist)
    paper = post(client, url("print_decision", walk, candidacy=finalist.pk)).content.decode()
    assert "Undantag från kommunens egna krav" in paper
    assert "Referenser, till och med" in paper
    timeline = client.get(url("recruitment_timeline", walk)).content.decode()
    assert "skrev under undantag från ”Referenser”" in timeline
    assert WORDS not in home + paper + timeline + page


def test_the_queue_of_opinions_marks_it_and_takes_it_out_of_the_heap(world: World) -> None:
    walk, finalist = almost(world)
    waive(walk, finalist)
    go_on(walk, finalist)
    walk.ask_opinion(finalist)
    page = signed_in(world, "security_one").get(reverse("opinion_list")).content.decode()
    assert "Har undantag" in page
    assert 'name="pick"' not in page
