"""Redeployment, priority right and the union's steps: where they stand, and that nobody's membership is ever stored."""

from __future__ import annotations

import pytest

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.questions import QUESTIONS

PLACES = {
    "redeployment": ("recruitment", "before_advert", "redeployment_case"),
    "priority_right": ("recruitment", "before_advert", "priority_holder"),
    "priority_right_recheck": ("recruitment", "decision", "priority_holder_at_decision"),
    "union": ("recruitment", "decision", None),
    "union_information": ("recruitment", "decision", "union_local_agreement"),
    "union_hiring_in": ("recruitment", "before_advert", None),
    "fixed_term_notice": ("engagement", "employment", "fixed_term_over_month"),
}
"""Before the advert, again before the decision, before somebody is hired in, once somebody begins."""


@pytest.mark.parametrize("code", PLACES)
def test_it_stands_where_the_law_puts_it_and_says_what_to_record(code: str) -> None:
    spec = CHECKPOINTS[code]
    assert (spec.belongs_to, spec.stage, spec.question) == PLACES[code]
    assert (spec.blocks == "decision") == (spec.belongs_to == "recruitment"), (
        "notice to the union stops no start"
    )
    assert not spec.waivable
    assert len(spec.help) > 40, "the row says what to record"


@pytest.mark.parametrize("code", [*PLACES, "terms", "trial"])
def test_nothing_in_it_could_hold_who_is_a_member(code: str) -> None:
    spec = CHECKPOINTS[code]
    assert not spec.free_text
    assert {field.type for field in spec.fields} <= {"date", "choice", "reference"}
    if code not in {"redeployment", "trial"}:
        assert any("fackli" in words.lower() for words in spec.must_not_store), "the page says never to"
    said = [outcome.label for outcome in OUTCOMES[code].values()]
    said += [words for field in spec.fields for words in CHOICES.get((code, field.name), {}).values()]
    assert not [words for words in said if "medlem" in words.lower() or "tillhörighet" in words.lower()]


def test_no_question_asks_who_is_a_member() -> None:
    asked = " ".join(question.text for question in QUESTIONS.values()).lower()
    assert "medlem" not in asked
    assert "facklig tillhörighet" not in asked
