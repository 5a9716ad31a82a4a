"""The act in progress in this thread or task, if any."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.bulk import Writer
    from audit.recorder import Act

current_act: ContextVar[Act | None] = ContextVar("audit_act", default=None)
current_writer: ContextVar[Writer | None] = ContextVar("audit_writer", default=None)
