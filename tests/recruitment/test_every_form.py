"""Every form of engagement is walked from the need to *Får börja*: its checks, its decision's name, its words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.policy.test_form_by_profile import ALLOWED, CHECKS, FORMS
from tests.policy.test_form_by_profile import expected as agreed_for
from tests.recruitment.pages import signed_in, url
from tests.recruitment.walk import Walk, evidence_for
from tests.recruitment.world import World
from vetting.recruitment.actions.candidacy import proceed_candidacy
from vetting.recruitment.actions.checks import record_check
from vetting.recruitment.actions.decision import Terms
from vetting.recruitment.actions.errors import NotComplete
from vetting.recruitment.engine.progress import may_start

DERIVED = {"role_risk", "recruiter_coi", "security_opinion", "decision"}
"""Rows that mirror another machine and are not stored."""


def stored(walk: Walk) -> set[str]:
    return {check.code for check in walk.case().checks}


@pytest.mark.parametrize("form", ALLOWED)
def test_a_form_goes_from_the_need_to_the_start_by_its_own_checks(world: World, form: str) -> None:
    walk = Walk(world, "assistant", form=form).open()
    finalist = walk.finalist()
    walk.ready(finalist)
    client = signed_in(world, "manager")
    walk.answer_decision(finalist)
    walk.finish({"decision"})
    page = client.get(url("sign_decision", walk, candidacy=finalist.pk))
    assert page.context["missing"] == []
    said = page.content.decode()
    assert FORMS[form]["decision_name_sv"] in said
    assert FORMS[form]["name_sv"] in said
    walk.sign(finalist, terms=Terms(walk.on, walk.on + timedelta(days=20)))
    walk.finish({"start"}, finalist)
    case = walk.case()
    assert may_start(case, case.candidacy(finalist.pk))
    sign = client.get(url("confirm_start", walk, candidacy=finalist.pk)).content.decode()
    assert "Får börja" in sign
    assert "Får inte börja" not in sign
    answers = case.recruitment.answers | case.candidacies[0].answers
    yes = {code for code, answer in answers.items() if answer}
    wanted = agreed_for(form, {"school"}, yes, walk.on, "authority", False) - DERIVED
    asked_no = {code for code in stored(walk) if case_state(walk, code) == "not_applicable"}
    assert stored(walk) - asked_no == wanted
    walk.start(finalist)
    assert walk.case().candidacies[0].state == "started"
    assert (
        FORMS[form]["name_sv"]
        in client.get(url("engagement_view", walk, candidacy=finalist.pk)).content.decode()
    )


def case_state(walk: Walk, code: str) -> str:
    return next(check.state for check in walk.case().checks if check.code == code)


@pytest.mark.parametrize("form", ["agency", "consultant"])
def test_hiring_in_waits_for_the_negotiation_or_its_exemption(world: World, form: str) -> None:
    """MBL 38 §: before anybody is hired in; nothing else opens the way, and an exemption is named."""
    walk = Walk(world, "assistant", form=form).open()
    finalist = walk.finalist()
    case = walk.case()
    step = case.check_named("union_hiring_in")
    assert step is not None
    for check in case.checks:
        if check.candidacy_id is None and check.pk != step.pk:
            walk.record(check)
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    case, hr = walk.case(), world.actor("hr")
    with pytest.raises(NotComplete, match="union_hiring_in"):
        proceed_candidacy(case, by=hr, candidacy=case.candidacy(finalist.pk))
    page = signed_in(world, "hr").get(url("recruitment_view", walk)).content.decode()
    assert CHECKS["union_hiring_in"]["name_sv"] in page
    case = walk.case()
    record_check(
        case, by=hr, check=case.check(step.pk), outcome="exempt",
        evidence={**evidence_for("union_hiring_in", walk.on), "exemption": "short_term"},
    )  # fmt: skip
    case = walk.case()
    assert case.check(step.pk).state == "not_applicable"
    proceed_candidacy(case, by=hr, candidacy=case.candidacy(finalist.pk))


def called_but_not_negotiated(walk: Walk) -> Any:
    case = walk.case()
    step = case.check_named("union_hiring_in")
    assert step is not None
    record_check(
        case, by=walk.world.actor("hr"), check=step, outcome="called",
        evidence=evidence_for("union_hiring_in", walk.on),
    )  # fmt: skip
    return walk.case().check(step.pk)


def test_having_called_is_not_having_negotiated(world: World) -> None:
    walk = Walk(world, "assistant", form="agency").open()
    assert called_but_not_negotiated(walk).state == "paused"
    finalist = walk.finalist()
    walk.answer_candidacy(finalist)
    walk.finish({"finalist"}, finalist)
    case = walk.case()
    with pytest.raises(NotComplete, match="union_hiring_in"):
        proceed_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))


@pytest.mark.parametrize(("form", "number"), [("internal_move", "one"), ("permanent", "two")])
def test_one_reference_suffices_for_an_internal_move(world: World, form: str, number: str) -> None:
    """What the form proposes is what the catalogue asks for; one click where it was otherwise."""
    walk = Walk(world, "assistant", form=form).open()
    finalist = walk.finalist()
    client = signed_in(world, "hr")
    case = walk.case()
    check = case.check_named("references", case.candidacy(finalist.pk))
    assert check is not None
    group = client.get(url("record_group", walk, group="finalist"), {"k": finalist.label})
    assert group.context["form"].fields["references-number"].initial == number
    alone = client.get(url("check_view", walk, check=check.pk))
    (section,) = [each for each in alone.context["sections"] if each.key == "record_check"]
    assert section.form.fields["number"].initial == number
