"""The printed policy: complete, stable, and known to be stale when it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.document import document
from vetting.policy.engagement_forms import FORMS
from vetting.policy.grounds import GROUNDS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.profiles import PROFILES
from vetting.policy.questions import QUESTIONS
from vetting.policy.retention import RETENTION
from vetting.policy.roles import ROLES
from vetting.policy.workflow import MACHINES


def test_every_code_of_every_table_is_printed() -> None:
    text = document()
    tables = (CHECKPOINTS, FORMS, GROUNDS, PERMISSIONS, PROFILES, QUESTIONS, RETENTION, ROLES)
    for codes in tables:
        for code in codes:
            assert f"`{code}`" in text
    for machine in MACHINES.values():
        for state in machine.states:
            assert f"`{state.code}`" in text
        for step in machine.transitions:
            assert f"`{step.name}`" in text


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    head = 0
    for line in document().splitlines():
        if not line.startswith("|"):
            head = 0
            continue
        cells = line.replace("\\|", "").count("|")
        head = head or cells
        assert cells == head, line


def test_a_drawing_has_every_step_and_no_sign_that_breaks_it() -> None:
    text = document()
    for drawing in text.split("```mermaid\n")[1:]:
        body = drawing.split("```")[0]
        assert body.startswith("stateDiagram-v2\n")
        assert "{" not in body
        for line in body.splitlines()[1:]:
            assert line.count(":") <= 1


def test_the_same_declarations_give_the_same_text() -> None:
    assert document() == document()


def test_the_print_in_the_repository_is_not_stale() -> None:
    call_command("policy_document", "--check")


def test_a_stale_print_is_said_and_not_mended(tmp_path: Path) -> None:
    out = tmp_path / "policy.md"
    with pytest.raises(CommandError):
        call_command("policy_document", "--check", "--out", str(out))
    call_command("policy_document", "--out", str(out), verbosity=0)
    call_command("policy_document", "--check", "--out", str(out))
    out.write_text(out.read_text(encoding="utf-8").replace("Roller", "Rollerna"), encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("policy_document", "--check", "--out", str(out))
    assert "Rollerna" in out.read_text(encoding="utf-8")
