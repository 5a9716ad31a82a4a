"""One recruitment while it is told: who acts in it, and the small steps that recur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from random import Random
from typing import Protocol
from uuid import UUID

from audit.covered import Covered
from vetting.access.actor import Actor, RoleHeld
from vetting.access.reveal import open_fields
from vetting.crypto.sealed import Opening
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.outcomes import OUTCOMES
from vetting.policy.places import GUEST
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.checks import candidacy_of, record_check
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.recruitment import answer_questions
from vetting.recruitment.case import Case
from vetting.recruitment.demo import municipality, texts
from vetting.recruitment.demo.plots import Plot
from vetting.recruitment.demo.town import Town
from vetting.recruitment.engine.progress import unanswered
from vetting.recruitment.engine.rows import stored_row
from vetting.recruitment.models import Candidacy, Check, Decision, Opinion, Recruitment
from vetting.recruitment.names_read import read_names
from vetting.recruitment.relations import may_answer

ORDER = {code: place for place, code in enumerate(CHECKPOINTS)}
HR_PERFORMS = {"hr_officer", "external_recorded_by_hr"}
OVER = {Recruitment.State.CLOSED, Recruitment.State.CANCELLED}
ENDED = {Candidacy.State.WITHDRAWN, Candidacy.State.NOT_SELECTED}
UNITS = {unit.key: unit for unit in municipality.UNITS}
POSTS = {post.key: post for post in municipality.POSTS}
SECURITY = ("security_one", "security_two", "security_three")


class Scene(Protocol):
    """Where the tale is told: in memory, or on the live database."""

    town: Town

    def actor(self, key: str) -> Actor:
        """The person behind the key, acting now."""

    def next_reference(self, year: int) -> str:
        """The next reference of the year."""

    def ended_one(self, post: str) -> Recruitment | None:
        """An ended recruitment of the same post, if there is one by now."""


class Tale:
    """The case, its plot and its people. No row is kept from one step to the next: finalists go by their labels."""

    case: Case

    def __init__(self, scene: Scene, plot: Plot, random: Random) -> None:
        self.scene, self.plot, self.random = scene, plot, random
        post, unit = POSTS[plot.post], UNITS[POSTS[plot.post].unit]
        self.leading = "leading_post" in post.profiles
        self.manager = municipality.HEADS[unit.authority] if self.leading else unit.manager
        self.head = municipality.HEADS[unit.authority]
        self.hr = unit.hr
        self.access = unit.access or self.manager
        self.reads = random.random() < 0.3
        self.invited: list[Covered] = []
        """The roles and invitations of guests."""

    def refresh(self) -> None:
        """Read the case anew, under its lock; nothing before it has begun."""
        if self.has_begun:
            self.case = Case.load(self.case.pk, lock=True)

    @property
    def has_begun(self) -> bool:
        """Whether the recruitment has been created."""
        return hasattr(self, "case")

    @property
    def is_settled(self) -> bool:
        """Whether its rows are hardly saved any more."""
        return self.case.recruitment.state in OVER

    def rows(self) -> Iterator[Covered]:
        """Every row of the case."""
        case = self.case
        yield case.recruitment
        yield from self.invited
        parts = (case.candidacies, case.checks, case.opinions, case.votes, case.waivers)
        for rows in (*parts, case.decisions, case.engagements, case.clearances, case.recusals, case.grants):
            yield from rows

    def actor(self, key: str) -> Actor:
        """The person behind the key, acting now. The guest has her role by invitation alone."""
        found = self.scene.actor(key)
        if key != municipality.GUEST:
            return found
        employee = next(held for held in found.roles if held.role == "employee")
        return replace(
            found, roles=(RoleHeld(GUEST, authorities=frozenset({self.case.authority.pk})), employee)
        )

    @property
    def today(self) -> date:
        """The legal day."""
        return self.case.today

    def who(self, label: str) -> Candidacy:
        """The finalist K1, K2 …"""
        return next(candidacy for candidacy in self.case.candidacies if candidacy.label == label)

    def labels(self, *states: str) -> list[str]:
        """The finalists in any of the states, in order; with none named, everyone who has not left."""
        return [
            one.label
            for one in self.case.candidacies
            if (one.state in states if states else one.state not in ENDED)
        ]

    def opinion(self, label: str) -> Opinion:
        """The newest round about the finalist. Raises Opinion.DoesNotExist."""
        found = self.case.current_opinion(self.who(label))
        if found is None:
            raise Opinion.DoesNotExist
        return found

    def decisions(self) -> list[Decision]:
        """The decisions, in the order of the finalists."""
        found = (self.case.decision_of(candidacy) for candidacy in self.case.candidacies)
        return [decision for decision in found if decision is not None]

    def say(self, sentences: tuple[str, ...]) -> str:
        """One of the sentences."""
        return self.random.choice(sentences)

    # -- what recurs -------------------------------------------------------------------------------------------

    def declare(self) -> None:
        """*Inget att anmäla* from manager and HR, where they are asked."""
        for key in (self.manager, self.hr):
            actor = self.actor(key)
            own = self.case.recusal_of(actor.person_id)
            if own is None or (
                own.state in {"clear", "participates"} and own.finalists_seen < len(self.case.candidacies)
            ):
                give_declaration(self.case, by=actor, names=self._read(actor, key))

    def _read(self, actor: Actor, key: str) -> dict[UUID, Opening]:
        """HR has typed the names; the manager reads them."""
        typed = [each.pk for each in self.case.candidacies] if key == self.hr else []
        return read_names(self.case, actor, typed)

    def read(self, label: str, by: str, purpose: str, fields: Iterable[str] = ("name", "contact")) -> None:
        """*Visa uppgifter*, as it stands in the log."""
        actor = self.actor(by)
        answer = self.case.require(actor, "candidacy.reveal", candidacy=self.who(label))
        said = {
            "role": answer.role,
            "reference": self.case.recruitment.reference,
            "candidacy": label,
            "minutes": 15,
        }
        open_fields(
            actor.who(answer.role), "candidacy.revealed", subject=self.case.pk, facts=said, fields=fields,
            purpose=purpose,
        )  # fmt: skip

    def answer(self, label: str, moment: str, yes: Iterable[str] = ()) -> None:
        """Each answers what is asked of her about the finalist at `moment`: no, but for `yes`."""
        given = {code: code in yes for code in unanswered(self.case, self.who(label), moment)}
        given.pop("trial_period", None)
        facts = self.case.facts_for(self.actor(self.manager), candidacy=self.who(label))
        managers = {code: given.pop(code) for code in tuple(given) if may_answer(facts, code)}
        if managers:
            edit_candidacy(
                self.case, by=self.actor(self.manager), candidacy=self.who(label), answers=managers
            )
        shared = {code: given.pop(code) for code in tuple(given) if code == "priority_holder_at_decision"}
        if shared:
            answer_questions(self.case, by=self.actor(self.hr), answers=shared)
        if given:
            edit_candidacy(self.case, by=self.actor(self.hr), candidacy=self.who(label), answers=given)

    def record(self, stages: Iterable[str], label: str = "", *, skip: Iterable[str] = ()) -> None:
        """Each group as one form: what HR does, then what the manager does."""
        candidacy = self.who(label) if label else None
        for check in sorted(self.case.checks_of(candidacy), key=lambda check: ORDER[check.code]):
            spec = CHECKPOINTS[check.code]
            if spec.stage not in stages or check.code in skip or not self.is_open(check):
                continue
            performers = set(spec.performed_by)
            if performers & HR_PERFORMS:
                self.note(check, self.hr)
            elif "hiring_manager" in performers:
                self.note(check, self.manager)
            elif "unit_access_manager" in performers:
                self.note(check, self.access)

    def note(self, check: Check, by: str, outcome: str = "") -> None:
        """Record one check."""
        outcome = outcome or self._usual(check.code)
        filled = texts.evidence(check.code, self.today, self.random)
        record_check(self.case, by=self.actor(by), check=check, outcome=outcome, evidence=filled)

    def _usual(self, code: str) -> str:
        done = [name for name, outcome in OUTCOMES[code].items() if outcome.means == "done"]
        return done[0] if len(done) == 1 or self.random.random() < 0.8 else self.random.choice(done)

    def is_open(self, check: Check) -> bool:
        """Whether it may be recorded now, in the ordinary way."""
        if check.documentation == "note_shown_only" or check.state in {"to_assess", "not_applicable"}:
            return False
        row = stored_row(self.case, check, candidacy_of(self.case, check), self.today)
        return not row.is_settled and row.state != "blocked"
