"""The long campaigns in full numbers: `python -m tests.soak [FILE]` (soak.json). `SOAK=name` runs one.

A campaign is a test that the suite holds too, with its numbers turned up; here is only who runs, and what came of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.harness.cluster import server

ROOT = Path(__file__).resolve().parents[1]


SQLITE, POSTGRES = BOTH = "SQLite", "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Campaign:
    """Which tests, with which environment, and how many attempts of what that makes on each engine.

    `engines`: a line for each; without them on the engine that TEST_DATABASE_URL says, if any.
    """

    name: str
    tries: str
    number: int
    tests: tuple[str, ...]
    environment: dict[str, str]
    engines: tuple[str, ...] = ()


CAMPAIGNS = (
    Campaign("blobs", "mutated ciphertexts", 1_000_000, ("tests/crypto/test_envelope.py",), {"SOAK": "1"}),
    Campaign(
        "kills", "kill -9 under two writers", 200, ("tests/audit/test_crash.py",), {"KILL_ROUNDS": "200"}
    ),
    Campaign(
        "races",
        "races of four approvals at once",
        1_000,
        ("tests/access/test_approval_races.py", "tests/recruitment/test_races.py"),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "tampering",
        "tamperings of thirty classes",
        1_500,
        ("tests/audit/test_tampering.py::test_every_class_is_found",),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "untouched",
        "logs that nobody touched",
        200,
        ("tests/audit/test_tampering.py::test_what_nobody_touched_is_found_to_be_so",),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "signatures",
        "Ed25519, two implementations",
        10_000,
        ("tests/audit/test_verifier_signatures.py", "tests/audit/test_verify_signatures.py"),
        {"SOAK": "1"},
    ),
    Campaign(
        "canaries",
        "reports tried with every key of the service",
        1_000,
        (
            "tests/reports/test_opening.py::test_all_the_services_keys_together_open_nothing",
            "tests/reports/public/test_canaries.py",
            "tests/reports/test_handling.py::test_old_copies_put_back_after_disposal_stay_shut",
        ),
        {"SOAK": "1"},
    ),
    Campaign(
        "codes",
        "disposed codes timed against unknown ones",
        10_000,
        ("tests/reports/test_returning.py::test_their_times_are_alike",),
        {"SOAK": "1"},
    ),
    Campaign("writers", "acts of eight writers at once", 120, ("tests/audit/test_races.py",), {}),
    Campaign(
        "routes",
        "roles against every route",
        17,
        ("tests/access/test_every_route.py", "tests/reports/test_routes.py"),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "answers",
        "persons asking every address in every way",
        3,
        ("tests/access/test_every_answer.py",),
        {"SOAK": "1"},
    ),
    Campaign(
        "crawl",
        "accounts along every link",
        50,
        ("tests/access/test_crawl.py",),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "agreement",
        "accounts at every list and page",
        50,
        ("tests/access/test_agreement.py",),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "statutes",
        "ways round a check that a statute demands",
        3_840,
        (
            "tests/recruitment/test_never_put_off.py",
            "tests/recruitment/test_never_for_all.py",
            "tests/recruitment/test_never_reused_elsewhere.py",
            "tests/recruitment/test_never_looked_up_again.py",
        ),
        {"SOAK": "1"},
        engines=BOTH,
    ),
    Campaign(
        "pages",
        "pages of roles measured, and by keyboard",
        400,
        ("tests/browser/test_every_page.py", "tests/browser/test_keyboard.py"),
        {"SOAK": "1"},
    ),
    Campaign(
        "looks",
        "answers that the tests are given, looked at",
        1_000,
        ("tests/browser/test_pages_of_the_tests.py",),
        {"SOAK": "1"},
    ),
    Campaign(
        "schema",
        "databases migrated with fields put together anew",
        1,
        ("tests/house/test_migrated_schema.py",),
        {"SOAK": "1"},
    ),
    Campaign("engine", "the whole suite", 1, ("tests", "-m", "not browser"), {}, engines=(POSTGRES,)),
    Campaign(
        "round",
        "people from a list to the decision",
        300,
        ("tests/browser/test_clicks_round.py",),
        {"ROUND_PEOPLE": "300"},
    ),
    Campaign(
        "batches", "recruitments told twice", 50, ("tests/recruitment/test_demo_equal.py",), {"SOAK": "1"}
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one campaign. A campaign survives only when every test of it passed and none was skipped."""

    name: str
    tries: str
    tried: int
    survived: int
    tests: int
    seconds: float
    said: str


def main(arguments: list[str]) -> int:
    """Run them; exit 0 when all survived, 1 when one did not, 2 for a name there is not."""
    wanted = os.environ.get("SOAK", "")
    chosen = [campaign for campaign in CAMPAIGNS if wanted in ("", campaign.name)]
    if not chosen:
        sys.stderr.write(f"SOAK is one of {', '.join(c.name for c in CAMPAIGNS)}.\n")
        return 2
    outcomes = []
    with server() if any(campaign.engines for campaign in chosen) else nullcontext() as address:
        for campaign in chosen:
            sys.stderr.write(f"{campaign.name}: {campaign.number:,} {campaign.tries} …\n")
            outcomes += on_each(campaign, address) if campaign.engines else [run(campaign)]
    target = Path(arguments[0] if arguments else ROOT / "soak.json")
    target.write_text(json.dumps([asdict(o) for o in outcomes], indent=1, ensure_ascii=False))
    sys.stdout.write(
        f"{'campaign':10}  {'what':42}  {'tried':>9}  {'survived':>9}  {'tests':>5}  {'seconds':>7}\n"
    )
    for o in outcomes:
        sys.stdout.write(
            f"{o.name:10}  {o.tries:42}  {o.tried:>9,}  {o.survived:>9,}  {o.tests:>5}  {o.seconds:>7.0f}\n"
        )
        if o.said:
            sys.stdout.write(f"{o.said}\n")
    sys.stdout.write(f"Also in {target}\n")
    return int(any(o.survived < o.tried for o in outcomes))


def on_each(campaign: Campaign, address: str | None) -> Iterator[Outcome]:
    """The campaign on each of its engines, PostgreSQL being the server at this address."""
    for engine in campaign.engines:
        here = replace(campaign, tries=f"{campaign.tries}, {engine}")
        if engine == SQLITE:
            yield run(here, {"TEST_DATABASE_URL": ""})
        elif address is None:
            yield Outcome(here.name, here.tries, here.number, 0, 0, 0.0, "PostgreSQL cannot be had here.")
        else:
            yield run(here, {"TEST_DATABASE_URL": address})


def run(campaign: Campaign, engine: Mapping[str, str] | None = None) -> Outcome:
    """One campaign in a process of its own. All or nothing: a failed test says where, not how many got through."""
    clean = {name: value for name, value in os.environ.items() if name not in ("SOAK", "KILL_ROUNDS")}
    clean = {name: value for name, value in {**clean, **(engine or {})}.items() if value}
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "outcomes.json"
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *campaign.tests],
            cwd=ROOT,
            env=clean | campaign.environment | {"OUTCOMES_TO": str(report)},
            capture_output=True,
            text=True,
            check=False,
        )
        counts = json.loads(report.read_text())["counts"] if report.exists() else {"passed": 0, "skipped": 0}
    survived = ended.returncode == 0 and counts["skipped"] == 0 and counts["passed"] > 0
    return Outcome(
        campaign.name,
        campaign.tries,
        campaign.number,
        campaign.number if survived else 0,
        counts["passed"],
        time.monotonic() - began,
        "" if survived else f"{ended.stdout[-3000:]}{ended.stderr[-1000:]}",
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
