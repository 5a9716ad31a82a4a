"""What a browser would send from a form, read from the page itself: a field that stands there twice goes twice."""

from __future__ import annotations

from html.parser import HTMLParser

SILENT = {"submit", "button", "reset", "image", "file"}
Attributes = list[tuple[str, str | None]]


class _Forms(HTMLParser):
    """Every form that is posted, with its fields in the order of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, list[str]]] = []
        self._inside = False
        self._area: str | None = None
        self._list: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Fields with what they hold; ticks that are ticked, choices that are chosen."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("method", "").lower() == "post"
            self.forms += [{}] if self._inside else []
        elif tag == "input" and said.get("type") not in SILENT:
            if said.get("type") not in {"checkbox", "radio"} or "checked" in said:
                self._put(said.get("name", ""), said.get("value", ""))
        elif tag == "textarea":
            self._area, self._text = said.get("name", ""), ""
        elif tag == "select":
            self._list = said.get("name", "")
        elif tag == "option" and self._list and "selected" in said:
            self._put(self._list, said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """A box of several lines is whole at its end."""
        if tag == "textarea" and self._area is not None:
            self._put(self._area, self._text.removeprefix("\n"))
            self._area = None
        elif tag == "select":
            self._list = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        """The text of a box."""
        self._text += data

    def _put(self, name: str, value: str) -> None:
        if self._inside and name:
            self.forms[-1].setdefault(name, []).append(value)


def sent_from(html: str, having: str) -> dict[str, list[str]]:
    """The fields of the page's form that has one called `having`. Raises LookupError where there is none."""
    parser = _Forms()
    parser.feed(html)
    for form in parser.forms:
        if having in form:
            return form
    raise LookupError(f"No form has {having}.")
