"""The program's events, and one of a report as a later part of the program will have it."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.events import EVENTS as DECLARED

EVENTS = DECLARED | {"report.submitted": EventSpec("report.submitted", "En anmälan kom in.", (), "reports")}
