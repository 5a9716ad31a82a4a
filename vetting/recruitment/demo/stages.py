"""Where the tales are told: in memory and written in batches, or step by step on the live database.

Both run the same actions; a test compares every row that comes out of them.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from audit.bulk import Writer, bulk
from vetting.access.actor import Actor, load_actor
from vetting.accounts.models import Account
from vetting.crypto import keystore
from vetting.recruitment import search_index
from vetting.recruitment.case import Case
from vetting.recruitment.demo.tale import Tale
from vetting.recruitment.demo.telling import Told
from vetting.recruitment.demo.town import Town
from vetting.recruitment.models import Recruitment

STEPS_PER_BATCH = 800
FLUSHES_PER_COLLECTION = 25


class Live:
    """Each step in a transaction of its own, on rows read anew: as when people do it through the pages."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._numbers: dict[int, int] = {}
        self._ended: dict[str, Recruitment] = {}

    def actor(self, key: str) -> Actor:
        """The person behind the key, roles read from the database."""
        return load_actor(Account.objects.select_related("person").get(pk=self.town.accounts[key].pk))

    def next_reference(self, year: int) -> str:
        """R-2026-0001 and on."""
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"R-{year}-{self._numbers[year]:04d}"

    def ended_one(self, post: str) -> Recruitment | None:
        """The newest recruitment of the post that has ended."""
        return self._ended.get(post)

    def step(self, told: Told, do: Callable[[], int | None]) -> int | None:
        """Lock, read, act, commit."""
        with transaction.atomic():
            told.refresh()
            return do()

    def ended(self, told: Told) -> None:
        """From now on the recruitment may be copied."""
        if isinstance(told, Tale) and told.is_settled:
            self._ended[told.plot.post] = told.case.recruitment


class Batches(Live):
    """The same, in memory; rows, keys and digests are written many at a time. Needs the database to itself."""

    def __init__(
        self, town: Town, writer: Writer, keys: keystore.Prepared, digests: search_index.Collected
    ) -> None:
        super().__init__(town)
        self._writer, self._keys, self._digests = writer, keys, digests
        self._ready: search_index.Collected = {}
        self._steps = self._flushes = 0

    def actor(self, key: str) -> Actor:
        """The person behind the key, from memory."""
        return self.town.actor(key)

    def step(self, told: Told, do: Callable[[], int | None]) -> int | None:
        """Act, and now and then write what has been told."""
        wait = do()
        if isinstance(told, Tale):
            self._adopt(told.case)
        if told.is_settled:
            self._release(told)
        self._steps += 1
        if self._steps >= STEPS_PER_BATCH:
            self.flush()
        return wait

    def ended(self, told: Told) -> None:
        """Its rows are live with the next batch."""
        super().ended(told)
        self._release(told)

    def flush(self) -> None:
        """Keys before the data they seal; digests after the rows they belong to; destroyed keys last."""
        self._steps = 0
        self._flushes += 1
        if self._flushes % FLUSHES_PER_COLLECTION == 0:
            gc.collect()
        self._keys.commit()
        self._writer.flush()
        search_index.write(self._ready)
        self._ready = {}
        self._keys.finish()

    def finish(self) -> None:
        """Write all that is left."""
        self._keys.commit()
        self._writer.close()
        search_index.write(self._ready | self._digests)
        self._keys.finish()

    def _release(self, told: Told) -> None:
        self._writer.release(told.rows())
        for candidacy in told.case.candidacies if isinstance(told, Tale) else ():
            digest = self._digests.pop(candidacy.pk, None)
            if digest is not None:
                self._ready[candidacy.pk] = digest

    def _adopt(self, case: Case) -> None:
        """Give new rows the people they name, so that nobody asks the database."""
        for grant in case.grants:
            if "user" not in grant._state.fields_cache:
                grant.user = self.town.by_account[grant.user_id]
        for recusal in case.recusals:
            if "person" not in recusal._state.fields_cache:
                recusal.person = self.town.by_person[recusal.person_id]


@contextmanager
def batches(town: Town) -> Iterator[Batches]:
    """A stage that writes in batches; all is written when the block ends. Raises what the writer raises."""
    with (
        keystore.prepared() as keys,
        search_index.collecting() as digests,
        bulk(batch=10**9) as writer,
    ):
        stage = Batches(town, writer, keys, digests)
        # Thousands of recruitments are alive at a time, and nearly nothing of them is garbage: look seldom.
        gc.disable()
        try:
            yield stage
            stage.finish()
        finally:
            gc.enable()
