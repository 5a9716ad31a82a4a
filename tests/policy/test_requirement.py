"""Which checks a post gets: told as posts, and over every profile and form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vetting.policy.checkpoints import CHECKPOINTS, LEVELS
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS, ground_in_force
from vetting.policy.grounds.cited import CITED
from vetting.policy.information import advert_paragraph, candidate_information
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.requirement import EXCLUDED_TEXT, FormNotAllowed, Requirement, requirement

DAY = date(2026, 11, 24)
NO = dict.fromkeys(QUESTIONS, False)
YES = dict.fromkeys(QUESTIONS, True)
OFF_BY_DEFAULT = {"credit", "open_sources", "drug_test"}
ALLOWED = [code for code, form in FORMS.items() if form.allowed]
INNER = [code for code, profile in PROFILES.items() if profile.visible_to != "all"]
OUTER = [code for code in PROFILES if code not in INNER]


def post(*profiles: str, form: str = "permanent", answers: dict[str, bool] | None = None) -> Requirement:
    return requirement(profiles, (), form, NO if answers is None else answers, DAY)


def test_a_level_1_hire_has_six_rows_beside_the_posts_own() -> None:
    rows = set(post().rows) - {"role_risk"}
    assert rows == {"notice", "id_check", "references", "decision", "terms", "secrecy_notice"}
    assert (post().level, post().approvers, post().second_approver_on) == (1, 0, ())


def test_the_school_is_a_rule_of_the_workplace() -> None:
    on_unit = requirement((), ("school",), "permanent", NO, DAY)
    assert "crim_school" in on_unit.rows
    assert on_unit.level == 2


def test_a_profile_of_posts_cannot_sit_on_a_workplace() -> None:
    with pytest.raises(ValueError, match="procurement"):
        requirement((), ("procurement",), "permanent", NO, DAY)


def test_a_special_statute_takes_the_general_extract_out() -> None:
    alone = post("leisure_children", answers=YES)
    both = post("leisure_children", "school", answers=YES)
    assert "crim_child_other" in alone.rows
    assert "crim_child_other" not in both.in_play
    assert "crim_school" in both.rows


def test_the_form_is_applied_last() -> None:
    assert "references" not in post(form="trainee").in_play
    assert "references" not in post("procurement", form="agency").in_play


def test_level_3_adds_an_opinion_and_what_adds_a_second() -> None:
    procurement = post("procurement")
    assert (procurement.level, procurement.approvers) == (3, 1)
    assert procurement.second_approver_on == ("deviation", "condition", "waiver", "sample")
    assert "security_opinion" in procurement.rows
    leading = post("procurement", "leading_post")
    assert (leading.approvers, leading.second_approver_on) == (2, ())


def test_the_municipality_may_raise_but_never_lower_the_opinions() -> None:
    assert requirement(["procurement"], (), "permanent", NO, DAY, raised_to=2).approvers == 2
    assert requirement(["leading_post"], (), "permanent", NO, DAY, raised_to=1).approvers == 2


def test_questions_decide_and_unanswered_ones_wait() -> None:
    open_ = requirement((), (), "permanent", {"trial_period": True, "requires_work_permit": None}, DAY)
    assert "trial" in open_.rows
    assert "work_right" in open_.pending
    assert "requires_work_permit" in open_.unanswered_at("candidacy")
    assert "requires_work_permit" not in open_.unanswered_at("opening")
    assert "trial_period" not in open_.unanswered
    assert "trial_period" in open_.questions
    refused = post().why_not("work_right")
    assert refused is not None
    assert refused.why == "answer_no"
    assert refused.text == EXCLUDED_TEXT["answer_no"]


def test_only_questions_that_decide_something_are_asked() -> None:
    assert "teacher_post" not in post().questions
    assert "teacher_post" in post("school").questions
    # Switched off by default: nobody is asked about payment authority until the municipality has decided.
    assert "independent_payment_decided" not in post("finance_payments").questions


def test_a_ground_not_yet_in_force_brings_no_check_and_no_question() -> None:
    before = requirement(["home_care"], (), "permanent", YES, date(2026, 2, 28))
    after = requirement(["home_care"], (), "permanent", YES, date(2026, 3, 1))
    assert "crim_home_care" not in before.in_play
    assert "home_care_request" not in before.questions
    assert "crim_home_care" in after.rows


def test_an_authoritys_ground_is_not_for_a_company() -> None:
    company = requirement((), (), "permanent", YES, DAY, "company")
    refused = company.why_not("secondary_job")
    assert refused is not None
    assert refused.why == "not_for_company"
    assert "secondary_job" in requirement((), (), "permanent", YES, DAY).rows
    assert not ground_in_force("secondary_employment", DAY, "company")
    with pytest.raises(KeyError):
        ground_in_force("hearsay", DAY)


def test_what_is_off_by_default_needs_both_switch_and_answer() -> None:
    def credit(answer: bool, switched: frozenset[str]) -> bool:
        answers = {**NO, "independent_payment_decided": answer}
        return (
            "credit"
            in requirement(["finance_payments"], (), "permanent", answers, DAY, "authority", switched).rows
        )

    on = frozenset({"credit"})
    assert [credit(True, on), credit(True, frozenset()), credit(False, on)] == [True, False, False]


@pytest.mark.parametrize("form", [code for code, form in FORMS.items() if not form.allowed])
def test_what_is_no_recruitment_is_refused_with_a_sentence(form: str) -> None:
    with pytest.raises(FormNotAllowed) as refused:
        post(form=form)
    assert str(refused.value) == FORMS[form].note


def test_unknown_codes_are_errors() -> None:
    with pytest.raises(KeyError):
        post("spies")
    with pytest.raises(KeyError):
        post(form="lottery")


@pytest.mark.parametrize("form", ALLOWED)
def test_inner_profiles_never_change_what_is_seen(form: str) -> None:
    for outer in OUTER:
        plain = post(outer, "security_vetting_required", form=form, answers=YES)
        for inner in INNER:
            assert post(outer, "security_vetting_required", inner, form=form, answers=YES) == plain


@pytest.mark.parametrize("form", ALLOWED)
def test_over_every_pair_of_profiles(form: str) -> None:
    for one in OUTER:
        for other in OUTER:
            for entity in ("authority", "company"):
                needed = requirement([one], [], form, YES, DAY, entity, OFF_BY_DEFAULT)  # type: ignore[arg-type]
                both = requirement([one, other], [], form, YES, DAY, entity)  # type: ignore[arg-type]
                for code in needed.rows:
                    ground = GROUNDS[CHECKPOINTS[code].ground]
                    assert ground_in_force(ground.code, DAY, entity)  # type: ignore[arg-type]
                    assert CHECKPOINTS[code].visible_to == "all"
                assert both.level == max(PROFILES[p].level for p in ("base", one, other))
                assert both.approvers == max(PROFILES[p].approvers for p in ("base", one, other))
                assert not set(both.rows) & OFF_BY_DEFAULT
                assert both.pending == ()


def test_rows_stand_in_the_order_of_the_work_and_are_complete_per_level() -> None:
    needed = post("procurement", "school", answers=YES)
    order = [LEVELS.index(CHECKPOINTS[code].belongs_to) for code in needed.rows]
    assert order == sorted(order)
    assert [c.code for level in LEVELS for c in needed.rows_of(level)] == list(needed.rows)


def test_only_the_employers_own_checks_may_wait_and_never_where_protection_is_needed() -> None:
    own = {"references", "education", "security_opinion"}
    short = post("procurement", form="fixed_term", answers=YES)
    assert short.may_complete_after_start == own
    assert post("procurement", form="permanent", answers=YES).may_complete_after_start == frozenset()
    for kept in ("leading_post", "security_vetting_required"):
        assert (
            post("procurement", kept, form="fixed_term", answers=YES).may_complete_after_start == frozenset()
        )


def test_the_advert_names_section_and_says_that_an_extract_is_only_shown() -> None:
    text = advert_paragraph(post("school"))
    assert "Skollagen (2010:800) 2:31–33" in text
    assert "inget annat" in text
    assert "Skollagen" not in advert_paragraph(post())
    assert "när det behövs även" in advert_paragraph(requirement((), (), "permanent", {}, DAY))


def test_an_applicant_reads_her_own_employers_law_alone() -> None:
    """The advert of an authority says nothing of companies, and a company's cites no law that does not bind it."""
    needed = post("procurement", answers=YES)
    for told in (advert_paragraph(needed), " ".join(line.statute for line in candidate_information(needed))):
        assert "bolag:" not in told
        assert "i bolag" not in told
        assert "Kommunallagen (2017:725) 6:6" in told
    company = advert_paragraph(replace(needed, entity="company"))
    assert "Kommunallagen" not in company
    assert "art. 6.1 f" in company
    assert "art. 6.1 e" not in company


def test_what_is_cited_stands_in_the_ground() -> None:
    for code, told in CITED.items():
        for words in told.values():
            for part in words.split("; "):
                assert part.split(" art. ")[0].lower() in GROUNDS[code].statute.lower(), (code, part)


def test_every_ground_that_tells_of_companies_is_told_apart() -> None:
    assert set(CITED) == {code for code, ground in GROUNDS.items() if "bolag" in ground.statute}


def test_the_candidate_is_told_what_is_written_and_what_never_is() -> None:
    lines = {line.check: line for line in candidate_information(post("school"))}
    assert lines["crim_school"].recorded == ("Visades upp den",)
    assert "vad som stod i det" in lines["crim_school"].never
    assert lines["crim_school"].only_if_proposed
    assert not lines["id_check"].only_if_proposed
    assert "decision" not in lines


def test_nothing_told_says_a_class_of_protective_security() -> None:
    for inner in INNER:
        needed = post("security_vetting_required", inner, answers=YES)
        told = advert_paragraph(needed) + repr(candidate_information(needed))
        assert "klass 1" not in told
        assert "Registerkontroll" not in told
