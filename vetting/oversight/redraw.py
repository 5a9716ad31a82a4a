"""Draws again what the service has drawn, with this one file and Python 3.9 or later: no code of the service.

Example: python3 redraw.py FOLDER --log loggpaket. FOLDER holds draw.json and the two lists that came with this file.
Exit 0: the same were drawn. 1: findings, one a line. 2: could not; standard error says why. Without --log it is unknown
whether the key was committed to before anybody was drawn: verifier.py says that the package of the log is whole.
"""

from __future__ import annotations

import argparse
import csv
import hmac
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

Row = dict[str, str]
BAD = (ValueError, TypeError, KeyError, AttributeError)


def ticket(key: bytes, *parts: str) -> str:
    """HMAC-SHA-256 (RFC 2104) of the parts with a line feed between, in hexadecimal."""
    return hmac.new(key, "\n".join(parts).encode(), sha256).hexdigest()


def read(folder: Path, name: str) -> list[Row]:
    """The rows of a list, by the names of its columns."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample(folder: Path, told: dict[str, Any], key: bytes) -> list[str]:
    """The smallest tickets of the whole population are those that were drawn, in order."""
    population = [row["reference"] for row in read(folder, "population.csv")]
    text = "".join(reference + "\n" for reference in sorted(population))
    found = []
    if len(set(population)) != len(population):
        found.append("population-twice: a reference stands more than once")
    if sha256(text.encode()).hexdigest() != told["population_digest"]:
        found.append("population-differs: the list is not the one that was drawn among")
    again = sorted((ticket(key, "sample", reference), reference) for reference in population)[
        : int(told["size"])
    ]
    drawn = [(row["ticket"], row["reference"]) for row in read(folder, "drawn.csv")]
    for place, (one, other) in enumerate(zip(again, drawn), 1):
        if one != other:
            found.append(f"drawn-differs: place {place} is {one[1]}, and the service says {other[1]}")
    if len(again) != len(drawn):
        found.append(f"size-differs: {len(again)} are drawn, and the service says {len(drawn)}")
    return found


def second(folder: Path, told: dict[str, Any], key: bytes) -> list[str]:
    """Each finalist is drawn or not as her ticket says: its first 64 bits against the authority's per cent."""
    found, seen = [], set()
    for row in read(folder, "draws.csv"):
        who = (row["reference"], row["candidacy"])
        if who in seen:
            found.append(f"drawn-twice: {who[0]} {who[1]}")
        seen.add(who)
        own = int(ticket(key, "second", *who, "1")[:16], 16)
        is_drawn = own * 100 < int(row["percent"]) * 2**64
        if is_drawn != (row["drawn"] == "yes"):
            said = "drawn" if is_drawn else "not drawn"
            found.append(f"drawn-differs: {who[0]} {who[1]} is {said}, and the service says otherwise")
    return found


def acts(log: Path) -> list[tuple[str, dict[str, Any]]]:
    """(act, facts) of every entry of the main log, in order."""
    found = []
    with (log / "entries.jsonl").open(encoding="utf-8") as file:
        for line in file:
            leaf = json.loads(json.loads(line)[3])
            if leaf["tree"].partition(".")[0] == "main":
                found.append((leaf["action"], leaf.get("facts", {})))
    return found


def against_log(folder: Path, told: dict[str, Any], log: Path) -> list[str]:
    """The log committed to the key once, before anybody was drawn with it, and tells of the very same."""
    entries, found = acts(log), []
    mine = [
        n
        for n, (act, facts) in enumerate(entries)
        if act == "draw_key.committed" and facts["draw"] == told["draw"]
    ]
    if len(mine) != 1 or entries[mine[0]][1]["digest"] != told["digest"]:
        return [f"commitment-differs: the log commits {len(mine)} times to {told['draw']}, or to another key"]
    if told["kind"] == "sample":
        drawn = [
            n
            for n, (act, facts) in enumerate(entries)
            if act == "sample.drawn" and facts["seed"] == told["seed"]
        ]
        if len(drawn) != 1 or drawn[0] < mine[0] or entries[drawn[0]][1]["sample"] != told["number"]:
            found.append("order-wrong: the sample was not drawn once, after the key was committed to")
        return found
    went_on: dict[tuple[str, str], int] = {}
    for n, (act, facts) in enumerate(entries):
        if act in ("candidacy.proceeded", "candidacy.taken_over"):
            went_on.setdefault((facts["reference"], facts["candidacy"]), n)
    for row in read(folder, "draws.csv"):
        at = went_on.get((row["reference"], row["candidacy"]))
        if at is None or at < mine[0]:
            found.append(
                f"order-wrong: {row['reference']} {row['candidacy']} did not go on after the commitment"
            )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Draw again and compare."""
    parser = argparse.ArgumentParser(description="Draws again what the service has drawn.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--log", type=Path, help="the unpacked package of the log")
    given = parser.parse_args(arguments)
    try:
        told = json.loads((given.folder / "draw.json").read_text(encoding="utf-8"))
        key = bytes.fromhex(told["seed"])
        found = (
            []
            if sha256(key).hexdigest() == told["digest"]
            else ["key-differs: the key is not the committed one"]
        )
        found += {"sample": sample, "second": second}[told["kind"]](given.folder, told, key)
        if given.log is not None:
            found += against_log(given.folder, told, given.log)
    except (OSError, *BAD) as error:
        sys.stderr.write(f"could not draw again: {type(error).__name__}: {error}\n")
        return 2
    for finding in found:
        sys.stdout.write(f"{finding if finding.isprintable() else ascii(finding)}\n")
    if given.log is None:
        sys.stderr.write("the log was not given: whether the key was committed to beforehand is not known\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
