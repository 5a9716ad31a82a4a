"""The demonstration told in batches is, row for row, what people would have left behind step by step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connections

from audit.integrity import findings
from audit.sealer import seal_pending
from tests.harness.databases import RealDatabase, pointed_at
from tests.recruitment.demo_compare import everything
from vetting.crypto import keystore
from vetting.recruitment.demo.seed import fill

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)


@pytest.mark.deadline(600)
@pytest.mark.parametrize("count", [12, pytest.param(50, marks=pytest.mark.soak)])
def test_batches_equal_single_acts(count: int, real_db: RealDatabase, templates: Any) -> None:
    fill(count, live=True, until=NOW)
    if connections["default"].vendor == "postgresql":
        seal_pending()
    assert not list(findings())
    step_by_step = everything()

    names = {alias: templates.copy(alias) for alias in ("default", "keystore")}
    keystore.forget_all()
    with pointed_at(names):
        fill(count, until=NOW)
        assert not list(findings())
        in_batches = everything()
    for name in names.values():
        templates.drop(name)

    for part, rows in step_by_step.items():
        for number, (one, other) in enumerate(zip(rows, in_batches[part], strict=False)):
            assert one == other, f"{part} {number}"
        assert len(rows) == len(in_batches[part]), part
