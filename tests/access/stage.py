"""One recruitment with a part of every kind, and somebody of each role in each relation to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.urls import reverse

from tests.access.lots import put_lot
from tests.access.routes import Route
from tests.recruitment.emergencies import WHY
from tests.recruitment.waivers import put_proposal
from tests.recruitment.walk import Walk
from tests.recruitment.world import EVERY_FORM, World, build_world, put
from vetting.access.grants import role_of
from vetting.access.models import AccountProposal, Delegation, RoleGrant
from vetting.organisation.models import (
    AgreementProposal,
    Authority,
    DelegationPoint,
    DelegationProposal,
    ServiceAgreement,
    SettingProposal,
    TreeProposal,
    Unit,
)
from vetting.oversight.actions.alerts import raise_alert
from vetting.oversight.actions.samples import Wanted, draw_sample
from vetting.oversight.rules import Finding
from vetting.recruitment.actions.assign import ASSIGNABLE
from vetting.recruitment.actions.break_glass import open_break_glass
from vetting.recruitment.models import Recruitment, Recusal, Round

PROPOSED = {
    "behorigheter/delegationsordning/": "proposed_point",
    "behorigheter/uppdrag/": "proposed_agreement",
    "behorigheter/installningar/": "proposed_setting",
    "behorigheter/enheter/": "proposed_change",
}
"""Rooms whose proposals are about the organisation."""
OF_DECISION = {"print_decision", "decision_record"}
OF_REPORTS = {"report", "shift", "alarm", "key", "channel"}
"""Places of the reporting room: the stage holds no report, and tests/reports meets the same routes with one."""
FINALISTS = (b"Kanarieberg", b"Kanariesson")


@dataclass
class Stage:
    """The case, and the value of every place that an address may have."""

    world: World
    walk: Walk
    parts: dict[str, Any]
    recusal: Recusal

    def copy(self) -> Stage:
        """The same rows for one test: whom it hires and warns is forgotten with it."""
        world = replace(self.world, accounts=dict(self.world.accounts), units=dict(self.world.units))
        walk = object.__new__(Walk)
        walk.__dict__.update(self.walk.__dict__, world=world)
        return Stage(world, walk, dict(self.parts), self.recusal)

    def warn(self, name: str) -> None:
        """From now on the stage's alert is one that was given to `name`, about somebody else."""
        person = self.world.person_id("declarer")
        moment = self.recusal.changed_at
        finding = Finding("repeated_misses", person, moment, 10, 10, moment)
        self.parts["alert"] = raise_alert(finding, auditor=self.world.person_id(name)).pk

    def url(self, route: Route) -> str:
        """The route's address for this case's own parts, for its position, or for an account of its unit."""
        parts = dict(self.parts)
        if is_about_position(route):
            parts["pk"] = self.world.positions["buyer"].pk
        if route.pattern.startswith("anstallningar/") or route.name in OF_DECISION:
            parts["candidacy"] = parts["engaged"]
        if route.name.endswith("_link"):
            parts["proposal"] = parts["link"]
        if route.name.endswith("_nearest_manager"):
            parts["proposal"] = parts["nearest_manager"]
        if route.pattern.startswith(tuple(PROPOSED)):
            parts["proposal"] = next(
                parts[PROPOSED[room]] for room in PROPOSED if route.pattern.startswith(room)
            )
        if OF_REPORTS & set(route.places):
            parts |= {place: 2026 if place == "year" else uuid4() for place in route.places}
        return reverse(route.name, kwargs={place: parts[place] for place in route.places})


@contextmanager
def kept() -> Iterator[Stage]:
    """The stage in a transaction of its own on both databases: built once, looked at by many, and then undone."""
    with ExitStack() as both:
        for alias in ("default", "keystore"):
            whole: Any = transaction.atomic(alias)
            whole._from_testcase = (
                True  # as Django's own around a test: what asks to be outermost may be inside it
            )
            both.enter_context(whole)
        yield build()
        for alias in ("default", "keystore"):
            transaction.set_rollback(True, alias)


def build() -> Stage:
    """The municipality, with a company next door that nobody here works for, and the case."""
    town = build_world()
    outside = Authority(organisation=town.authority.organisation, name="Grannbolaget AB", entity="company")
    put(outside)
    put(Unit(authority=outside, name="Bolaget", path="0009.", valid_from=town.units["school"].valid_from))
    town.units["outside"] = Unit.objects.get(path="0009.")
    walk = Walk(town, "buyer", places=2).open()
    engaged = walk.finalist("Björk Kanarieberg")
    walk.ready(engaged)
    first = walk.ask_opinion(engaged)
    for name in ("security_one", "security_two")[: walk.case().opinion(first).approvers]:
        walk.vote(first, name)
    walk.sign(engaged)
    walk.start(engaged)
    finalist = walk.finalist("Ek Kanariesson")
    walk.ready(finalist)
    opinion = walk.ask_opinion(finalist)
    case = walk.case()
    identity = case.check_named("id_check", case.candidacy(finalist.pk))
    assert identity is not None
    recusal = _declared(town, walk)
    parts = {
        "waiver": put_proposal(town, case, finalist),
        "pk": walk.pk,
        "candidacy": finalist.pk,
        "engaged": engaged.pk,
        "check": identity.pk,
        "opinion": opinion,
        "recusal": recusal.pk,
        # The database gives them in any order; the approver's own is not one that another takes back.
        "grant": next(own.pk for own in case.grants if role_of(own.permission) in ASSIGNABLE),
        "group": "finalist",
        "round": _round(town, walk),
        "code": "references",
        "glass": _glass(town, walk),
        **_room(town),
        "delegation": _substitute(town),
        **_organisation(town),
        **_sample(town),
        **put_lot(town),
    }
    return Stage(town, walk, parts, recusal)


