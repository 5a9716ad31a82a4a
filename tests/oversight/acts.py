"""What people do in the log, as the rules see it: readings, openings, searches and work at chosen moments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from audit import clock
from audit.recorder import record
from audit.sealer import seal_pending
from tests.recruitment.world import World, put
from vetting.access.reveal import own_words
from vetting.crypto.sealed import unseal_json
from vetting.oversight import watching
from vetting.oversight.actions.alerts import SYSTEM
from vetting.oversight.models import Alert
from vetting.policy.alerts import RULES
from vetting.recruitment.models import Recruitment


class Days:
    """A person's days, told from a start that lies after everything the world has done."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.start = clock.now() + timedelta(hours=1)

    def cases(self, number: int, level: int = 3) -> list[Recruitment]:
        """So many recruitments of that level."""
        found = []
        for _ in range(number):
            made = Recruitment(
                reference=f"R-2030-{Recruitment.objects.count() + 1:04d}",
                position=self.world.positions["buyer"],
                unit=self.world.units["procurement"],
                form="permanent",
                places=1,
                level=level,
                manager=self.world.person("manager"),
                created_on=self.world.today,
                changed_at=clock.now(),
            )
            put(made)
            found.append(made)
        return found

    def at(self, hours: float) -> datetime:
        """The moment so many hours after the start."""
        return self.start + timedelta(hours=hours)

    def read(self, name: str, case: Recruitment, hours: float, role: str = "security_head") -> None:
        """A page outside one's assignments."""
        self.do("recruitment.viewed", name, hours, case.pk, role=role, reference=case.reference)

    def open(self, name: str, case: Recruitment, hours: float, role: str = "hr_officer", **told: str) -> None:
        """*Visa uppgifter*."""
        facts = {
            "reference": case.reference,
            "candidacy": "K1",
            "field": "name",
            "purpose": "contact_candidate",
            **told,
        }
        self.do("candidacy.revealed", name, hours, case.pk, role=role, **facts)

    def work(self, name: str, case: Recruitment, hours: float, event: str = "check.recorded") -> None:
        """An act in the recruitment."""
        self.do(event, name, hours, case.pk, role="hr_officer", reference=case.reference)

    def search(self, name: str, hours: float, count: int = 0, by: str = "number") -> None:
        """A search by number or by name with so many answers."""
        self.do(f"candidacy.{by}_searched", name, hours, None, role="hr_officer", count=count)

    def do(self, event: str, name: str, hours: float, subject: UUID | None, role: str, **facts: Any) -> None:
        """Any entry."""
        with clock.at(self.at(hours)):
            who, purpose = self.world.actor(name).who(role), facts.get("purpose", "")
            record(event, who, subject=subject, facts={"role": role, **facts}, purpose=purpose)

    def watch(self, hours: float) -> None:
        """The worker's turn."""
        if connection.vendor == "postgresql":
            seal_pending()
        with clock.at(self.at(hours)):
            watching.watch()


def look(code: str) -> bool:
    """One turn of one rule over the main tree."""
    return watching.look(RULES[code], "main")


def findings(code: str) -> list[dict[str, Any]]:
    """What the alerts of the rule hold, in order."""
    alerts = Alert.objects.filter(rule=code).order_by("number")
    return [unseal_json(alert, "findings", own_words(SYSTEM, alert.entry_id)) for alert in alerts]
