"""A page asks the database a fixed number of times, whatever the number of recruitments: session and menu included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.benchmarks import people
from tests.benchmarks.measure import counted
from tests.benchmarks.pages import Page, check, pages, wide_lists
from tests.harness.databases import ALIASES, pointed_at

SMALL, LARGE = 10, 40
# The fullest recruitment of one town may hold what that of another does not, and ask once more for it. A question for
# each row would be fifteen more on the shortest of the lists.
CONTENT = 2


@contextmanager
def seeded(templates: Any, recruitments: int) -> Iterator[None]:
    """A demonstration of that many recruitments in a database of its own."""
    names = {alias: templates.copy(alias) for alias in ALIASES}
    with pointed_at(names), override_settings(DEMO=True):
        call_command("seed_demo", recruitments=recruitments, stdout=StringIO(), stderr=StringIO())
        yield
    for name in names.values():
        templates.drop(name)


def statements(page: Page) -> list[str]:
    """What the page says to both databases when it is asked for the second time."""
    answer = page.ask()
    if answer.status_code != 302:  # whoever works in one other room alone is led there
        check(page, answer)
    with counted() as said:
        page.ask()
    return said


def told(page: Page, said: list[str]) -> str:
    """For a failure: every statement by its beginning and its table."""
    return f"{page.name}: {len(said)} of at most {page.queries}\n" + "\n".join(sql[:300] for sql in said)


@pytest.mark.deadline(240)
def test_the_pages_ask_few_questions_and_as_many_of_a_larger_town(
    templates: Any, django_db_setup: None, django_db_blocker: Any
) -> None:
    asked: dict[int, dict[str, int]] = {}
    with django_db_blocker.unblock():
        for size in (SMALL, LARGE):
            with seeded(templates, size):
                for page in pages():
                    said = statements(page)
                    assert len(said) <= page.queries, told(page, said)
                    asked.setdefault(size, {})[page.name] = len(said)
                for role, account in people.one_of_each_role():
                    for page in wide_lists(people.signed_in(account)):
                        said = statements(page)
                        assert len(said) <= page.queries, f"{role}: {told(page, said)}"
    assert asked[SMALL].keys() == asked[LARGE].keys()
    more = {name: asked[LARGE][name] - asked[SMALL][name] for name in asked[SMALL]}
    assert max(more.values()) <= CONTENT, more
