"""The catalogue of checks. Codes are never renamed and never used again for something else."""

from __future__ import annotations

from vetting.policy.checkpoints import engagement, extracts, final, finalist, protective, recruitment
from vetting.policy.checkpoints.model import LEVELS, STAGES, Checkpoint, EvidenceField, Level, Renewal, Stage

_MODULES = (recruitment, finalist, extracts, final, protective, engagement)


def _in_order() -> list[Checkpoint]:
    """As the work goes: by level, then stage, then as written."""
    declared = [checkpoint for module in _MODULES for checkpoint in module.DECLARED]
    return sorted(declared, key=lambda c: (LEVELS.index(c.belongs_to), STAGES.index(c.stage)))


CHECKPOINTS: dict[str, Checkpoint] = {checkpoint.code: checkpoint for checkpoint in _in_order()}

__all__ = ["CHECKPOINTS", "LEVELS", "STAGES", "Checkpoint", "EvidenceField", "Level", "Renewal", "Stage"]
