"""One act that a report's page offers: its address, its words, in which states, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.policy.workflow import MACHINES
from vetting.reports.actions import handling
from vetting.reports.case import Case
from vetting.reports.vault import Vault

Once = UUID | None
SHUT = ("disposed", "transferred", "quarantined")
WHILE_OPEN = ("take", "hand_over", "protect")
EVERY = tuple(each.code for each in MACHINES["report"].states)


@dataclass(frozen=True, slots=True)
class Doing:
    """What an act is given: the locked case, who, her keys, what was typed, and the key against a second press."""

    case: Case
    by: Actor
    vault: Vault | None
    data: dict[str, Any]
    form: Any
    once: Once

    @property
    def keys(self) -> dict[str, Any]:
        """`by`, `vault` and `once`, for the acts that seal."""
        return {"by": self.by, "vault": self.vault, "once": self.once}

    @property
    def plain(self) -> dict[str, Any]:
        """`by` and `once`, for those that do not."""
        return {"by": self.by, "once": self.once}


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: its address, its permission, what its button and its page say, and what it does."""

    code: str
    permission: str
    label: str | Promise
    said: str | Promise
    run: Callable[[Doing], Any]
    form: Any = None
    lead: str | Promise = ""
    group: str = "more"
    """Where it stands: `next` is the step ahead, `work` what is written, `circle`, and `more` what is seldom done."""
    seals: bool = True
    when: Callable[[Case, Actor], bool] | None = None
    colour: str = ""

    def is_offered(self, case: Case, actor: Actor) -> bool:
        """Whether the step leads on from the report's state, and the door lets this person take it."""
        if case.report.state not in self.states or (self.when is not None and not self.when(case, actor)):
            return False
        return ask(actor, self.permission, case.facts_for(actor)).allowed

    @property
    def states(self) -> tuple[str, ...]:
        """The states out of which it leads; what has no step of its own is open as the acts have it."""
        steps = [t for t in MACHINES["report"].transitions if t.permission == self.permission]
        if self.code == "plan_action" or self.code in WHILE_OPEN:
            return handling.OPEN
        if self.code == "begin_follow_up":
            return ("feedback_given", "following_up")
        if steps:
            return tuple(state for step in steps for state in step.sources)
        return tuple(state for state in EVERY if state not in SHUT)

    @property
    def has_page(self) -> bool:
        """Whether something is filled in or confirmed first; else a button does it at once."""
        return self.form is not None

    @property
    def url_name(self) -> str:
        """The route's name."""
        return f"report_{self.code}"
