"""Walks a recruitment forward through the real actions, as the people who would do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests.harness.unchanged import Stamp, so_far
from tests.recruitment.names import names_open
from tests.recruitment.world import World
from vetting.access.actor import Actor
from vetting.policy.checkpoints import CHECKPOINTS
from vetting.policy.choices import CHOICES
from vetting.policy.engagement_forms import FORMS
from vetting.policy.outcomes import OUTCOMES
from vetting.recruitment.actions.candidacy import create_candidacy, edit_candidacy, proceed_candidacy
from vetting.recruitment.actions.checks import candidacy_of, record_check
from vetting.recruitment.actions.decision import Extract, Terms, sign_decision
from vetting.recruitment.actions.declaration import give_declaration
from vetting.recruitment.actions.engagement import confirm_start
from vetting.recruitment.actions.opinion import prepare_opinion, request_opinion, take_opinion
from vetting.recruitment.actions.recruitment import answer_questions, create_recruitment, open_recruitment
from vetting.recruitment.actions.vote import Ballot, decide_opinion
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import required, unanswered
from vetting.recruitment.engine.rows import candidacy_rows, recruitment_rows, stored_row
from vetting.recruitment.models import Candidacy, Check
from vetting.recruitment.relations import may_answer

OF_THE_FINALIST = {"secondary_job_reported", "fixed_term_over_month"}
"""Questions of the decision that are answered on the finalist."""


def evidence_for(code: str, on: date) -> dict[str, Any]:
    """Something lawful in every field of the check, dated the day before `on`."""
    spec = CHECKPOINTS[code]
    filled: dict[str, Any] = {}
    for field in spec.fields:
        if field.type == "date":
            filled[field.name] = on
        elif field.type == "choice":
            filled[field.name] = next(iter(CHOICES[code, field.name]))
        elif field.type == "yes_no":
            filled[field.name] = True
        elif field.type == "reference":
            filled[field.name] = "Dnr 2026:7"
        else:
            filled[field.name] = "Referenten bekräftar erfarenheten."
    return filled


def done_outcome(code: str) -> str:
    """The first outcome that settles the check."""
    return next(name for name, outcome in OUTCOMES[code].items() if outcome.means == "done")


def last_day_of(case: Case, start: date) -> date | None:
    """A last day where the form of engagement always has one."""
    return start + timedelta(days=60) if FORMS[case.recruitment.form].always_ends else None


class Walk:
    """One recruitment on its way; every step is a real action by a named person."""

    _last: tuple[Stamp, Case] | None = None
    """The case as the walk's last step left it, and when that was."""

    def __init__(
        self, world: World, position: str, *, form: str = "permanent", places: int = 1, **more: Any
    ) -> None:
        self.world = world
        self.on = world.today
        self.manager = "manager"
        """Who manages it: another name from when another has taken over."""
        more.setdefault("planned_start", world.today + timedelta(days=30))
        case = create_recruitment(
            by=world.actor("hr"), position=world.positions[position], manager=world.person("manager"), form=form,
            places=places, **more,
        )  # fmt: skip
        self.pk: UUID = case.pk

    @classmethod
    def of(cls, world: World, pk: UUID) -> Walk:
        """A recruitment that was begun in another way."""
        walk = cls.__new__(cls)
        walk.world, walk.on, walk.manager, walk.pk = world, world.today, "manager", pk
        return walk

    def case(self) -> Case:
        """The case as it stands now."""
        return Case.load(self.pk)

    @contextmanager
    def _step(self) -> Iterator[Case]:
        """The case for the walk's own next step: that of its last one, as long as nobody else has written."""
        kept, self._last = self._last, None
        stamp = so_far()
        case = kept[1] if kept and stamp is not None and kept[0] == stamp else self.case()
        yield case
        stamp = so_far()
        self._last = None if stamp is None else (stamp, case)

    def declare(self, *names: str) -> None:
        """*Inget att anmäla* from each."""
        with self._step() as case:
            for name in names:
                actor = self.world.actor(name)
                give_declaration(case, by=actor, names=names_open(case, actor))

    def open(self, answers: Mapping[str, bool] | None = None) -> Walk:
        """Answer every opening question (no unless told), each by whoever it is asked of, and open."""
        self.declare("hr", self.manager)
        with self._step() as case:
            given = dict.fromkeys(unanswered(case, None, "opening"), False) | dict(answers or {})
            manager = self.world.actor(self.manager)
            own = {code: given.pop(code) for code in list(given) if may_answer(case.facts_for(manager), code)}
            answer_questions(case, by=manager, answers=own)
            open_recruitment(case, by=self.world.actor("hr"), answers=given)
        return self

    def finalist(self, name: str = "Testa Persson", **more: Any) -> Candidacy:
        """Enter a finalist; manager and HR declare anew."""
        with self._step() as case:
            hr = self.world.actor("hr")
            candidacy = copy(create_candidacy(case, by=hr, name=name, contact="0700-000000", **more))
        self.declare("hr", self.manager)
        return candidacy

    def answer_candidacy(self, candidacy: Candidacy, **answers: bool) -> None:
        """Answer what is asked about the finalist (no unless told), each by whoever it is asked of."""
        with self._step() as case:
            row = case.candidacy(candidacy.pk)
            given = dict.fromkeys(unanswered(case, row, "candidacy"), False) | answers
            for name in ("hr", self.manager):
                actor = self.world.actor(name)
                facts = case.facts_for(actor, candidacy=row)
                own = {code: given.pop(code) for code in list(given) if may_answer(facts, code)}
                if own:
                    edit_candidacy(case, by=actor, candidacy=row, answers=own)

    def record(self, check: Check, outcome: str | None = None, by: str = "hr") -> None:
        """Record one check in its ground's form."""
        with self._step() as case:
            self._record(case, case.check(check.pk), self.world.actor(by), outcome)

    def _record(self, case: Case, row: Check, by: Actor, outcome: str | None = None) -> None:
        record_check(
            case, by=by, check=row, outcome=outcome or done_outcome(row.code),
            evidence=evidence_for(row.code, self.on),
        )  # fmt: skip

    def finish(self, stages: set[str], candidacy: Candidacy | None = None) -> None:
        """Record every open stored check in `stages`, by whoever the catalogue lets do it."""
        with self._step() as case:
            self._finish(case, stages, candidacy)

    def _finish(self, case: Case, stages: set[str], candidacy: Candidacy | None) -> None:
        checks = case.checks_of(case.candidacy(candidacy.pk) if candidacy else None)
        hr, manager = self.world.actor("hr"), self.world.actor(self.manager)
        # The database gives them in any order; access is given when everything else is done.
        for check in sorted(checks, key=lambda each: each.code == "access_grant"):
            spec = CHECKPOINTS[check.code]
            row = stored_row(case, check, candidacy_of(case, check), self.on)
            if spec.stage not in stages or row.is_settled or row.state == "blocked" or row.is_shown_only:
                continue
            is_for_hr = {"hr_officer", "external_recorded_by_hr"} & set(spec.performed_by)
            self._record(case, check, hr if is_for_hr else manager)

    def ready(self, candidacy: Candidacy) -> None:
        """Up to the recorded decision to go on, and the intrusive checks after it."""
        self.finish({"before_advert"})
        self.answer_candidacy(candidacy)
        self.finish({"finalist"}, candidacy)
        with self._step() as case:
            proceed_candidacy(case, by=self.world.actor("hr"), candidacy=case.candidacy(candidacy.pk))
        self.finish({"finalist"}, candidacy)

    def answer_decision(self, candidacy: Candidacy, **answers: bool) -> None:
        """Answer what HR is asked at the decision (no unless told)."""
        with self._step() as case:
            row, hr = case.candidacy(candidacy.pk), self.world.actor("hr")
            given = dict.fromkeys(unanswered(case, row, "decision"), False) | answers
            own = {code: value for code, value in given.items() if code in OF_THE_FINALIST}
            rest = {code: value for code, value in given.items() if code not in {*own, "trial_period"}}
            if rest:
                answer_questions(case, by=hr, answers=rest)
            if own:
                edit_candidacy(case, by=hr, candidacy=row, answers=own)

    def ask_opinion(self, candidacy: Candidacy) -> UUID:
        """Prepare and request; the round's id."""
        with self._step() as case:
            hr = self.world.actor("hr")
            opinion = prepare_opinion(case, by=hr, candidacy=case.candidacy(candidacy.pk), recommendation="")
            request_opinion(case, by=hr, opinion=opinion)
        return opinion.pk

    def vote(self, opinion: UUID, name: str, ballot: Ballot | None = None) -> None:
        """Take the round and vote."""
        with self._step() as case:
            actor, row = self.world.actor(name), case.opinion(opinion)
            take_opinion(case, by=actor, opinion=row)
            decide_opinion(case, by=actor, opinion=row, ballot=ballot or Ballot("supported"))

    def sign(self, candidacy: Candidacy, terms: Terms | None = None, **answers: bool) -> None:
        """Note the extracts shown and sign, as the manager."""
        self.answer_decision(candidacy)
        self.finish({"decision"})
        with self._step() as case:
            own = case.candidacy(candidacy.pk)
            extracts = {
                check.code: Extract(self.on, self.on)
                for check in case.checks_of(own)
                if check.documentation == "note_shown_only"
            }
            asked = set(required(case).questions)
            given = {"trial_period": False} if "trial_period" in asked else {}
            sign_decision(
                case, by=self.world.actor(self.manager), candidacy=own,
                terms=terms or Terms(self.on, last_day_of(case, self.on)),
                answers=given | answers, extracts=extracts,
            )  # fmt: skip

    def start(self, candidacy: Candidacy) -> None:
        """The checks before the start, then *Har börjat*."""
        self.finish({"start"}, candidacy)
        with self._step() as case:
            manager, row = self.world.actor(self.manager), case.candidacy(candidacy.pk)
            confirm_start(case, by=manager, candidacy=row, started_on=self.on)

    def states(self, candidacy: Candidacy) -> dict[str, str]:
        """Every row's state as shown."""
        case = self.case()
        rows = [*recruitment_rows(case), *candidacy_rows(case, case.candidacy(candidacy.pk))]
        return {row.spec.code: row.state for row in rows}
