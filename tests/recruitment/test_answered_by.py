"""A coded question is answered by those it is asked of, and by nobody else: in the action and through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from tests.recruitment.pages import post, signed_in, url
from tests.recruitment.test_record_group import shown as untouched
from tests.recruitment.walk import Walk
from tests.recruitment.world import World, put
from vetting.policy.questions import QUESTIONS
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.decision import Terms, sign_decision
from vetting.recruitment.actions.errors import BadInput, NotComplete
from vetting.recruitment.actions.recruitment import answer_questions, open_recruitment
from vetting.recruitment.engine.coming import coming_step
from vetting.recruitment.engine.progress import missing_to_proceed
from vetting.recruitment.relations import may_answer

ASKED = [code for code in QUESTIONS if code != "participant_conflict"]


@pytest.fixture
def draft(world: World) -> Walk:
    """A draft for which the position has not answered whether a degree is required, which the manager knows."""
    position = world.positions["assistant"]
    position.answers = {
        code: known for code, known in position.answers.items() if code != "formal_requirement"
    }
    put(position)
    return Walk(world, "assistant")


@pytest.mark.parametrize("code", ASKED)
def test_it_is_hr_the_manager_or_the_delegate_as_declared(world: World, code: str) -> None:
    case = Walk(world, "assistant").case()
    asked_of = set(QUESTIONS[code].answered_by)
    own = {
        "hr": "hr_officer" in asked_of,
        # The manager of this post is its delegate too.
        "manager": bool(asked_of & {"hiring_manager", "deciding_delegate"}),
        "other_manager": False,
        "other_hr": False,
        "security_one": False,
        "hr_head": False,
    }
    assert {name: may_answer(case.facts_for(world.actor(name)), code) for name in own} == own


def not_yours(*codes: str) -> dict[str, str]:
    return dict.fromkeys(codes, "not_yours")


def test_hr_neither_answers_nor_opens_over_what_is_the_managers(draft: Walk) -> None:
    hr, manager = draft.world.actor("hr"), draft.world.actor("manager")
    draft.declare("hr", "manager")
    own = {"redeployment_case": False, "priority_holder": False}
    with pytest.raises(BadInput) as refused:
        open_recruitment(draft.case(), by=hr, answers=own | {"formal_requirement": False})
    assert refused.value.errors == not_yours("formal_requirement")
    with pytest.raises(NotComplete):
        open_recruitment(draft.case(), by=hr, answers=own)
    with pytest.raises(BadInput) as refused:
        answer_questions(draft.case(), by=hr, answers={"formal_requirement": False})
    assert refused.value.errors == not_yours("formal_requirement")
    with pytest.raises(BadInput) as refused:
        answer_questions(draft.case(), by=manager, answers=own)
    assert refused.value.errors == not_yours(*own)
    answer_questions(draft.case(), by=manager, answers={"formal_requirement": True})
    assert Entry.objects.get(action="recruitment.edited").facts["field"] == "formal_requirement"
    open_recruitment(draft.case(), by=hr, answers=own)
    assert draft.case().recruitment.state == "open"
    assert draft.case().check_named("education") is None  # about a finalist: its row comes with her


def test_what_the_position_answers_is_confirmed_by_opening_and_changed_by_its_own(draft: Walk) -> None:
    draft.declare("hr", "manager")
    inherited = draft.case().recruitment.answers
    assert inherited["teacher_post"] is False
    answers = inherited | {"redeployment_case": False, "priority_holder": False}
    with pytest.raises(BadInput) as refused:
        open_recruitment(draft.case(), by=draft.world.actor("hr"), answers=answers | {"teacher_post": True})
    assert refused.value.errors == not_yours("teacher_post")
    answer_questions(
        draft.case(),
        by=draft.world.actor("manager"),
        answers={"formal_requirement": False, "teacher_post": True},
    )
    open_recruitment(draft.case(), by=draft.world.actor("hr"), answers=answers | {"teacher_post": True})
    assert draft.case().recruitment.answers["teacher_post"] is True


def test_each_answers_on_the_same_page_and_the_last_one_opens(draft: Walk) -> None:
    world, page = draft.world, url("open_recruitment", draft)
    assert coming_step(draft.case()).on == ("hr", "manager")
    hr = signed_in(world, "hr")
    shown = hr.get(page).content.decode()
    assert 'name="q-formal_requirement"' not in shown
    assert "Besvaras av rekryterande chef" in shown
    assert "Spara svaren" in shown
    assert "Öppna för slutkandidater" not in shown
    forged = {"q-redeployment_case": "no", "q-priority_holder": "no", "q-union_local_agreement": "no"}
    assert post(hr, page, **forged, **{"q-formal_requirement": "no"}).status_code == 302
    case = draft.case()
    assert case.recruitment.state == "draft"
    assert case.recruitment.answers["redeployment_case"] is False
    assert "formal_requirement" not in case.recruitment.answers
    assert coming_step(case).on == ("manager",)
    assert "Väntar på svar från rekryterande chef" in hr.get(url("recruitment_view", draft)).content.decode()
    manager = signed_in(world, "manager")
    shown = manager.get(page).content.decode()
    assert 'name="q-redeployment_case"' not in shown
    assert "Öppna för slutkandidater" in shown
    answer = post(manager, page, declares="on", **{"q-formal_requirement": "no", "q-teacher_post": "no"})
    assert answer.status_code == 302
    assert draft.case().recruitment.state == "open"


def test_whoever_has_nothing_left_to_answer_sees_who_is_waited_for(draft: Walk) -> None:
    """The manager of a post that has answered everything of hers: HR's questions stand there, without a form."""
    manager = signed_in(draft.world, "manager")
    shown = manager.get(url("open_recruitment", draft)).content.decode()
    assert "Besvaras av HR" in shown
    assert 'name="q-priority_holder"' not in shown


