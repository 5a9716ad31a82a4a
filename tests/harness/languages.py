"""Which language the words of a page are in: what stands in English on a Swedish page, and the other way round.

A word tells its language when the catalogue has it on one side alone: in the Swedish sentences, which are the source,
or in the English ones. Beside them stand small words that no sentence of that language goes without. What people have
typed, names of places and posts, are data in the language they are typed in: those of the demonstration are taken away
first. The law is cited in Swedish in every language.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from tests.harness.catalogue import PLURAL, entries

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale/en/LC_MESSAGES/django.po"
SWEDISH, ENGLISH = "sv", "en"
WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
PLACES = re.compile(
    r"%\([a-z_]+\)[sd]|%%|\{[a-z_]*\}|<[^>]+>|\\n"  # places to fill in, tags
    r"|https?://\S+|\S+@\S+|\b\w+(?:\.\w+)+|/[\w/-]+/"  # addresses, names of files and settings
    r"|\b[\w-]*\d[\w-]*|\b[A-ZÅÄÖ]{2,}\b"  # references, codes, abbreviations
)
"""What of a sentence is no word of it."""
CITED = re.compile(r"\d+ kap\.[\d\s,§–a-z]*(?:och|eller)?[\d\s,§–a-z]*")
DEMONSTRATION = "vetting/*/demo*.py", "vetting/*/demo/*.py"
SMALL = {
    ENGLISH: """the and this that these those with your you they their are was were been have which please must cannot
        should would about from what when who why how not but yes error required invalid field submit click here enter
        choose select search next previous page back home save cancel delete edit sign password username""",
    SWEDISH: """och att det som är av för inte till den ett på eller har med kan om ska vid från när här där måste får
        vara blir finns över under efter också bara alla utan mot hos varje någon något välj spara avbryt sök nästa
        föregående sida tillbaka lösenord""",
}
SPOKEN = ("alt", "aria-label", "aria-description", "placeholder", "title", "label", "content", "value")
"""Attributes whose text reaches people."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "code", "pre", "kbd", "svg"}


@cache
def words_of(language: str) -> frozenset[str]:
    """The words that tell a page's language to be this one: in its sentences, and in none of the other's."""
    sides: dict[str, set[str]] = {SWEDISH: set(), ENGLISH: set()}
    for source, said in entries(CATALOGUE).items():
        sides[SWEDISH] |= _words(source.replace(PLURAL, " "))
        sides[ENGLISH] |= _words(" ".join(said))
    other = SWEDISH if language == ENGLISH else ENGLISH
    return frozenset(sides[language] | _words(SMALL[language])) - sides[other] - _words(SMALL[other])


@cache
def typed() -> re.Pattern[str]:
    """What the people of the demonstration have typed: every text of the modules that tell it, the longest first."""
    found = set[str]()
    for module in (path for room in DEMONSTRATION for path in sorted(ROOT.glob(room))):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        found |= {" ".join(text.split()) for text in texts if isinstance(text, str)}
    whole = sorted((text for text in found if len(text) > 3), key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, whole))})(?!\w)")


def foreign_words(page: str, language: str) -> list[str]:
    """The words of the page in the other language than it is written in, each once with what stands around it.

    What the page marks with another `lang` is left out.
    """
    wrong = words_of(SWEDISH if language == ENGLISH else ENGLISH)
    found: dict[str, str] = {}
    for text in texts_of(page, language):
        if _words(text) & wrong:  # what was typed is looked for only where something would be wrong
            for word in sorted(_words(CITED.sub(" ", typed().sub(" ", text))) & wrong):
                found.setdefault(word, text)
    return [f"{word}: {text[:160]}" for word, text in found.items()]


def texts_of(page: str, language: str) -> list[str]:
    """The page's texts in its own language, in order: what is shown, and what is read aloud."""
    reader = _Reader(language)
    reader.feed(page)
    reader.close()
    return reader.texts


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(PLACES.sub(" ", text))}


class _Reader(HTMLParser):
    """Collects texts; leaves out what is not read, and what is marked with another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.texts, self._open = language, [], [(True, "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        read = (
            self._open[-1][0] and tag not in SILENT and (given.get("lang") or self.language) == self.language
        )
        if read:
            self.texts += [text for name in SPOKEN if (text := self._spoken(tag, name, given))]
        if tag not in VOID:
            self._open.append((read, tag))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[1] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] and (text := " ".join(data.split())):
            self.texts.append(text)

    @staticmethod
    def _spoken(tag: str, name: str, given: dict[str, str | None]) -> str:
        """What an attribute says to people: a value only of a button, content only of a description."""
        if name == "value" and not (tag == "input" and given.get("type") in {"submit", "button"}):
            return ""
        if name == "content" and given.get("name") != "description":
            return ""
        return given.get(name) or ""
