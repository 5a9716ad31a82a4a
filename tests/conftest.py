"""What every test has: a database of its own, a deadline, and one closing line for both engines."""

import os

import pytest

pytest_plugins = [
    "tests.harness.databases",
    "tests.harness.deadline",
    "tests.harness.two_runs",
    "tests.harness.browser",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long campaigns to `make soak`: each has a shorter run of its own here."""
    if os.environ.get("SOAK"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if not item.get_closest_marker("soak")]