def test_a_manager_starts_a_draft_where_hr_has_questions_to_answer(world: World) -> None:
    from vetting.recruitment.models import Recruitment

    typed = {
        "position": str(world.positions["assistant"].pk),
        "form": "permanent",
        "places": "1",
        "manager": str(world.person_id("manager")),
        "planned_start": "",
        "engagement_days": "",
    }
    client = signed_in(world, "manager")
    shown = post(client, reverse("create_recruitment"), **typed, steg="visa").content.decode()
    assert "Rekryteringen startas som utkast" in shown
    assert "Besvaras av HR" in shown
    forged = {"q-redeployment_case": "no", "q-priority_holder": "no", "declares": "on"}
    post(client, reverse("create_recruitment"), **typed, **forged, steg="oppna")
    assert not Recruitment.objects.exists()
    assert post(client, reverse("create_recruitment"), **typed, steg="starta").status_code == 302
    assert Recruitment.objects.get().state == "draft"


# -- about a finalist ----------------------------------------------------------------------------------------------


def test_what_the_manager_knows_of_a_finalist_hr_does_not_answer(world: World) -> None:
    walk = Walk(world, "buyer").open()
    finalist = walk.finalist()
    case = walk.case()
    with pytest.raises(BadInput) as refused:
        edit_candidacy(
            case,
            by=world.actor("hr"),
            candidacy=case.candidacy(finalist.pk),
            answers={"unexplained_history": False, "requires_work_permit": False},
        )
    assert refused.value.errors == not_yours("unexplained_history")
    assert walk.case().candidacy(finalist.pk).answers == {}
    page = f"{url('record_group', walk, group='finalist')}?k=K1"
    hr = signed_in(world, "hr")
    shown = hr.get(page).content.decode()
    assert 'name="q-unexplained_history"' not in shown
    assert 'name="q-requires_work_permit"' in shown
    assert "Frågor som någon annan besvarar" in shown
    hr.post(page, untouched(hr, page) | {"q-unexplained_history": "no", "q-requires_work_permit": "no"})
    assert walk.case().candidacy(finalist.pk).answers == {"requires_work_permit": False}
    edit = url("edit_candidacy", walk, candidacy=finalist.pk)
    assert 'name="q-unexplained_history"' not in hr.get(edit).content.decode()
    case = walk.case()
    assert "unexplained_history" in {m.code for m in missing_to_proceed(case, case.candidacy(finalist.pk))}
    manager = signed_in(world, "manager")
    assert "Fyll i kontrollerna" in manager.get(url("recruitment_view", walk)).content.decode()
    shown = manager.get(page).content.decode()
    assert 'name="q-unexplained_history"' in shown
    assert 'name="q-requires_work_permit"' not in shown
    manager.post(page, untouched(manager, page) | {"q-unexplained_history": "yes"})
    assert walk.case().candidacy(finalist.pk).answers["unexplained_history"] is True
    told = manager.get(url("recruitment_view", walk)).content.decode()
    assert "svaret på frågan ”Finns det något i meritförteckningen" in told


