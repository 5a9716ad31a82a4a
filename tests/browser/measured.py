"""One page measured in a browser: accessible in every look, whole on a narrow screen, light, still, and without errors.

What each figure is, and why these looks, stands in docs/pages.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.harness.browser import HTML_AT_MOST, NARROW, REFLOW, SHIFTED, WATCH, WIDE, Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

TABLET = 768
COLD_AT_MOST = 200_000
"""Bytes of everything that a page brings with it, as transferred to a browser that has nothing."""
COLOURS = ("color-contrast", "link-in-text-block")
"""Axe's rules that ask for colours; no other can come out otherwise in the dark."""
LOOKS: list[tuple[int, Any, tuple[str, ...]]] = [
    (WIDE, "light", ()),
    (WIDE, "dark", COLOURS),
    (NARROW, "dark", ()),
    (NARROW, "light", COLOURS),
]
"""Every rule at each width, and every rule about colours in each light at each width."""
STILL = """document.fonts.ready.then(
  () => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn))))"""
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const right = e => e.getBoundingClientRect().right;
  const shown = [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility({contentVisibilityAuto: true}));
  return shown.sort((a, b) => right(b) - right(a)).slice(0, 3).map(e => `${e.tagName}.${e.className} ${right(e)}`);
}"""
LARGE = [("reflow", REFLOW, ""), ("200 % text", WIDE, "200%"), ("200 % text", TABLET, "200%")]
LARGER_TEXT = "size => { document.documentElement.style.fontSize = size; }"


@dataclass
class Measured:
    """What a page is: bytes of its HTML, bytes of everything when cold, how much it moved, what is to be mended."""

    html: int = 0
    cold: int = 0
    shifts: int = 0
    troubles: list[str] = field(default_factory=list)


class Eyes:
    """A browser of one person, that judges pages. `cookies` are hers."""

    def __init__(self, browser: Browser, url: str, cookies: Any, axe: Axe) -> None:
        self.axe = axe
        self.context = browser.new_context(
            base_url=url, locale="sv-SE", timezone_id="Europe/Stockholm", reduced_motion="reduce"
        )
        self.context.add_cookies(cookies)
        self.context.add_init_script(script=WATCH)
        self.page: Page = self.context.new_page()
        self._said: list[str] = []
        self._sent = 0
        self.page.on("console", lambda said: self._said.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self._said.append(f"script: {error}"))
        network = self.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        network.on("Network.loadingFinished", self._arrived)

    def _arrived(self, told: dict[str, Any]) -> None:
        self._sent += int(told["encodedDataLength"])

    def judge(self, address: str) -> Measured:
        """Open the page cold, and look at it in every look; at the other width cold once more unless all is known."""
        found = Measured()
        self._stand(WIDE)
        self._open(address, found)
        self._look(WIDE, found)
        self._stand(NARROW)
        if not self.axe.knows(self.page):
            self._open(address, found)
        self._look(NARROW, found)
        self._narrow(found)
        return found

    def _stand(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="light" if width == WIDE else "dark")

    def look(self) -> Measured:
        """Judge the page where it stands, which is an answer to what was sent and not opened anew."""
        found = Measured(html=len(self.page.content().encode()))
        found.troubles += [] if found.html <= HTML_AT_MOST else [f"{found.html} bytes of HTML"]
        for width in (WIDE, NARROW):
            self._stand(width)
            self._look(width, found)
        self._narrow(found)
        return found

    def _look(self, width: int, found: Measured) -> None:
        for across, light, rules in LOOKS:
            if across == width:
                self.page.emulate_media(color_scheme=light)
                found.troubles += [f"{width} {light}: {each}" for each in self.axe(self.page, rules)]

    def _open(self, address: str, found: Measured) -> None:
        width = int(self.page.evaluate("innerWidth"))
        answer = self._come(address)
        if any(said.startswith(SHIFTED) for said in self._said):
            answer = self._come(address)  # what a busy machine moved does not move again
        found.html = max(found.html, len(answer.body()))
        found.cold = max(found.cold, self._sent)
        found.shifts += sum(said.startswith(SHIFTED) for said in self._said)
        found.troubles += [f"{width}: {said}" for said in self._said]
        if answer.status != 200:
            found.troubles.append(f"{width}: answers {answer.status}")
        if found.html > HTML_AT_MOST:
            found.troubles.append(f"{width}: {found.html} bytes of HTML")
        if found.cold > COLD_AT_MOST:
            found.troubles.append(f"{width}: {found.cold} bytes when cold")

    def _come(self, address: str) -> Response:
        """Open the address with nothing in the browser, and wait until it is drawn."""
        self._said, self._sent = [], 0
        answer = self.page.goto(address)
        assert answer is not None
        self.page.evaluate(STILL)
        return answer

    def _narrow(self, found: Measured) -> None:
        """At 320 pixels, and with text of twice the size on a desk and on a tablet."""
        for name, width, size in LARGE:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(LARGER_TEXT, size)
            out = self.page.evaluate(TOO_WIDE)
            found.troubles += [f"{name} {width}: wider than the screen: {out}"] if out else []
        self.page.evaluate(LARGER_TEXT, "")

    def close(self) -> None:
        """Close the browser's profile."""
        self.context.close()
