"""The suite runs once per engine; the closing line of the second run counts both.

The first run writes its outcomes to the file that OUTCOMES_TO names, the second adds those of OUTCOMES_FROM to its
own. So the last line is the runner's, and a failure on either engine shows in it and in the exit code.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
TOLD = ("failed", "error", "skipped")


class Earlier:
    """An outcome of the run before that needs no words: it only counts."""

    count_towards_summary = True


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int) -> None:
    """Write, or add, the outcomes."""
    stats = terminalreporter.stats
    if target := os.environ.get("OUTCOMES_TO"):
        told = {kind: [[each.nodeid, words(each)] for each in stats.get(kind, [])] for kind in TOLD}
        counts = {kind: len(stats.get(kind, [])) for kind in COUNTED}
        Path(target).write_text(json.dumps({"counts": counts, "told": told, "exit": int(exitstatus)}))
    if os.environ.get("OUTCOMES_FROM"):
        run = earlier()
        for kind, number in run["counts"].items():
            each: list[Any] = [told_report(kind, *said) for said in run["told"].get(kind, [])]
            each += [Earlier() for _ in range(number - len(each))]
            if each:
                stats.setdefault(kind, []).extend(each)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that follows a failed one has failed."""
    if os.environ.get("OUTCOMES_FROM") and not hasattr(session.config, "workerinput") and earlier()["exit"]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def earlier() -> dict[str, Any]:
    """The outcomes of the first run; one error where it ended before it could write any."""
    try:
        found: dict[str, Any] = json.loads(Path(os.environ["OUTCOMES_FROM"]).read_text())
    except (OSError, ValueError):
        found = {
            "counts": {"error": 1},
            "told": {"error": [["the first run", "It ended before its time."]]},
            "exit": 3,
        }
    return found


def words(report: Any) -> str:
    """What a report says: the reason of a skip, the text of a failure."""
    said = report.longrepr
    return str(said[2]) if isinstance(said, tuple) else str(said)


def told_report(kind: str, nodeid: str, said: str) -> pytest.TestReport:
    """A failure or a skip of the first run, as the second run's summary lists it."""
    where = (nodeid.split("::")[0], None, nodeid)
    if kind == "skipped":
        return pytest.TestReport(nodeid, where, {}, "skipped", (where[0], 0, said), "call")
    return pytest.TestReport(f"first run: {nodeid}", where, {}, "failed", said, "call")
