"""A person without a mouse: Tab, Shift-Tab, the arrows, Enter and the space bar, and what she sees on the way.

At every stop the focus is to be seen, within the window, and further on in the page than the last; in full (`SOAK`)
from the first stop of each page to its last and out again, so that nothing holds her (WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.7,
2.4.11).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.browser.person import Mouse, follow_by

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

IN_FULL = bool(os.environ.get("SOAK"))
MOST_STOPS = 400
# Where the focus is: whether out of the page, and otherwise what is wrong with the stop.
STOP = """back => {
  const here = document.activeElement, last = window.lastStop;
  window.lastStop = here;
  if (!here || here === document.body || here === document.documentElement) return {out: true, wrong: []};
  const wrong = [], box = here.getBoundingClientRect();
  const ring = e => { const s = getComputedStyle(e);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
  let near = here;
  for (let n = 0; n < 3 && near && !ring(near); n++) near = near.parentElement;
  if (!near || !ring(near)) wrong.push('the focus is not seen');
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth || !box.width)
    wrong.push('the focus is outside the window');
  const on = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  if (on && on !== here && !here.contains(on) && !on.contains(here) && !(here.labels && [...here.labels].some(
    l => l.contains(on)))) wrong.push('something lies over the focus: ' + on.outerHTML.slice(0, 80));
  const order = back ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  if (last && last.isConnected && last !== document.body && !(last.compareDocumentPosition(here) & order))
    wrong.push('the focus goes against the order of the page');
  return {out: false, wrong: wrong.map(said => said + ': ' + here.outerHTML.slice(0, 120))};
}"""
NOWHERE = "[document.body, document.documentElement, null].includes(document.activeElement)"
FROM_THE_TOP = "document.activeElement.blur(); window.lastStop = null"
HERE = "e => e === document.activeElement"
SAME_CHOICE = """e => { const here = document.activeElement;
  return here.type === 'radio' && here.name === e.name && here.form === e.form; }"""

BEHIND = """e => { const here = document.activeElement;
  return here !== document.body && !!(here.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING); }"""


class Keyboard(Mouse):
    """Hands on a keyboard alone. Raises AssertionError where a stop is wrong, or where something cannot be reached."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.walked: set[str] = set()

    def arrived(self) -> None:
        """Through a page that has not been met before, from its first stop to its last and out again: in full alone."""
        path = self.page.url.split("?")[0]
        if IN_FULL and path not in self.walked:
            self.walked.add(path)
            self.page.evaluate(FROM_THE_TOP)
            assert any(self._tab() for _stop in range(MOST_STOPS)), (
                f"The keyboard does not come out of {path}"
            )

    def press(self, thing: Locator) -> None:
        """Go to a link or a button, and press Enter."""
        self._reach(thing)
        follow_by(self.page, lambda: self.page.keyboard.press("Enter"))

    def unfold(self, summary: Locator) -> None:
        """Go to what is folded away, and press Enter."""
        self._reach(summary)
        self.page.keyboard.press("Enter")

    def mark(self, box: Locator) -> None:
        """Tick with the space bar; among radio buttons walk with the arrows."""
        if box.get_attribute("type") != "radio":
            self._reach(box)
            self.page.keyboard.press("Space")
        else:
            self._reach(box, SAME_CHOICE)
            if not box.is_checked() and box.evaluate(HERE):
                self.page.keyboard.press("Space")
            for _arrow in range(MOST_STOPS):
                if box.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        assert box.is_checked()

    def pick(self, box: Locator, option: str) -> None:
        """Walk down a list with the arrow until the option is chosen."""
        self._reach(box)
        chosen = box.locator("option:checked")
        self.page.keyboard.press("Home")
        for _arrow in range(MOST_STOPS):
            if chosen.inner_text().strip() == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option} cannot be chosen")

    def write(self, box: Locator, text: str) -> None:
        """Go to a box, mark what stands there and write over it."""
        self._reach(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        assert box.input_value() == text

    def _reach(self, thing: Locator, there: str = HERE) -> None:
        """Tab until the focus is there, once round the page at most; back with Shift where that is nearer.

        On a page that has just come the first stop leads past its head.
        """
        thing.wait_for()
        if self.page.evaluate(NOWHERE) and thing.evaluate("e => !!e.closest('main')"):
            self._tab()
            assert self.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
            self.page.keyboard.press("Enter")
            self.page.wait_for_function("document.activeElement.id === 'main'")
        back = bool(thing.evaluate(BEHIND))
        key = "Shift+Tab" if back else "Tab"
        for _stop in range(2 * MOST_STOPS):
            if thing.evaluate(there):
                return
            self._tab(key)
        raise AssertionError(f"The keyboard does not reach {thing}")

    def _tab(self, key: str = "Tab") -> bool:
        """One stop further; whether that led out of the page."""
        self.page.keyboard.press(key)
        found = self.page.evaluate(STOP, key != "Tab")
        assert found["wrong"] == [], f"{self.page.url}: {found['wrong']}"
        return bool(found["out"])
