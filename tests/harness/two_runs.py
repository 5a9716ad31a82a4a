"""The suite runs once per engine; the closing line of the second run counts both.

The first run writes its outcomes to the file of `--outcomes-to`, the second reads them with `--outcomes-from`. So the
last line is the runner's own, and a failure on either engine shows in it and in the exit code.
"""

import json
from pathlib import Path
from typing import Any

import pytest

COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")
TOLD = ("failed", "error", "skipped", "xpassed")


class Earlier:
    """An outcome of the run before that needs no words: it only counts."""

    count_towards_summary = True


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options, both of them a path."""
    group = parser.getgroup("two runs")
    group.addoption("--outcomes-to", type=Path, help="write this run's outcomes here")
    group.addoption("--outcomes-from", type=Path, help="count the outcomes of an earlier run with this one's")


@pytest.hookimpl(tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """Write, or add, the outcomes."""
    target, source = config.getoption("--outcomes-to"), config.getoption("--outcomes-from")
    stats = terminalreporter.stats
    if target:
        told = {
            kind: [
                config.hook.pytest_report_to_serializable(config=config, report=each)
                for each in stats.get(kind, [])
            ]
            for kind in TOLD
        }
        counts = {kind: len(stats.get(kind, [])) for kind in COUNTED}
        target.write_text(json.dumps({"counts": counts, "told": told, "exit": int(exitstatus)}))
    if source:
        earlier = json.loads(source.read_text())
        for kind, number in earlier["counts"].items():
            words = [
                config.hook.pytest_report_from_serializable(config=config, data=data)
                for data in earlier["told"].get(kind, [])
            ]
            if words or number:
                stats.setdefault(kind, []).extend(words or [Earlier() for _ in range(number)])


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that follows a failed one has failed."""
    source = session.config.getoption("--outcomes-from")
    if source and not hasattr(session.config, "workerinput") and json.loads(source.read_text())["exit"]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
