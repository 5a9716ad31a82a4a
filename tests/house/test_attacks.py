"""The table of attacks is whole, names tests that exist, and is printed as it stands."""

from tests.house.attacks import PRINTED, attacks, document
from tests.house.test_asvs import missing


def test_every_attack_stands_once_with_what_answers_it() -> None:
    every = attacks()
    assert [row.number for row in every] == list(range(1, 87))
    for row in every:
        assert row.state in {"met", "partly", "gap"}, row.number
        assert bool(row.evidence) == (row.state != "gap"), row.number
        assert bool(row.remark) == (row.state != "met"), row.number


def test_whatever_is_named_is_a_test_that_exists() -> None:
    assert [said for row in attacks() for each in row.evidence if (said := missing(each))] == []
    assert all("::test_" in each for row in attacks() for each in row.evidence)


def test_the_page_is_printed_from_the_table() -> None:
    assert PRINTED.read_text(encoding="utf-8") == document(), "stale: python -m tests.house.attacks"