def test_what_only_the_delegate_answers_about_a_finalist(world: World) -> None:
    unit = world.units["school"]
    unit.profiles = ["lss_children"]
    put(unit)
    walk = Walk(world, "assistant").open()
    finalist = walk.finalist()
    case = walk.case()
    with pytest.raises(BadInput) as refused:
        edit_candidacy(
            case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk),
            answers={"lss_other_children": False},
        )  # fmt: skip
    assert refused.value.errors == not_yours("lss_other_children")
    page, manager = f"{url('record_group', walk, group='finalist')}?k=K1", signed_in(world, "manager")
    assert 'name="q-lss_other_children"' in manager.get(page).content.decode()
    manager.post(page, untouched(manager, page) | {"q-lss_other_children": "yes"})
    assert walk.case().candidacy(finalist.pk).answers == {"lss_other_children": True}


# -- at the decision -----------------------------------------------------------------------------------------------


def test_at_the_decision_hr_and_the_delegate_answer_each_their_own(ready: tuple[Walk, Any]) -> None:
    walk, finalist = ready
    world = walk.world
    case = walk.case()
    own = case.candidacy(finalist.pk)
    with pytest.raises(BadInput) as refused:
        edit_candidacy(case, by=world.actor("hr"), candidacy=own, answers={"trial_period": False})
    assert refused.value.errors == not_yours("trial_period")
    with pytest.raises(BadInput) as refused:
        edit_candidacy(
            case, by=world.actor("manager"), candidacy=own, answers={"secondary_job_reported": False}
        )
    assert refused.value.errors == not_yours("secondary_job_reported")
    with pytest.raises(BadInput) as refused:
        answer_questions(case, by=world.actor("manager"), answers={"priority_holder_at_decision": False})
    assert refused.value.errors == not_yours("priority_holder_at_decision")
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    with pytest.raises(BadInput) as refused:
        sign_decision(
            case, by=world.actor("manager"), candidacy=case.candidacy(finalist.pk), terms=Terms(walk.on),
            answers={"trial_period": False, "secondary_job_reported": True},
        )  # fmt: skip
    assert refused.value.errors == not_yours("secondary_job_reported")
    page = signed_in(world, "manager").get(url("sign_decision", walk, candidacy=finalist.pk)).content.decode()
    assert 'name="trial_period"' in page


def test_whoever_notes_a_boards_decision_writes_down_its_answers(world: World) -> None:
    from vetting.recruitment.actions.decision import record_board_decision

    walk = Walk(world, "clerk").open()
    finalist = walk.finalist()
    walk.ready(finalist)
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    case = walk.case()
    record_board_decision(
        case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk), maker="committee", decided_on=walk.on,
        section="§ 7", terms=Terms(walk.on), answers={"trial_period": True},
    )  # fmt: skip
    assert walk.case().candidacy(finalist.pk).answers["trial_period"] is True
