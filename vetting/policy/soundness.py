"""What must hold whatever the tables say. Each rule returns findings; none found means sound.

Run as system checks when the program starts and as tests. Every rule takes the tables as they are declared, so a
cell changed to something unlawful stops the program even where the agreed copy was changed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Rule = Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. ``rule`` is the name of the rule's function."""

    rule: str
    text: str


def findings() -> list[Finding]:
    """Everything that does not hold, over all rules."""
    from vetting.policy import soundness_catalogue, soundness_powers, soundness_workflow

    rules: tuple[Rule, ...] = (*soundness_powers.RULES, *soundness_workflow.RULES)
    # With a ground that does not exist the rest of the catalogue cannot be judged.
    groundless = any(soundness_catalogue.grounds_exist())
    rules += (soundness_catalogue.grounds_exist,) if groundless else soundness_catalogue.RULES
    return [Finding(rule.__name__, text) for rule in rules for text in rule()]
