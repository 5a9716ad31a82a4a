"""Fills an empty database: the municipality, its posts' risk analyses, and the recruitments of three years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from django.db import transaction

from audit import anchor_files, state
from audit.covered import Covered
from audit.models import Entry
from audit.sealer import seal_pending
from vetting.accounts.models import Account, Person
from vetting.organisation.models import Organisation
from vetting.policy.calendar import STOCKHOLM
from vetting.recruitment.actions.position import assess_risk, confirm_risk, designate_position
from vetting.recruitment.demo import municipality, texts
from vetting.recruitment.demo.opening import Steps
from vetting.recruitment.demo.plots import CHOSEN, Plot, ordinary
from vetting.recruitment.demo.stages import Live, batches
from vetting.recruitment.demo.telling import Begin, Calendar, Stage, Told, recruitment, tell
from vetting.recruitment.demo.town import Town, build

YEARS = 3
RENEWED = 200
"""Up to so many recruitments most of what recurs during employment is done when it should be; of more only some is, as
it would take half as much time again."""
LEAD = 12
"""Working days for the posts' risk analyses, before the first recruitment."""
SEED = "nordvik"


class NotEmpty(Exception):
    """The database holds something already."""


class PostTale:
    """The risk analysis of one post: assessed by one, confirmed by another, done again before it lapses."""

    is_settled = True

    def __init__(self, town: Town, post: municipality.PostPlan, random: Random) -> None:
        self.town, self.post, self.random = town, post, random
        self.position = town.positions[post.key]
        self.hr = next(unit.hr for unit in municipality.UNITS if unit.key == post.unit)

    def refresh(self) -> None:
        """Nothing: nobody else writes it."""

    def rows(self) -> Iterator[Covered]:
        """The position."""
        yield self.position

    def steps(self, stage: Stage, days: int) -> Steps:
        """As the post's plan has it; `days`: working days from the first step until now."""
        if self.post.risk == "none":
            return
        if "leading_post" in self.post.profiles:
            head = stage.actor("hr_head")
            designate_position(self.position, by=head, section="KS § 112", decided_on=head.on)
            yield 1
        if self.post.risk == "assessed":
            yield days - 15
        while True:
            assess_risk(
                self.position,
                by=stage.actor(self.hr),
                level=min(self.post.level, 4),
                reference=f"Riskbedömning {self.random.randrange(100, 999)}",
                reasons=self.random.choice(texts.RISK),
            )
            if self.post.risk == "assessed":
                return
            # At one meeting: while an analysis waits for its second person, nothing of the post can go on.
            confirming = stage.actor("security_head" if self.post.level > 2 else "hr_head")
            confirm_risk(self.position, by=confirming, decided_on=confirming.on)
            if self.post.risk == "lapsed":
                return
            yield self.random.randrange(380, 430)


def fill(
    recruitments: int,
    *,
    seed: str = SEED,
    live: bool = False,
    until: datetime | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fill the database with the municipality and its recruitments, ending at `until` (now).

    `live` tells step by step instead of in batches, with the same result. Raises NotEmpty.
    """
    if any(model._default_manager.exists() for model in (Organisation, Person, Account, Entry)):
        raise NotEmpty
    # An earlier demonstration's database was thrown away; what its log kept outside it goes too.
    for tree in list(state.trees()):
        state.discard(tree)
        anchor_files.discard(tree)
    random = Random(seed)
    until = until or datetime.now(UTC)
    since = (until.astimezone(STOCKHOLM) - timedelta(days=365 * YEARS + 45)).replace(
        hour=8, minute=0, second=0, microsecond=0
    )
    with transaction.atomic():
        town = build(random, since)
    seal_pending()
    calendar = Calendar(since + timedelta(days=1), until)
    days = len(calendar.days)
    beginnings = [(place, partial(recruitment, plot)) for place, plot in _plots(recruitments, random, days)]
    posts: list[tuple[int, Begin]] = [
        (n % 3, partial(_post, post, days)) for n, post in enumerate(municipality.POSTS)
    ]
    total = len(beginnings)
    with nullcontext(Live(town)) if live else batches(town) as stage:
        for over in tell(stage, calendar, [*beginnings, *posts], seed):
            if progress is not None:
                progress(min(over, total), total)


def _post(post: municipality.PostPlan, days: int, stage: Stage, random: Random) -> tuple[Told, Steps]:
    tale = PostTale(stage.town, post, random)
    return tale, tale.steps(stage, days)


def _plots(count: int, random: Random, days: int) -> list[tuple[int, Plot]]:
    """The chosen ones, so that they end about now, then ordinary ones spread over the years, more of them lately."""
    found = [(max(LEAD, days - plot.days - random.randrange(1, 5)), plot) for plot in CHOSEN[:count]]
    for _ in range(count - len(found)):
        first = LEAD if random.random() < 0.8 else max(LEAD, days - 110)
        place, plot = random.randrange(first, days - 2), ordinary(random)
        if count <= RENEWED and place % 8:
            plot = replace(plot, renews=True)
        found.append((place, plot))
    return found
