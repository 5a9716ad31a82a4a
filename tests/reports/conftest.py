"""The municipality with its recipients, fresh for each test."""

from __future__ import annotations

import pytest

from tests.reports.recipients import Desk, build_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Recipients of every directory, in the test's own transaction."""
    return build_desk()
