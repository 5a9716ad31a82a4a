"""Another way in: told to a recipient. Sealed as any report."""

from __future__ import annotations

from dataclasses import replace

from vetting.access.actor import Actor
from vetting.access.door import Facts, require
from vetting.crypto.written import Code
from vetting.reports.directory import DIRECTORY_OF
from vetting.reports.models import Report
from vetting.reports.receipts import Receipt
from vetting.reports.submit import Submission, directory_for, receive


def enter_oral(told: Submission, code: Code, *, by: Actor) -> Receipt:
    """Write down what somebody told; the code is hers, so that she can read, correct and approve it (8 kap. 1–3 §§).

    Raises Denied, BadInput, NoRecipients, Busy.
    """
    whose = directory_for(told.channel, told.concerns_security)
    own = frozenset(role for role, directory in DIRECTORY_OF.items() if directory == whose and by.holds(role))
    answer = require(by, "report.enter_oral", Facts(assigned=own))
    told = replace(told, way=str(Report.Way.ORAL))
    return receive(told, code, event="report.oral_entered", who=by.who(answer.role), role=str(answer.role))
