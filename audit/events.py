"""What an event is: a code, the sentence that tells it, and the facts it may carry. Pure Python."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventSpec:
    """One kind of act. `sentence` names its facts in braces; `tree` is the log it goes to."""

    code: str
    sentence: str
    facts: tuple[str, ...]
    tree: str = "main"


# Trees whose entries carry the day alone, as the hour of a report could tell who made it.
DAY_TREES = frozenset({"reports"})
