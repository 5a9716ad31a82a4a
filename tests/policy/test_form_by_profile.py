"""Every form of engagement with every control profile calls for the agreed checks, and the print says the same.

What is expected is computed here from the agreed tables alone: nothing of the program's rule is used for it.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from vetting.policy.document_pairs import pairs
from vetting.policy.requirement import FormNotAllowed, Requirement, requirement
from vetting.policy.waivers import DEFERRABLE

HERE = Path(__file__).parent / "signed_off"
DAYS = (date(2023, 6, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 11, 24))
STAGES = ("before_advert", "finalist", "decision", "start", "employment", "exit")
LEVELS = ("position", "recruitment", "candidacy", "engagement")
NEVER_LATER = {"leading_post", "security_vetting_required"}
"""Posts where nothing is ever completed after the start, without any regard to the form."""

Row = dict[str, str]


@cache
def agreed(name: str) -> dict[str, Row]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def listed(cell: str) -> set[str]:
    return set(filter(None, cell.split("|")))


CHECKS, PROFILES, FORMS = agreed("checkpoints"), agreed("profiles"), agreed("engagement_forms")
ALLOWED = [code for code, row in FORMS.items() if row["allowed"] == "yes"]
OUTER = [code for code, row in PROFILES.items() if row["visible_to"] == "all"]
OFF = {code for code, row in CHECKS.items() if row["default_on"] == "no"}
QUESTIONS = list(agreed("questions"))
NAMES = {code: row["name_sv"] for name in ("terms", "roles") for code, row in agreed(name).items()}


def brought(form: str, profiles: set[str]) -> set[str]:
    """The checks that the lists of the tables bring, before questions, days and employers."""
    shown = [PROFILES[code] for code in {"base"} | profiles if PROFILES[code]["visible_to"] == "all"]
    codes = {check for row in shown for check in listed(row["checkpoints_added"])}
    codes -= {check for row in shown for check in listed(row["checkpoints_removed"])}
    codes |= listed(FORMS[form]["checkpoints_added"])
    codes -= listed(FORMS[form]["checkpoints_removed"])
    return {code for code in codes if CHECKS[code]["visible_to"] == "all"}


def usable(code: str, on: date, entity: str, switched_on: bool) -> bool:
    """Whether that employer has the check that day."""
    check, ground = CHECKS[code], agreed("grounds")[CHECKS[code]["ground"]]
    begun = max(check["since"], ground["valid_from"]) <= str(on)
    over = (check["retired"] and check["retired"] <= str(on)) or (
        ground["valid_to"] and ground["valid_to"] < str(on)
    )
    given = switched_on or check["default_on"] == "yes"
    return begun and not over and ground["entity_kinds"] in {"both", entity} and given


def expected(
    form: str, profiles: set[str], yes: set[str], on: date, entity: str, switched_on: bool
) -> set[str]:
    """The checks that apply where exactly the questions in `yes` are answered yes and all others no."""
    return {
        code
        for code in brought(form, profiles)
        if usable(code, on, entity, switched_on)
        and (not CHECKS[code]["question"] or CHECKS[code]["question"] in yes)
    }


def asked(
    form: str, profiles: set[str], yes: set[str], on: date, entity: str, switched_on: bool
) -> Requirement:
    answers = {code: code in yes for code in QUESTIONS}
    off = frozenset(OFF if switched_on else ())
    return requirement(profiles, (), form, answers, on, entity, off)


@pytest.mark.parametrize("form", ALLOWED)
def test_every_profile_calls_for_the_agreed_checks_under_every_answer(form: str) -> None:
    """Every day on which a ground begins, both employers, switched on and off; each question alone, all and none."""
    answered = [set(), set(QUESTIONS), *({question} for question in QUESTIONS)]
    for profile in PROFILES:
        for on in DAYS:
            for entity in ("authority", "company"):
                for switched in (True, False):
                    for yes in answered if on == DAYS[-1] else answered[:2]:
                        found = asked(form, {profile}, yes, on, entity, switched)
                        want = expected(form, {profile}, yes, on, entity, switched)
                        assert set(found.rows) == want, (profile, on, entity, switched, yes)
                        assert not found.pending


@pytest.mark.parametrize("form", ALLOWED)
def test_an_unanswered_question_keeps_its_checks_waiting(form: str) -> None:
    for profile in PROFILES:
        found = requirement([profile], (), form, {}, DAYS[-1], "authority", frozenset(OFF))
        in_play = expected(form, {profile}, set(QUESTIONS), DAYS[-1], "authority", True)
        assert set(found.pending) == {code for code in in_play if CHECKS[code]["question"]}, profile
        assert set(found.rows) == in_play - set(found.pending), profile
        assert set(found.unanswered) == {CHECKS[code]["question"] for code in found.pending}, profile


@pytest.mark.parametrize("form", ALLOWED)
def test_two_profiles_together_are_the_union_less_what_either_takes_away(form: str) -> None:
    for one in PROFILES:
        for other in PROFILES:
            found = asked(form, {one, other}, set(QUESTIONS), DAYS[-1], "authority", True)
            assert set(found.rows) == expected(
                form, {one, other}, set(QUESTIONS), DAYS[-1], "authority", True
            ), (one, other)


@pytest.mark.parametrize("form", ALLOWED)
def test_level_opinions_and_what_may_wait_are_as_agreed(form: str) -> None:
    for profile in PROFILES:
        found = asked(form, {profile}, set(QUESTIONS), DAYS[-1], "authority", True)
        row = PROFILES[profile if profile in OUTER else "base"]
        assert (found.level, found.approvers) == (int(row["level"]), int(row["approvers"]))
        assert set(found.second_approver_on) == listed(row["second_approver_on"])
        assert found.may_complete_after_start & set(DEFERRABLE) == may_wait(form, profile), profile


def may_wait(form: str, profile: str) -> set[str]:
    """What may be done after the start: marked so, and the municipality's own, in a form that allows it."""
    if FORMS[form]["complete_after_start_allowed"] == "no" or profile in NEVER_LATER:
        return set()
    in_play = expected(form, {profile}, set(QUESTIONS), DAYS[-1], "authority", True)
    marked = {code for code in in_play if CHECKS[code]["complete_after_start"] == "yes"}
    return {code for code in marked if CHECKS[code]["waivable"] == "yes"}


