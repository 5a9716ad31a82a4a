"""Draws a state machine as a Mermaid diagram, from the declaration alone."""

from __future__ import annotations

import re

from vetting.policy.workflow import NEW, Machine


def _plain(label: str) -> str:
    """A label without the signs that mean something in the diagram; ``{orsak}`` becomes three dots."""
    return re.sub(r"{\w+}", "…", label).replace(":", " ")


def mermaid(machine: Machine) -> str:
    """The machine as ``stateDiagram-v2`` text; steps between the same two states share an arrow.

    A dashed word, ``(följd)``, marks what follows from another act or from time.
    """
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.code}: {_plain(state.label)}" for state in machine.states]
    arrows: dict[tuple[str, str], list[str]] = {}
    for step in machine.transitions:
        word = f"{step.name} (följd)" if step.automatic else step.name
        for source in step.sources:
            arrows.setdefault((source, step.target), []).append(word)
    for (source, target), words in arrows.items():
        start = "[*]" if source == NEW else source
        lines.append(f"    {start} --> {target}: {', '.join(words)}")
    lines += [f"    {state.code} --> [*]" for state in machine.states if state.final]
    return "\n".join(lines)
