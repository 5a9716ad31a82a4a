"""Every sentence of the first reporting page with what it rests on: docs/promises.csv, printed in docs/reporting.md.

`python -m tests.house.promises` writes it; tests/reports/public/test_promises_table.py says when a sentence is missing,
when one on the page has changed, and when the print is stale.
"""

import csv
from dataclasses import dataclass

from tests.house.asvs import ROOT, link

SOURCE = ROOT / "docs" / "promises.csv"
PRINTED = ROOT / "docs" / "reporting.md"
BEGIN, END = "<!-- promises.csv: begin -->", "<!-- promises.csv: end -->"
KINDS = {
    "protected": "protected",
    "not protected": "not protected",
    "learns": "who learns of it",
    "next": "what happens next",
    "way": "how it is done",
    "help": "help now",
    "words": "no promise",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the page: what kind it is, how it is kept, and the tests that show it."""

    sentence: str
    kind: str
    how: str
    evidence: tuple[str, ...]


def rows() -> list[Row]:
    """The table, in the order of the page."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return [
            Row(
                row["sentence"],
                row["kind"],
                row["how"],
                tuple(part.strip() for part in row["evidence"].split(";") if part.strip()),
            )
            for row in csv.DictReader(file)
        ]


def printed() -> str:
    """The table in Markdown; what promises nothing is left out."""
    lines = [
        "| Sentence on the page | Protected? | How, and what is left | Test |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {row.sentence} | {KINDS[row.kind]} | {row.how} | {', '.join(map(link, row.evidence))} |"
        for row in rows()
        if row.kind != "words"
    ]
    return "\n".join(lines)


def document() -> str:
    """The threat model with the table as it is now."""
    before, _begin, rest = PRINTED.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{printed()}\n{END}{after}"


if __name__ == "__main__":
    PRINTED.write_text(document(), encoding="utf-8")
