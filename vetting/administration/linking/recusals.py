"""Conflicts of interest told by either hold for the one person, in every recruitment, ended ones too."""

from __future__ import annotations

from dataclasses import dataclass, field

from vetting.administration.linking.pair import Pair
from vetting.recruitment.models import Recusal
from vetting.recruitment.relations import stands_aside

#: The stricter first. What ended counts by whether she stood aside until then.
ORDER = ("excluded", "declared", "participates", "clear", "ended")


@dataclass
class Recusals:
    """What to write: rows to take away first, then rows to save."""

    dropped: list[Recusal] = field(default_factory=list)
    saved: list[Recusal] = field(default_factory=list)


def recusals_after(pair: Pair) -> Recusals:
    """Where both have declared in one recruitment, the stricter declaration stands; the history keeps the other."""
    found = Recusals()
    by_case: dict[object, list[Recusal]] = {}
    for row in Recusal.objects.filter(person__in=pair.both).select_for_update():
        by_case.setdefault(row.recruitment_id, []).append(row)
    for rows in by_case.values():
        rows.sort(key=_strictness)
        stands, *weaker = rows
        found.dropped += weaker
        changed = stands.person_id == pair.gone
        stands.person_id = pair.kept
        if stands.decided_by_id in pair.both and stands.state in ("participates", "excluded"):
            # She decided about herself: it waits for another again, and shuts her out meanwhile.
            stands.state, stands.decided_by, stands.decided_on = Recusal.State.DECLARED, None, None
            changed = True
        elif stands.decided_by_id in pair.both:
            stands.decided_by, stands.decided_on, changed = None, None, True
        if changed:
            found.saved.append(stands)
    return found


def _strictness(row: Recusal) -> tuple[bool, int]:
    return (not stands_aside(row), ORDER.index(row.state))