def _declared(town: World, walk: Walk) -> Recusal:
    """Somebody whose manager is the hiring manager of the unit's relation has declared an interest."""
    town.hire("unit_hiring_manager", "hiring_manager", unit=town.units["executive"])
    town.hire("declarer", None, manager="unit_hiring_manager")
    recusal = Recusal(
        recruitment=walk.case().recruitment,
        person=town.person("declarer"),
        state="declared",
        declared_on=walk.on,
        changed_at=town.person("hr").created_at,
    )
    put(recusal)
    return recusal


def _round(town: World, walk: Walk) -> Any:
    """A list was entered once, and nobody of it is left."""
    by = {"added_on": town.today, "added_by": town.person("hr")}
    row = Round(recruitment=walk.case().recruitment, digest="ab" * 32, first=90, count=1, **by)
    put(row)
    return row.pk


def _room(town: World) -> dict[str, Any]:
    """Two accounts of the case's unit: roles proposed for them, and that one is reset and both are one person's."""
    town.hire("namesake")
    roles = {}
    for name in ("declarer", "namesake"):
        roles[name] = RoleGrant(
            person=town.person(name),
            role="hr_officer",
            unit=town.units["procurement"],
            state="proposed",
            proposed_by=town.person("signer_one"),
            valid_from=town.today,
        )
        put(roles[name])
    found: dict[str, Any] = {"role_grant": roles["declarer"].pk, "account": town.accounts["declarer"].pk}
    common = {
        "account": town.accounts["declarer"],
        "person": town.person("declarer"),
        "proposed_by": town.person("signer_one"),
        "proposed_on": town.today,
    }
    reset = AccountProposal(kind="reset", **common)
    other = {"other": town.accounts["namesake"], "other_person": town.person("namesake")}
    link = AccountProposal(kind="link", **common, **other)
    manager = AccountProposal(kind="manager", other_person=town.person("head"), **common)
    for row in (reset, link, manager):
        put(row)
    return found | {"proposal": reset.pk, "link": link.pk, "nearest_manager": manager.pk}


def _glass(town: World, walk: Walk) -> Any:
    """An HR officer of the unit has broken the glass."""
    town.hire("in_need", "hr_officer", unit=town.units["executive"])
    return open_break_glass(by=town.actor("in_need"), reference=reference_of(walk), reason=WHY).pk


def _substitute(town: World) -> Any:
    """The same officer has named who stands in for her."""
    row = Delegation(
        absent=town.person("in_need"),
        substitute=town.person("namesake"),
        valid_from=town.today,
        valid_to=town.today + timedelta(days=9),
        created_by=town.person("in_need"),
        created_on=town.today,
    )
    put(row)
    return row.pk


def _organisation(town: World) -> dict[str, Any]:
    """The case's unit with its point, an agreement between two authorities, and another of each proposed."""
    unit, by = town.units["procurement"], town.person("administrator")
    days = {"proposed_by": by, "proposed_on": town.today, "valid_from": town.today}
    point = DelegationProposal(unit=unit, code="4.2", forms=EVERY_FORM, delegate=town.person("head"), **days)
    outside = Authority.objects.get(name="Grannbolaget AB")
    between = {"provider": outside, "receiver": unit.authority}
    agreement = AgreementProposal(function=ServiceAgreement.Function.HR, **between, **days)
    change = TreeProposal(
        kind="edit",
        unit=unit,
        wanted={"name": unit.name, "profiles": ["school"], "access_manager_id": None},
        seen=unit.entry_id,
        proposed_by=by,
        proposed_on=town.today,
    )
    put(point)
    put(agreement)
    setting = SettingProposal(
        authority=unit.authority,
        setting="sample_percent",
        before=10,
        value=20,
        reason="Fler ska dras i år.",
        proposed_by=by,
        proposed_on=town.today,
    )
    put(setting)
    put(change)
    return {
        "setting": "opinion_binds",
        "proposed_setting": setting.pk,
        "unit": unit.pk,
        "point": DelegationPoint.objects.filter(unit=unit).values_list("pk", flat=True)[0],
        "agreement": ServiceAgreement.objects.values_list("pk", flat=True)[0],
        "proposed_point": point.pk,
        "proposed_agreement": agreement.pk,
        "proposed_change": change.pk,
        "authority": unit.authority_id,
    }


def _sample(town: World) -> dict[str, Any]:
    """A sample of the case's authority, with one recruitment that nobody here has had a hand in."""
    town.hire("far_manager", "hiring_manager", unit=town.units["procurement"])
    day = town.today - timedelta(days=9)
    far = town.person("far_manager")
    decided = Recruitment(
        reference="R-2031-0001", position=town.positions["buyer"], unit=town.units["procurement"],
        form="permanent", places=1, state="closed", manager=far, created_on=day, opened_on=day, decided_on=day,
        ended_on=day, changed_at=far.created_at,
    )  # fmt: skip
    put(decided)
    wanted = Wanted(town.units["procurement"].authority, day, day, 1)
    sample = draw_sample(wanted, by=town.actor("security_head"))
    return {"sample": sample.pk, "sampled": sample.drawn.get().pk}


def reference_of(walk: Walk) -> str:
    return walk.case().recruitment.reference


def is_about_position(route: Route) -> bool:
    """Whether the address names a position rather than a recruitment."""
    return route.pattern.startswith("befattningar/")
