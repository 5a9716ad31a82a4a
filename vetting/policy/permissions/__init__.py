"""Every permission there is. What is not here cannot be done."""

from __future__ import annotations

from vetting.policy.permissions import (
    administration,
    candidacy,
    check,
    control,
    decision,
    delegation,
    disposal,
    everyone,
    note,
    organisation,
    oversight,
    pool,
    recipient,
    recruitment,
    report,
    report_giving,
    reporting,
    waiver,
)
from vetting.policy.permissions.model import Kind, Logged, Permission

PERMISSIONS: dict[str, Permission] = {
    permission.code: permission
    for module in (
        everyone,
        recruitment,
        note,
        candidacy,
        check,
        waiver,
        decision,
        pool,
        organisation,
        administration,
        delegation,
        oversight,
        control,
        disposal,
        reporting,
        report,
        report_giving,
        recipient,
    )
    for permission in module.DECLARED
}

__all__ = ["PERMISSIONS", "Kind", "Logged", "Permission"]
