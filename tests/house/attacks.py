"""The attacks that were thought of, and what answers each: docs/attacks.csv printed as docs/attacks.md.

`python -m tests.house.attacks` writes it; tests/house/test_attacks.py says when it is stale.
"""

import csv
from dataclasses import dataclass

from tests.house.asvs import ROOT, STATES, link

SOURCE = ROOT / "docs" / "attacks.csv"
PRINTED = ROOT / "docs" / "attacks.md"
PARTS = {
    1: "By whoever writes in the database",
    18: "By somebody with a login",
    33: "On reports",
    48: "Through the web",
    59: "By chance, and in operation",
    71: "On disposal, documents and keys",
    82: "On lists, and what goes from page to page",
}

HEAD = """# Attacks

**På svenska i korthet.** Drygt åttio sätt att lura tjänsten som vi har tänkt på, vad som svarar på vart och ett, och
vilket test som visar det. Det som saknas står öppet.

The one to design for is inside: an officer with a login, an administrator with the database, a compromised approver.
Each attack is carried out by the test beside it, on the real parts. Printed from [attacks.csv](attacks.csv) by
`python -m tests.house.attacks`: change that file, and print anew.
"""


@dataclass(frozen=True, slots=True)
class Attack:
    """A row of the table: evidence is a list of `path::test`."""

    number: int
    who: str
    what: str
    answer: str
    state: str
    evidence: tuple[str, ...]
    remark: str


def attacks() -> list[Attack]:
    """The rows of docs/attacks.csv, as they stand there."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        return [
            Attack(
                number=int(row["number"]),
                who=row["who"],
                what=row["what"],
                answer=row["answer"],
                state=row["state"],
                evidence=tuple(part.strip() for part in row["evidence"].split(";") if part.strip()),
                remark=row["remark"],
            )
            for row in csv.DictReader(file)
        ]


def document() -> str:
    """The page, in Markdown."""
    lines = [HEAD.rstrip()]
    for row in attacks():
        if row.number in PARTS:
            lines += [
                f"\n## {PARTS[row.number]}\n",
                "| | Attack | Answer | State | Shown by |",
                "| --- | --- | --- | --- | --- |",
            ]
        shown = ", ".join(map(link, row.evidence)) or row.remark
        state = STATES[row.state] if row.state == "met" else f"**{STATES[row.state]}**"
        answer = f"{row.answer}; {row.remark}" if row.evidence and row.remark else row.answer
        lines.append(f"| {row.number} | {row.who} {row.what} | {answer} | {state} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PRINTED.write_text(document(), encoding="utf-8")
