"""What the tests of the product are answered with, looked at in a browser: `SOAK=looks make soak`.

Beside the pages of a demonstration (`test_every_page`): forms with what is wrong in them, confirmations, conflicts,
and the states that nothing in a demonstration stands in. `PAGES_FROM=folder` takes those that a run with
`PAGES_INTO=folder` kept; else the tests named in `GATHERED` are run first, all of them in the campaign.
`PAGES_NAMES=check_view` looks at those alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.access.routes import every_route
from tests.browser.installed import installed
from tests.browser.measured import Eyes
from tests.browser.tour import NOT_PAGES
from tests.harness.browser import Axe
from tests.harness.gathered import Answer, kept

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

ROOT = Path(__file__).parents[2]
IN_FULL = bool(os.environ.get("SOAK"))
FEW = (
    "tests/recruitment/test_decision_pages.py::test_the_start_has_one_large_sign",
    "tests/recruitment/test_decision_record.py::test_the_opinion_stands_there_with_its_conditions_and_without_its_reasons",
    "tests/administration/test_explain_access.py::test_each_open_account_is_answered_for_and_a_shut_one_reaches_nothing",
)
"""Outside the campaign: a sign, and the two that were once not in order."""
GATHERED = ["tests"] if IN_FULL else FEW
GOING_ON = re.compile(r'<meta http-equiv="refresh"[^>]*>')
"""What leads on to the municipality's own sign-in at once."""
NAMES = [name for name in os.environ.get("PAGES_NAMES", "").split(",") if name]
NOT_HERE = {
    "opinion_page": "the address of opinion_view once more",
    "report_file": "a file",
    "key_request": "a file",
    "sso_return": "leads on",
    "mfa_key_rename": "of a security key, which only a browser can add: test_security_key",
}
"""What may be opened and is no page of its own that a test could be answered with, and why."""
COLD, HEAVY = "bytes when cold", "bytes of HTML"
"""How it is told that a page weighs too much. Cold it is weighed as it is installed, by `test_every_page`, and the
answer to a form holds what was typed, as long as that was."""
EVERY_CHECK = "tests/recruitment/test_reuse_together.py"
"""Its recruitment has all fifty checkpoints, to try each; a post of five profiles has at most 25 (docs/pages.md)."""

pytestmark = [pytest.mark.browser, pytest.mark.one_engine, pytest.mark.deadline(4 * 3600 if IN_FULL else 120)]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """One page for every part of every answer that the tests were given."""
    if already := os.environ.get("PAGES_FROM"):
        return kept(Path(already))
    folder = tmp_path_factory.mktemp("pages")
    run = [sys.executable, "-m", "pytest", "-q", "-n", "2" if IN_FULL else "0", "-p", "no:cacheprovider"]
    ended = subprocess.run(
        [*run, "-m", "not browser", *GATHERED],
        cwd=ROOT,
        env={**os.environ, "SOAK": "", "PAGES_INTO": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]
    return kept(folder)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages find their style sheets and pictures."""
    with installed(tmp_path_factory.mktemp("static")) as address:
        yield address


def test_what_tests_are_answered_with_is_accessible_whole_and_still(
    pages: list[Answer], url: str, chromium: Browser, axe: Axe
) -> None:
    eyes = Eyes(chromium, url, [], axe)
    shown: list[Answer] = []
    eyes.context.route(
        lambda asked: urlsplit(asked).path.startswith("/"), lambda route: _answer(route, shown)
    )
    wrong = []
    for page in pages:
        if NAMES and page.route not in NAMES:
            continue
        shown[:] = [page]
        wrong += [f"{page.name}: {said}" for said in _troubles(page, eyes)]
    eyes.close()
    assert not wrong, f"{len(wrong)} on {len(pages)} pages\n" + "\n".join(wrong)
    assert NAMES or len(pages) >= (500 if IN_FULL else 2)


def _answer(route: Route, shown: list[Answer]) -> None:
    """The page itself to who opens it, its style sheets from the service; it has nothing else."""
    if urlsplit(route.request.url).path.startswith(settings.STATIC_URL):
        route.continue_()
    elif route.request.is_navigation_request():
        route.fulfill(status=200, headers=shown[0].headers, body=GOING_ON.sub("", shown[0].html))
    else:
        route.fulfill(status=204)


def _troubles(page: Answer, eyes: Eyes) -> Iterator[str]:
    from playwright.sync_api import Error

    try:
        found = eyes.judge(page.address).troubles
    except Error as error:
        yield f"could not be looked at: {error}"
        return
    for said in found:
        is_light = page.method == "GET" and not page.test.startswith(EVERY_CHECK)
        if COLD not in said and (is_light or HEAVY not in said):
            yield said


@pytest.mark.soak
def test_every_page_there_is_has_been_looked_at(pages: list[Answer]) -> None:
    opened = {page.route for page in pages if page.status == HTTPStatus.OK}
    declared = [route for route in every_route() if route.declaration is not None]
    there = {route.name for route in declared if "GET" in route.declaration.methods} - NOT_PAGES
    assert sorted(there - opened - NOT_HERE.keys()) == []
    assert sorted(opened & NOT_HERE.keys()) == [], "is no exception any longer"
