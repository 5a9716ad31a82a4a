"""A report with its circle, locked for an act or loaded for a page: what the door is asked about, how acts are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.covered import Covered
from audit.recorder import Act, Who, act
from vetting.access.actor import Actor, is_open
from vetting.access.door import Answer, Denied, Facts, require
from vetting.policy.events import EVENTS
from vetting.policy.workflow import WrongTransition, next_state
from vetting.reports.days import today
from vetting.reports.errors import WrongState
from vetting.reports.models import Member, Report

REPORTER = Who(person_id=None, account_id=None, role="reporter")
Once = UUID | None


@dataclass
class Case:
    """One report and everybody who is or was in its circle."""

    report: Report
    members: list[Member]

    @classmethod
    def load(cls, pk: UUID) -> Case:
        """For a page: two queries. Raises Report.DoesNotExist."""
        return cls._with(Report.objects.get(pk=pk))

    @classmethod
    @contextmanager
    def locked(cls, pk: UUID) -> Iterator[Case]:
        """For acts, in one transaction. Raises Report.DoesNotExist."""
        with transaction.atomic():
            yield cls._with(Report.objects.select_for_update().get(pk=pk))

    @classmethod
    def _with(cls, report: Report) -> Case:
        return cls(
            report, list(Member.objects.filter(report=report).select_related("key").order_by("number"))
        )

    @property
    def pk(self) -> UUID:
        """The report's id."""
        return self.report.pk

    @property
    def circle(self) -> list[Member]:
        """Those who can read it now."""
        return [member for member in self.members if member.state == "member"]

    @property
    def is_set_apart(self) -> bool:
        """Whether nobody in the circle may read it now, also while its disposal is proposed."""
        return is_set_apart(self.report)

    def member_of(self, person_id: UUID) -> Member | None:
        """The person's place in the circle, whatever its state."""
        return next((member for member in self.members if member.person_id == person_id), None)

    def facts_for(self, actor: Actor, *, proposer: UUID | None = None, grantee: UUID | None = None) -> Facts:
        """What the door needs to know. `proposer` and `grantee` are those of the part in question."""
        mine, place = actor.person_id, self.member_of(actor.person_id)
        relations: set[str] = set()
        assigned: frozenset[str] = frozenset()
        if place is not None and place.state == "member":
            relations.add("circle_member")
            assigned = frozenset({place.role})
        if place is not None and place.state == "left":
            relations.add("excluded_recipient")
        said = {
            "case_owner": self.report.owner_id,
            "proposer": proposer or self.report.proposer_id or self.report.moving_by_id,
            "grantee": grantee,
            "setter": self.report.setter_id if self.report.state == "quarantined" else self.report.hold_by_id,
        }
        relations |= {name for name, person in said.items() if person == mine}
        return Facts(assigned=assigned, relations=frozenset(relations))

    def require(self, by: Actor, permission: str, **part: Any) -> Answer:
        """Ask the door about this report. Raises Denied."""
        return require(by, permission, self.facts_for(by, **part))

    def step(self, transition: str) -> None:
        """Take a transition of the machine `report`. Raises WrongState."""
        self.report.state = moved("report", transition, self.report.state)

    @contextmanager
    def act(
        self,
        event: str,
        by: Actor | None,
        role: str = "reporter",
        *,
        once: Once = None,
        subject: UUID | None = None,
        **facts: Any,
    ) -> Iterator[Act]:
        """One act in this report; by None it is the reporter's, who is nobody. Raises Denied, AlreadyDone."""
        if by is not None and not is_open(by):
            raise Denied(event, "account")
        known = {
            "role": str(role),
            "report": self.report.reference,
            "channel": str(self.report.channel),
            "date": today(),
        }
        wanted = EVENTS[event].facts
        said = {name: value for name, value in known.items() if name in wanted} | facts
        who = REPORTER if by is None else by.who(role)
        with act(event, who, subject=subject or self.pk, facts=said, once=once) as entry:
            yield entry

    def save(self, entry: Act, *rows: Covered) -> None:
        """The report and further rows."""
        for row in (self.report, *rows):
            entry.save(row)


def is_set_apart(report: Report) -> bool:
    """As `Case.is_set_apart`, of a row."""
    return report.setter_id is not None and report.state in ("quarantined", "disposal_proposed")


def moved(machine: str, transition: str, state: str) -> str:
    """The state after `transition`. Raises WrongState."""
    try:
        return next_state(machine, transition, state)
    except WrongTransition as error:
        raise WrongState(machine, transition, state) from error
