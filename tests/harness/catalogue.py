"""Reading a catalogue of translations: which sentence is said how."""

from __future__ import annotations

from pathlib import Path

PLURAL = "\x00"


def entries(path: Path) -> dict[str, list[str]]:
    """msgid → translations (one, or one per plural form); fuzzy and obsolete entries have none."""
    found: dict[str, list[str]] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        fuzzy = any(line.startswith("#,") and "fuzzy" in line for line in lines)
        texts: dict[str, str] = {}
        key = ""
        for line in lines:
            if line.startswith("#"):
                continue
            name, _space, rest = line.partition(" ")
            if not line.startswith('"'):
                key, line = name, rest
            texts[key] = texts.get(key, "") + line.strip()[1:-1]
        if texts.get("msgid"):
            said = [text for name, text in texts.items() if name.startswith("msgstr")]
            # A plural's places count as the sentence's own: "%(count)s" may stand in one form alone.
            found[texts["msgid"] + PLURAL + texts.get("msgid_plural", "")] = [] if fuzzy else said
    return found
