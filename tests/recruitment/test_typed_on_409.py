"""Where a step is gone, what was typed for it stands on the page to be copied: escaped, labelled, nothing sealed."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from tests.recruitment.opinions import ask, ballot
from tests.recruitment.test_record_group import shown as untouched
from tests.recruitment.visit import client_of, filled
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy_outcome import mark_not_selected, withdraw_candidacy
from vetting.recruitment.actions.decision import Terms, sign_decision
from vetting.recruitment.actions.errors import WrongState
from vetting.recruitment.actions.opinion import recall_opinion, take_opinion
from vetting.recruitment.actions.recruitment import hold_recruitment
from vetting.recruitment.models import Candidacy, Opinion
from vetting.recruitment.views import escalation

HTML = "<script>alert(1)</script> & \"citat\" 'så'"
TEXT = f"Befattningen behöver tillsättas före årsskiftet. {HTML}\nAndra raden."


def boxes(answer: Any) -> dict[str, str]:
    """Label → what stands in the read-only box, as a browser would show it."""
    page = answer.content.decode()
    assert HTML not in page
    found = {}
    for place, label in re.findall(r'<label class="ds-label"[^>]* for="(typed-\d+)">([^<]*)</label>', page):
        line = re.search(rf'<input[^>]* id="{place}" value="([^"]*)" readonly>', page)
        area = re.search(rf'<textarea[^>]* id="{place}"[^>]* readonly>([^<]*)</textarea>', page)
        match = line or area
        assert match is not None, label
        found[html.unescape(label)] = html.unescape(match[1])
    return found


@pytest.fixture
def refused(world: World) -> tuple[Walk, Any, UUID]:
    walk, finalist, opinion = ask(world)
    walk.vote(opinion, "security_one", ballot("advised_against"))
    return walk, finalist, opinion


def end(walk: Walk, finalist: Any) -> None:
    """Somebody else ends the candidacy while the page is open."""
    case = walk.case()
    mark_not_selected(
        case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk), reason="other_chosen"
    )


def test_a_reason_for_a_step_that_is_gone_can_be_copied(refused: tuple[Walk, Any, UUID]) -> None:
    walk, finalist, opinion = refused
    manager = client_of(walk.world, "manager")
    page = f"/godkannanden/{walk.pk}/{opinion}/lyft/"
    assert manager.get(page).status_code == 200
    end(walk, finalist)
    answer = manager.post(page, filled(reason=TEXT))
    assert answer.status_code == 409
    assert boxes(answer) == {"Varför lyfter du frågan?": TEXT}
    assert "Inget av det är sparat" in answer.content.decode()
    assert "name=" not in answer.content.decode().split("Det du skrev", 1)[1].split("</main>")[0]


def test_also_what_would_have_been_asked_about_or_refused(refused: tuple[Walk, Any, UUID]) -> None:
    """The text held a personal number, so the form was not even valid; its page shows no form any more."""
    walk, finalist, opinion = refused
    manager = client_of(walk.world, "manager")
    end(walk, finalist)
    text = "Det gäller 19811228-9874, som behöver en ny prövning."
    answer = manager.post(f"/godkannanden/{walk.pk}/{opinion}/lyft/", filled(reason=text))
    assert answer.status_code == 409
    assert boxes(answer) == {"Varför lyfter du frågan?": text}


def test_an_opinion_that_is_recalled_while_it_is_written(world: World) -> None:
    walk, _finalist, opinion = ask(world)
    case = walk.case()
    take_opinion(case, by=world.actor("security_one"), opinion=case.opinion(opinion))
    case = walk.case()
    recall_opinion(case, by=world.actor("hr"), opinion=case.opinion(opinion))
    one = client_of(world, "security_one", fresh=True)
    typed = filled(outcome="supported_conditions", conditions=["follow_up", "two_persons"], reasons=TEXT)
    answer = one.post(f"/godkannanden/{walk.pk}/{opinion}/yttrande/", typed)
    assert answer.status_code == 409
    found = boxes(answer)
    assert found["Ditt yttrande"] == "Tillstyrk med villkor"
    assert found["Skäl"] == TEXT
    assert len(found["Villkor"].split(", ")) == 2
    assert Opinion.objects.get(pk=opinion).state == "recalled"


def test_a_decision_that_somebody_else_has_made_meanwhile(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    manager = client_of(walk.world, "manager")
    page = f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/"
    code = next(
        check.code for check in walk.case().checks_of(walk.case().candidacy(finalist.pk))
        if check.documentation == "note_shown_only"
    )  # fmt: skip
    typed = {
        "planned_start": "2027-01-11", "merit_reference": "Jämförelse 7", "trial_period": "1",
        f"shown_on_{code}": walk.on.isoformat(), f"issued_on_{code}": walk.on.isoformat(),
    }  # fmt: skip
    assert manager.get(page).status_code == 200
    walk.sign(finalist)
    answer = manager.post(f"{page}besluta/", filled(**typed))
    assert answer.status_code == 409
    found = boxes(answer)
    assert found["Första dag"] == "2027-01-11"
    assert found["Hänvisning till jämförelsen av meriter"] == "Jämförelse 7"
    assert found["Börjar anställningen med provanställning?"] == "Ja"
    assert sum(label.startswith("Registerutdrag skola och förskola: ") for label in found) == 2


def test_a_paused_recruitment_keeps_the_decision_on_its_page(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    hold_recruitment(walk.case(), by=walk.world.actor("hr"), reason="holidays")
    page = f"/rekryteringar/{walk.pk}/beslut/{finalist.pk}/besluta/"
    typed = filled(planned_start="2027-01-11", merit_reference="Jämförelse 7", trial_period="1")
    answer = client_of(walk.world, "manager").post(page, typed)
    assert answer.status_code == 200
    assert 'value="Jämförelse 7"' in answer.content.decode()


def test_a_group_form_names_the_check_of_each_field(world: World) -> None:
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    hr = client_of(world, "hr")
    page = f"/rekryteringar/{walk.pk}/grupp/finalist/?k=K1"
    typed = untouched(hr, page) | {
        "references-outcome": "taken",
        "references-number": "two",
        "references-summary": TEXT,
        "q-requires_work_permit": "no",
    }
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    answer = hr.post(page, typed)
    assert answer.status_code in {409, 422}
    found = answer.content.decode()
    assert "Andra raden." in found
    if answer.status_code == 409:
        assert boxes(answer)["Referenser: Sammanfattning"] == TEXT


def test_a_name_that_the_page_had_filled_in_is_not_echoed(world: World) -> None:
    """Opened with a purpose, filled in, and the opening has ended since: only what she typed herself comes back."""
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist("Kanarie Fågelsson")
    hr = client_of(world, "hr")
    hr.post(
        f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/visa/",
        filled(purpose="correct_entry", fields=["name", "contact"]),
    )
    page = f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/uppgifter/"
    typed = untouched(hr, page)
    assert typed["name"] == "Kanarie Fågelsson"
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    typed["seen"] = str(Candidacy.objects.get(pk=finalist.pk).entry_id)  # as on the second press
    for client in (hr, client_of(world, "hr")):  # the second has nothing open
        answer = client.post(page, {**typed, "contact": "0709-999 999"})
        assert answer.status_code == 409
        assert "Kanarie Fågelsson" not in answer.content.decode()
    blank = {name: value for name, value in typed.items() if name not in {"name", "contact", "filled_in"}}
    answer = client_of(world, "hr").post(page, {**blank, "name": "Nytt Namn"})
    assert answer.status_code == 409
    assert boxes(answer) == {"Namn": "Nytt Namn"}
    assert Candidacy.objects.get(pk=finalist.pk).state == "withdrawn"


def test_a_button_alone_has_nothing_to_give_back(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    hr = client_of(walk.world, "hr")
    answer = hr.post(f"/rekryteringar/{walk.pk}/slutkandidat/{finalist.pk}/ga-vidare/", filled())
    assert answer.status_code == 409
    assert "Det du skrev" not in answer.content.decode()


def test_the_database_refuses_and_the_text_is_there(
    refused: tuple[Walk, Any, UUID], monkeypatch: Any
) -> None:
    """Two acted in the same moment: the loser's text is not lost either."""

    def late(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError

    walk, _finalist, opinion = refused
    monkeypatch.setattr(escalation, "escalate_opinion", late)
    answer = client_of(walk.world, "manager").post(
        f"/godkannanden/{walk.pk}/{opinion}/lyft/", filled(reason=TEXT)
    )
    assert answer.status_code == 409
    assert boxes(answer) == {"Varför lyfter du frågan?": TEXT}


def test_signing_twice_by_two_delegates(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    walk.sign(finalist)
    case = walk.case()
    with pytest.raises(WrongState):
        sign_decision(
            case, by=walk.world.actor("manager"), candidacy=case.candidacy(finalist.pk), terms=Terms(walk.on)
        )
