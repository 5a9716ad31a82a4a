"""Every page as every role, at 390 and 1280 pixels, light and dark: `python -m tests.browser.screenshots [FOLDER]`.

ROLES=hr_officer,reporter takes those roles alone. `--picture` takes the README's picture of a recruitment and nothing
else. A demonstration of its own is seeded and thrown away. Exit 0; 1 when a page gave the browser an error.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from tests.harness.browser import BROWSERS, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from vetting.accounts.models import Account

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "images" / "recruitment.png"
RECRUITMENTS = 120
WIDTHS, SCHEMES = (390, 1280), ("light", "dark")


def main(arguments: list[str]) -> int:
    """Take the pictures. Exit 2 where there is no Chromium."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.stderr.write("Chromium is not installed.\n")
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    # Playwright's loop runs in this thread; Django would take it for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    os.environ.pop("TEST_DATABASE_URL", None)
    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.benchmarks.databases import databases

    with databases() as made, made.seeded(RECRUITMENTS), _server() as url, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        if "--picture" in arguments:
            _picture(browser, url)
            return 0
        folder = Path(arguments[0] if arguments else "screenshots")
        return _everyone(browser, url, folder)


def _everyone(browser: Browser, url: str, folder: Path) -> int:
    from tests.benchmarks import people
    from tests.browser.tour import pages_of

    wanted = [role for role in os.environ.get("ROLES", "").split(",") if role]
    troubles: list[str] = []
    for role, account in people.one_of_each_role():
        if wanted and role not in wanted:
            continue
        pages = pages_of(people.signed_in(account), people.actor_of(account))
        sys.stderr.write(f"{role}: {len(pages)} pages\n")
        for width in WIDTHS:
            for scheme in SCHEMES:
                page = _open(browser, url, account, width, scheme, troubles)
                for name, address in pages:
                    page.goto(address)
                    target = folder / role / f"{name}-{width}-{scheme}.png"
                    target.parent.mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=target, full_page=True)
                page.context.close()
    if not wanted or "reporter" in wanted:
        _reporter(browser, url, folder / "reporter", troubles)
    sys.stdout.write("\n".join([*troubles, f"In {folder}/"]) + "\n")
    return int(bool(troubles))


def _reporter(browser: Browser, url: str, folder: Path, troubles: list[str]) -> None:
    """The pages of somebody who reports, who has no account; without scripts, as they promise."""
    from tests.browser.reporter import walk

    folder.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(
                base_url=url,
                java_script_enabled=False,
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                locale="sv-SE",
            )
            page = context.new_page()
            page.on(
                "response",
                lambda said: troubles.append(f"{said.status}: {said.url}") if said.status >= 500 else None,
            )
            walk(
                page,
                lambda name, page=page, told=f"{width}-{scheme}": page.screenshot(
                    path=folder / f"{name}-{told}.png", full_page=True
                ),
            )
            context.close()


def _picture(browser: Browser, url: str) -> None:
    """A level-3 recruitment on its way: some checks done, a finalist gone on, the opinion still to come."""
    from django.db.models import Count, Q
    from django.urls import reverse

    from vetting.accounts.models import Account
    from vetting.recruitment.models import Recruitment

    going = Recruitment.objects.filter(state="open", level__gte=3, on_hold=False, responsible__isnull=False)
    rows = going.filter(candidacies__state__in=["awaiting_security", "checking"]).annotate(
        done=Count("checks", filter=Q(checks__state="done"), distinct=True)
    )
    recruitment = rows.order_by("level", "-done", "reference")[0]
    account = Account.objects.select_related("person").get(person=recruitment.responsible_id)
    page = _open(browser, url, account, 1280, "light", [], height=1500)
    page.goto(reverse("recruitment_view", kwargs={"pk": recruitment.pk}))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")


def _open(
    browser: Browser,
    url: str,
    account: Account,
    width: int,
    scheme: Any,
    troubles: list[str],
    height: int = 900,
) -> Page:
    """A browser in which the person has signed in; errors of pages, scripts and the server are noted."""
    from tests.benchmarks import people

    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
    )
    cookies = people.signed_in(account).cookies
    context.add_cookies([{"name": c.key, "value": c.value, "url": url} for c in cookies.values()])
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on(
        "response", lambda said: troubles.append(f"{said.status}: {said.url}") if said.status >= 400 else None
    )
    return page


@contextmanager
def _server() -> Iterator[str]:
    """The service on a free port."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    from vetting.reports.public.handler import Door

    server = LiveServerThread("localhost", lambda service: Door(StaticFilesHandler(service)))
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
