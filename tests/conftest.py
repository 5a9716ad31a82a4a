"""What every test has: a database of its own, a deadline, and one closing line for both engines."""

import gc
import os

import pytest

from tests.harness.engines import left_to_the_first_run

pytest_plugins = [
    "tests.harness.databases",
    "tests.harness.deadline",
    "tests.harness.lots",
    "tests.harness.two_runs",
    "tests.harness.browser",
    "tests.harness.gathered",
    "tests.accounts.provider",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long campaigns to `make soak`: each has a shorter run of its own here.

    In the second run, on the other engine, what cannot come out otherwise there is left out.
    """
    out = [] if os.environ.get("SOAK") else [item for item in items if item.get_closest_marker("soak")]
    out += left_to_the_first_run([item for item in items if item not in out])
    config.hook.pytest_deselected(items=out)
    left_out = set(out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: garbage is not looked for in it anew after each few hundred objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
