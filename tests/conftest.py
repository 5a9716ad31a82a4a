"""What every test has: a database of its own, a deadline, and one closing line for both engines."""

import os

import pytest

pytest_plugins = [
    "tests.harness.databases",
    "tests.harness.deadline",
    "tests.harness.two_runs",
    "tests.harness.browser",
    "tests.accounts.provider",
]


DATABASES = {"db", "real_db", "live", "transactional_db", "seeded"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long campaigns to `make soak`: each has a shorter run of its own here.

    In the second run, on the other engine, what asks no database is left out: it says the same there.
    """
    out = [] if os.environ.get("SOAK") else [item for item in items if item.get_closest_marker("soak")]
    if os.environ.get("OUTCOMES_FROM"):
        out += [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=out)
    left_out = set(out)
    items[:] = [item for item in items if item not in left_out]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASES) or item.get_closest_marker("django_db") is not None