@pytest.mark.parametrize("form", [code for code in FORMS if code not in ALLOWED])
def test_what_is_no_recruitment_calls_for_nothing_and_is_not_printed(form: str) -> None:
    for profile in PROFILES:
        with pytest.raises(FormNotAllowed):
            requirement([profile], (), form, {}, DAYS[-1])
    assert f"Form `{form}`" not in pairs()


def printed() -> dict[tuple[str, str], list[str]]:
    """(form, profile) -> the cells of the printed row, read as a person reads them."""
    found: dict[tuple[str, str], list[str]] = {}
    form = ""
    for line in pairs().splitlines():
        if line.startswith("Form `"):
            form = line.split("`")[1]
        elif form and line.startswith("| **"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            key = (form, cells[0].split("`")[1])
            assert key not in found
            found[key] = cells
    return found


def written(form: str, profile: str, stage: str) -> list[str]:
    """The cell of one stage: names in the order of the work, with the letters of what depends."""
    in_play = expected(form, {profile}, set(QUESTIONS), DAYS[-1], "authority", True)
    order = sorted(CHECKS, key=lambda code: LEVELS.index(CHECKS[code]["belongs_to"]))
    cell = []
    for code in order:
        if code not in in_play or CHECKS[code]["stage"] != stage:
            continue
        marks = {
            "f": bool(CHECKS[code]["question"]),
            "a": code in OFF,
            "m": agreed("grounds")[CHECKS[code]["ground"]]["entity_kinds"] == "authority",
            "e": code in may_wait(form, profile),
        }
        letters = "".join(mark for mark, holds in marks.items() if holds)
        cell.append(CHECKS[code]["name_sv"] + (f" ({letters})" if letters else ""))
    return cell


def test_every_pair_is_printed_with_its_checks() -> None:
    found = printed()
    assert set(found) == {(form, profile) for form in ALLOWED for profile in PROFILES}
    for (form, profile), cells in found.items():
        row = PROFILES[profile if profile in OUTER else "base"]
        opinions = "" if row["approvers"] == "0" else row["approvers"]
        opinions += " eller 2" if row["second_approver_on"] else ""
        assert cells[0].startswith(f"**{PROFILES[profile]['name_sv']}**")
        assert cells[1:3] == [row["level"], opinions], (form, profile)
        stages = [[name for name in cell.split("; ") if name] for cell in cells[3:]]
        assert stages == [written(form, profile, stage) for stage in STAGES], (form, profile)


def test_what_holds_for_a_check_in_every_pair_is_printed_once() -> None:
    rows = {
        line.split("`")[1]: [cell.strip() for cell in line.strip("|").split("|")]
        for line in pairs().split("## Kontrollerna")[1].split("\n## ")[0].splitlines()
        if line.startswith("| **")
    }
    assert set(rows) == {code for code, check in CHECKS.items() if check["visible_to"] == "all"}
    yes = {"yes": "ja", "no": "aldrig"}
    reuse = {
        "never": "aldrig",
        "within_limit": "inom tidsgränsen",
        "statutory_exemption": "enligt lagens undantag vid ny anställning",
    }
    for code, cells in rows.items():
        check, ground = CHECKS[code], agreed("grounds")[CHECKS[code]["ground"]]
        own = check["waivable"] if ground["waivable"] == "yes" else "no"
        together = own if check["stage"] == "finalist" and check["belongs_to"] == "candidacy" else "no"
        later = check["complete_after_start"] if own == "yes" else "no"
        assert f"`{check['ground']}`" in cells[3]
        assert ground["statute"] in cells[3]
        assert cells[4] == max(check["since"], ground["valid_from"])
        assert (f"`{check['question']}`" in cells[5]) if check["question"] else not cells[5]
        assert cells[6] == ("två underskrifter" if own == "yes" else "aldrig"), code
        assert cells[7] == ("får vänta" if later == "yes" else "aldrig"), code
        assert cells[8] == yes[together], code
        assert cells[9] == reuse[check["reuse"]], code
        assert cells[2] == ", ".join(NAMES[who] for who in check["performed_by"].split("|")), code
