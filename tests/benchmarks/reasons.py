"""What docs/speed.md says around its tables, and why a ratio is not where it should be."""

from __future__ import annotations

OPENING = """# What it costs, beside what else there is

Written by `python -m tests.benchmarks.document`, from what `make bench` measured. Works take turns in one run, so what
else the machine does falls on all alike, and the median counts. **Only the ratio is a claim**: ours in relation to what
stands beside it; the times move by a factor of two from run to run. ✓: within reach, ✗: not, and then it says why.
*Recorded* peers are whole applications that were measured on the same two cores before, and cannot run beside ours.

A thousand recruitments are told whole, act by act. Of more, the rest are copies of every so many of them, so that as
large a part has ended, waits and is late: one copy in twenty is the same people's, as when somebody sees 5,000 among
100,000, and the others belong to people of their own. What grows is told from 5,000 to 20,000, and from a thousand to a
hundred thousand.

```
make bench                                              # SQLite → bench.json
TEST_DATABASE_URL=postgresql://… make bench             # a server of your own
BENCH=pages,grants BENCH_SIZES=1000,10000,100000 make bench
BENCH_KEEP=folder make bench                            # what is seeded stays for the next run
```
"""

PARTS = {
    "sealing": "Sealing: a value, and lists of sealed rows",
    "writes": "A write with its history",
    "writers": "Several writers at once",
    "verifier": "Verifying the log",
    "pages": "Pages, beside SQL by hand and a bare view",
    "peers": "Pages, beside a whole application",
    "growth": "The same page with more behind it",
    "grants": "What one may see, newest 25 with count",
    "door": "A question to the door",
    "served": "Pages a second through the web server",
    "reports": "Reports",
    "rounds": "Rounds of several hundred",
    "everyday": "The everyday with many",
}

REASONS: dict[tuple[str, str], str] = {
    ("sealing", "list, none opened"): (
        "a row is made at less cost than a plain one, which about makes up for reading five times the bytes: what is "
        "over is how the run fell out."
    ),
    ("sealing", "list, all opened"): (
        "of 3.4 on SQLite one is the list itself, one the library's calls alone (each value has a key and a "
        "commitment of its own: a cipher is set up for each), 0.6 reading and unwrapping 10,000 keys, the rest the "
        "calls around them. Unwrapped in one call for a page the keys cost the same: tried, and left out. On "
        "PostgreSQL the plain list takes half the processor time and the opening as much: the library's calls "
        "alone are then two."
    ),
    ("writes", "audited writes"): (
        "its processor time is below that of both others (0.74 ms beside 0.79 and 0.80). What it costs more is "
        "written: 21 pages of the file an act, where simple-history alone writes 8 and django-auditlog 12, as "
        "commitment, blind, entry and tree have indexes of their own. On SQLite, whose commits are durable one at "
        "a time, pages are what counts. Next: commitments and blinds kept without a row number of their own, two "
        "pages less."
    ),
    ("writers", "ours, writers:"): (
        "its processor time is below django-auditlog's (0.74 ms beside 0.79), but it writes 21 pages of the file an "
        "act, where that writes 12, and every writer waits for the pages of the one before. Next: commitments and "
        "blinds kept without a row number of their own, two pages less."
    ),
    ("peers", "Mitt arbete"): (
        "ten selections are counted exactly, each number being the number of rows of its list: one's own "
        "recruitments are found by their own indexes and gone through once. Next: what a recruitment waits "
        "for, kept beside it by the act that changes it."
    ),
    ("growth", "worklist"): (
        "numbers stop at a thousand and are counted by indexes, and the newest are the first of each index; what "
        "still grows is the queue of opinions, of which each is asked whether it is within reach. Next: the "
        "recruitment's unit beside the opinion."
    ),
    ("growth", "Mitt arbete"): (
        "one's own recruitments are five times as many (one in twenty of the copies). They are found by indexes "
        "alone, but those that go on are asked one by one what they wait for, and those that have ended whether "
        "anything is new or to be renewed. Next: as for its peer."
    ),
    ("growth", "Kontrollfunktionen"): (
        "a year's rows are counted, and a year has a hundred times as many: a microsecond each, by the index "
        "alone for whoever has every unit, four for others. Next: the recruitment's unit asked of its own "
        "index."
    ),
    ("growth", "search by number"): (
        "the question to the index does not grow; what grows is which of the found are within reach."
    ),
    ("grants", "visible to one with"): (
        "ours is two to four times the raw index, guardian's shortcut ten to sixty times it, by engine and run: "
        "that it was hundreds of times was recorded of other rows, and thirty times faster is about the raw index "
        "itself. Of ours a third is to ask which units and posts are one's own today, a quarter to make 25 "
        "recruitments of their rows, and the rest to count 5,000 to the end, each by its last day and without those "
        "one stands aside from. Next: the last day in one column, and first in the index."
    ),
    ("growth", "what one may see"): (
        "the newest 25 do not grow; the number does, as it is counted to the end here, as guardian's is. The "
        "worklist stops at a thousand."
    ),
    ("served", "worklist, pages a second"): (
        "four clients and the server share two cores, and the page beside is the same rows without door, log "
        "and tabs. Its queries are made once; what is left is a third template, a third the reading of rows, "
        "the rest menu, door and database. Next: the columns that no row shows left out."
    ),
    ("reports", "stored, writers:"): (
        "each report is sealed to every recipient and to its code, and committed durably twice, its keys before "
        "the data. It is 14 ms of processor time, of which the three pages' templates are a third; what two "
        "processes on two cores lose to each other is the rest. Next: the form's fields drawn by fewer templates."
    ),
    ("growth", "reports: list"): (
        "what is open is found by its state, and asked one by one whether one is in its circle; the number of what "
        "is closed is not told."
    ),
    ("rounds", "row by row"): ("25 people with the law's words beside each. Next: the words once."),
}
"""(part, how the row's words begin) → why, and the next step."""

UNMEASURED = """
## Not measured here

- **Figures over a million rows**: the situational picture that would read released cells is not built yet.
"""
