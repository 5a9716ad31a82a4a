"""Which unit a name in a list means: by its name where that is one unit's, by its way from the top where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from vetting.administration.actions.unit_import import Row
from vetting.organisation.models import STEP, Authority, Unit

Way = tuple[str, ...]


class Names:
    """The units that are there and the rows read so far, each by its way from the top of its authority."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._ways: dict[UUID, list[tuple[Way, Unit | Row]]] = {}
        self._of: dict[Unit | Row, Way] = {}
        known = list(units)
        names = {each.path: each.name for each in known}
        for each in known:
            above = (each.path[:end] for end in range(STEP, len(each.path) + 1, STEP))
            self._put(
                each.authority_id, tuple(names[path].casefold() for path in above if path in names), each
            )

    def add(self, row: Row) -> None:
        """A row that later ones can refer to."""
        above = self._of[row.under] if row.under is not None else ()
        self._put(row.authority.pk, (*above, row.name.casefold()), row)

    def named(self, body: Authority, name: str) -> list[Unit | Row]:
        """Those of the authority that have the name, wherever they are."""
        return [each for way, each in self._ways.get(body.pk, ()) if way[-1] == name.casefold()]

    def found(self, body: Authority, text: str) -> list[Unit | Row]:
        """Those that `text` can mean: a name, the end of a way (`A/B`), or with a stroke first the whole (`/A/B`)."""
        plain = self.named(body, text)
        if plain:
            return plain
        way = tuple(part.strip().casefold() for part in text.strip("/ ").split("/"))
        whole = text.startswith("/")
        return [
            each
            for known, each in self._ways.get(body.pk, ())
            if (known == way if whole else known[-len(way) :] == way)
        ]

    def _put(self, body: UUID, way: Way, each: Unit | Row) -> None:
        self._ways.setdefault(body, []).append((way, each))
        self._of[each] = way
