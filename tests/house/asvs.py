"""The table of OWASP ASVS 5.0.0: docs/asvs.csv printed as docs/asvs.md.

`python -m tests.house.asvs` writes it; tests/house/test_asvs.py says when it is stale.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "asvs.csv"
PRINTED = ROOT / "docs" / "asvs.md"
STATES = {"met": "met", "partly": "partly", "gap": "gap", "not_applicable": "not applicable"}
CHAPTERS = (
    "Encoding and cleaning", "Validation and business logic", "Web pages", "Interfaces", "Files", "Sign-in", "Sessions",
    "Authorisation", "Self-contained tokens", "OAuth and OpenID Connect", "Cryptography", "Communication",
    "Configuration", "Data protection", "Coding and architecture", "Logging and errors", "WebRTC",
)  # fmt: skip

HEAD = """# OWASP ASVS 5.0.0

**På svenska i korthet.** Här står varje krav i OWASP ASVS 5.0.0: om det uppfylls, av vilket test eller dokument, eller
vad som saknas. Projektet har självt gjort bedömningen; ingen utomstående har granskat den.

Each requirement of level 1 and 2, then those of level 3 in short. *Met* names what shows it: a test, a document, or the
code where nothing but a setting or its absence does. *Partly* and *gap* say what is missing, *not applicable* why. What
is set outside the service (proxy, certificates, servers) counts as met only where the
[operator's description](operator.md) has it; whether an installation follows that is not known here. The project has
judged this itself, reading its own code; no independent review has been made.

Numbers and levels are those of the OWASP Application Security Verification Standard 5.0.0
(<https://github.com/OWASP/ASVS>), © The OWASP Foundation, licence
[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/). The wordings here are our own, much shorter, and no
replacement for its text; this page and `asvs.csv` are shared under the same licence. Printed from [asvs.csv](asvs.csv)
by `python -m tests.house.asvs`: change that file, and print anew.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of the table: evidence is a list of `path`, `path::test` or `path.md#heading`."""

    id: str
    level: int
    short: str
    state: str
    evidence: tuple[str, ...]
    remark: str

    @property
    def chapter(self) -> int:
        """The number before the first full stop."""
        return int(self.id[1:].split(".")[0])


def requirements() -> list[Requirement]:
    """The rows of docs/asvs.csv, as they stand there."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return [
            Requirement(
                id=row["id"],
                level=int(row["level"]),
                short=row["short"],
                state=row["state"],
                evidence=tuple(part.strip() for part in row["evidence"].split(";") if part.strip()),
                remark=row["remark"],
            )
            for row in csv.DictReader(file)
        ]


def document() -> str:
    """The page, in Markdown."""
    rows = requirements()
    return HEAD + "\n" + "\n".join([*_counts(rows), *_lower(rows), *_third(rows)]) + "\n"


def _counts(rows: list[Requirement]) -> Iterator[str]:
    yield "## Counts\n"
    yield "In each cell: met · partly · gap · not applicable.\n"
    yield "| Chapter | Level 1 | Level 2 | Level 3 |"
    yield "| --- | --- | --- | --- |"
    for number, name in enumerate(CHAPTERS, 1):
        mine = [row for row in rows if row.chapter == number]
        yield f"| V{number} {name} | " + " | ".join(_tally(mine, level) for level in (1, 2, 3)) + " |"
    yield "| **All** | " + " | ".join(f"**{_tally(rows, level)}**" for level in (1, 2, 3)) + " |"


def _tally(rows: list[Requirement], level: int) -> str:
    states = [row.state for row in rows if row.level == level]
    return " · ".join(str(states.count(state)) for state in STATES) if states else "–"


def _lower(rows: list[Requirement]) -> Iterator[str]:
    for number, name in enumerate(CHAPTERS, 1):
        yield f"\n## V{number} {name}\n"
        yield "| Id | Level | Requirement, in our words | State | Shown by | Remark |"
        yield "| --- | --- | --- | --- | --- | --- |"
        for row in rows:
            if row.chapter == number and row.level < 3:
                shown = ", ".join(map(link, row.evidence))
                cells = (row.id, str(row.level), row.short, _state(row), shown, row.remark)
                yield "| " + " | ".join(cells) + " |"


def _third(rows: list[Requirement]) -> Iterator[str]:
    yield "\n## Level 3\n"
    yield "Not a level this version aims at. What meets the rest stands in `asvs.csv`.\n"
    yield "| Id | Requirement, in our words | State | Reason |"
    yield "| --- | --- | --- | --- |"
    for row in rows:
        if row.level == 3:
            reason = row.remark or ", ".join(map(link, row.evidence))
            yield f"| {row.id} | {row.short} | {_state(row)} | {reason} |"


def _state(row: Requirement) -> str:
    words = STATES[row.state]
    return f"**{words}**" if row.state in {"gap", "partly"} else words


def link(evidence: str) -> str:
    """The Markdown link to a piece of evidence."""
    path, _, test = evidence.partition("::")
    file, _, heading = path.partition("#")
    target = file.removeprefix("docs/") if file.startswith("docs/") else f"../{file}"
    words = f"{file.rsplit('/', 1)[-1]}::{test}" if test else file.removeprefix("docs/")
    return f"[{words}]({target}#{heading})" if heading else f"[{words}]({target})"


if __name__ == "__main__":
    PRINTED.write_text(document(), encoding="utf-8")
