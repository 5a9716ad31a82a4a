"""The sentences of a page, as somebody reads them: paragraphs, points of lists and rows of tables."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = {"p", "li", "tr"}
CELLS = {"td", "th"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[tuple[str, list[str]]] = []
        self.is_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_main |= tag == "main"
        if tag in BLOCKS:
            self.open.append((tag, []))
        elif tag in CELLS and self.open and "".join(self.open[-1][1]).strip():
            self.open[-1][1].append(" – ")
        elif self.open:
            self.open[-1][1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.is_main = False
        if self.open and self.open[-1][0] == tag:
            text = " ".join("".join(self.open.pop()[1]).split())
            if text and self.is_main:
                self.found.append(text)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1][1].append(data)


def sentences(html: str) -> list[str]:
    """What stands in the page's main part, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
