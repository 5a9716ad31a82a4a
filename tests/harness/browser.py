"""Chromium, a server on a copy of the database, and axe: what a browser test needs."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

    from tests.harness.databases import RealDatabase

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first is the same engine without windows: a profile of its own costs a quarter there."""
AXE = Path(__file__).parent.parent / "browser" / "vendor" / "axe.min.js"
# Nothing is told at length of what is as it should be.
RUN_AXE = "axe.run({resultTypes: ['violations']%s}).then(r => JSON.stringify(r.violations))"
# A page as axe sees it, its head by itself and the rest by itself: elements and attributes, and whether there is text.
# What the texts, ids and numbers are, and how many rows are alike, is nothing to it: a page that differs from others in
# that alone, or in which of two heads stands over which of two pages, has been looked at.
BARE = """(() => {
  const whole = document.documentElement.outerHTML, end = whole.indexOf('</header>');
  const bare = part => part.replace(/>[^<]*[^<\\s][^<]*</g, '>x<').replace(/>\\s+</g, '><')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'U').replace(/ (value|href|datetime|data-label)="[^"]+"/g, ' $1="x"')
    .replace(/\\d+/g, '0').replace(/(<(tr|li)\\b(?:(?!<\\/\\2>)[^])*<\\/\\2>)(?:\\1)+/g, '$1');
  const look = [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches].join();
  return [whole.slice(0, end), whole.slice(end)].map(part => look + bare(part));
})()"""
# A layout that moves after it was drawn, before anybody has touched it, is told as an error with what moved. Less than
# a thousandth is a fraction of a pixel.
SHIFTED = "layout shift"
WATCH = f"""{{ const watch = new PerformanceObserver(list => {{ for (const moved of list.getEntries())
if (!moved.hadRecentInput && moved.value >= 0.001) console.error('{SHIFTED} ' + moved.value.toFixed(4) + ': ' +
moved.sources.map(s => s.node && (s.node.outerHTML || s.node.nodeValue || '').slice(0, 90)).join(' | ')) }});
watch.observe({{type: 'layout-shift', buffered: true}});
for (const touch of ['resize', 'pointerdown', 'keydown']) addEventListener(touch, () => watch.disconnect(), true) }}"""
MOVED_AT_MOST = 0.1
"""A shift that is no trouble of a test (Web Vitals: good): on a busy machine a page's head is drawn before the rest.
The campaign of pages, which opens a page again, knows none."""
HTML_AT_MOST = 60_000
"""Bytes of a page's HTML, before any compression."""
WIDE, NARROW = 1280, 390
REFLOW = 320
"""Pixels across: 1280 at 400 percent (WCAG 1.4.10)."""
PATIENCE = 10_000  # milliseconds for one step of a page


@dataclass
class Live:
    """The running service: its address, its database, and the way to open it as a person's browser."""

    url: str
    database: "RealDatabase"
    browser: "Browser"
    troubles: list[str] = field(default_factory=list)
    _contexts: list[Any] = field(default_factory=list)

    def open(
        self,
        address: str | None = None,
        *,
        javascript: bool = True,
        width: int = WIDE,
        dark: bool = False,
        cookies: list[dict[str, Any]] | None = None,
    ) -> "Page":
        """A page in a browser profile of its own.

        Errors of scripts, of the CSP and of the server become `troubles`, and so do a page that moves after it was
        drawn and one that is too heavy.
        """
        context = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(script=WATCH)
        if cookies:
            context.add_cookies(cookies)
        page = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("console", lambda said: self._listen(said.type, said.text))
        page.on("response", self._look)
        if address is not None:
            page.goto(address)
        return page

    def _listen(self, kind: str, text: str) -> None:
        # A form that answers 4xx is logged by the browser as an error; that is the answer, not a trouble.
        # A busy machine draws the head of a page before the rest has come, and the head gives way a little.
        if text.startswith(SHIFTED) and float(text.split()[2].rstrip(":")) < MOVED_AT_MOST:
            return
        if kind == "error" and "Failed to load resource" not in text:
            self.troubles.append(f"console: {text}")

    def _look(self, answer: "Response") -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.troubles.append(f"{answer.status}: {answer.url}")
        if answer.request.method != "GET":
            return  # what was typed comes back, as long as it was
        told = answer.headers
        size = (
            int(told.get("content-length", 0)) if told.get("content-type", "").startswith("text/html") else 0
        )
        if size > HTML_AT_MOST:
            self.troubles.append(f"{size} bytes of HTML: {answer.url}")

    def close(self) -> None:
        """Close every profile that was opened."""
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One Chromium per worker. Where there is none the test is skipped, and the skip counted and explained."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("Chromium is not installed.")
    # Playwright's loop runs in this thread; Django would take it for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def live(real_db: "RealDatabase", chromium: "Browser") -> Iterator[Live]:
    """The service on a fresh copy of the database, reached as http://localhost; fails on any trouble left behind."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    from vetting.reports.public.handler import Door

    server = LiveServerThread("localhost", lambda service: Door(StaticFilesHandler(service)))
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    running = Live(f"http://localhost:{server.port}", real_db, chromium)
    yield running
    running.close()
    server.terminate()
    assert running.troubles == []


class Axe:
    """Axe's findings on a page, one line each; empty when there is nothing to mend. `rules`: those alone, if any.

    Injected through the debugging protocol, so the page keeps its strict CSP. A page is looked at once: what has been
    found in order is not asked again of a page that differs in its words alone.
    """

    def __init__(self) -> None:
        self.source, self.in_order = AXE.read_text(encoding="utf-8"), set[tuple[int, tuple[str, ...]]]()

    def __call__(self, page: "Page", rules: tuple[str, ...] = ()) -> list[str]:
        parts = self._parts(page, rules)
        if parts <= self.in_order:
            return []
        # Half a megabyte, read by the browser once for a page that is looked at in several ways.
        if self._run(page, "typeof axe") == "undefined":
            self._run(page, self.source + ";undefined")
        only = f", runOnly: {list(rules)}" if rules else ""
        found = json.loads(self._run(page, RUN_AXE % only))
        if not found:
            self.in_order |= parts
        return [
            f"{each['id']} ({each['impact']}): {node['target']} {node['html'][:120]}"
            for each in found
            for node in each["nodes"]
        ]

    def knows(self, page: "Page", rules: tuple[str, ...] = ()) -> bool:
        """Whether pages like this have been found in order, in the look that it has now."""
        return self._parts(page, rules) <= self.in_order

    def _parts(self, page: "Page", rules: tuple[str, ...]) -> set[tuple[int, tuple[str, ...]]]:
        return {(hash(part), rules) for part in self._run(page, BARE)}

    @staticmethod
    def _run(page: "Page", expression: str) -> Any:
        session = page.context.new_cdp_session(page)
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = session.send("Runtime.evaluate", asked)
        session.detach()
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Axe, with what it has seen in this process."""
    return Axe()
