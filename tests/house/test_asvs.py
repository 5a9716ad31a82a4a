"""The table of security requirements is whole, names what exists, and is printed as it stands."""

import re
from collections import Counter

from tests.house.asvs import PRINTED, ROOT, STATES, Requirement, document, requirements

# How many requirements each section of ASVS 5.0.0 has, chapter by chapter.
SECTIONS = (
    (2, 10, 12, 3, 3), (3, 3, 5, 2), (1, 3, 5, 8, 8, 1, 5), (5, 5, 2, 4), (1, 6, 3, 3), (3, 12, 8, 6, 8, 4, 2, 4),
    (3, 4, 2, 5, 3, 2), (4, 4, 3, 2), (3, 4), (2, 3, 5, 16, 5, 2, 3), (4, 5, 5, 4, 2, 2, 2), (5, 2, 5), (4, 6, 4, 7),
    (2, 8, 3), (5, 5, 7, 4), (1, 5, 4, 3, 4), (2, 8, 2),
)  # fmt: skip
LEVELS = {1: 70, 2: 183, 3: 92}


def missing(evidence: str) -> str:
    """What is wrong with this evidence, or nothing."""
    path, _, test = evidence.partition("::")
    file, _, heading = path.partition("#")
    if not (ROOT / file).is_file():
        return f"{file} is not there"
    text = (ROOT / file).read_text(encoding="utf-8")
    if test and not re.search(rf"^(?:async )?def {re.escape(test)}\(", text, re.MULTILINE):
        return f"{file} has no {test}"
    if heading and heading not in headings(text):
        return f"{file} has no heading {heading}"
    return ""


def headings(text: str) -> set[str]:
    """The addresses of a document's headings, as GitHub and GitLab make them."""
    lines = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", line.lower()).replace(" ", "-") for line in lines}


def fault(row: Requirement) -> str:
    """What a row lacks for its state, or nothing."""
    if row.state not in STATES:
        return f"{row.id}: {row.state} is no state"
    if row.state == "met" and not row.evidence:
        return f"{row.id} is met by nothing"
    if row.state != "met" and not row.remark:
        return f"{row.id} is {row.state} without a remark"
    return ""


def test_every_requirement_stands_once_in_order_with_its_level() -> None:
    every = [
        f"V{chapter}.{section}.{number}"
        for chapter, sections in enumerate(SECTIONS, 1)
        for section, count in enumerate(sections, 1)
        for number in range(1, count + 1)
    ]
    assert len(every) == 345
    assert [row.id for row in requirements()] == every
    assert Counter(row.level for row in requirements()) == LEVELS


def test_each_state_has_what_it_needs() -> None:
    assert [said for row in requirements() if (said := fault(row))] == []
    assert fault(Requirement("V1.1.1", 2, "x", "met", (), ""))
    assert fault(Requirement("V1.1.1", 2, "x", "gap", (), ""))


def test_whatever_is_named_exists() -> None:
    wrong = [
        f"{row.id}: {said}" for row in requirements() for each in row.evidence if (said := missing(each))
    ]
    assert wrong == []
    assert missing("tests/house/test_asvs.py::test_that_is_not_there")
    assert missing("docs/operator.md#no-such-heading")
    assert missing("docs/nowhere.md")


def test_the_page_is_printed_from_the_table() -> None:
    assert PRINTED.read_text(encoding="utf-8") == document(), "stale: python -m tests.house.asvs"
