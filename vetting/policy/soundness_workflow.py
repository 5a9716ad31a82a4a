"""Soundness of the machines."""

from __future__ import annotations

from collections.abc import Iterator

from vetting.policy.events import EVENTS
from vetting.policy.permissions import PERMISSIONS
from vetting.policy.reasons import ALL, TRANSITION_REASONS
from vetting.policy.relations import RELATIONS
from vetting.policy.soundness_powers import BESIDE_PERMISSIONS
from vetting.policy.terms import RELATIONS as RELATION_TERMS
from vetting.policy.workflow import MACHINES, NEW

#: States whose way out comes with a later part of the program, and why. Empty is better.
EXIT_COMES_LATER: dict[tuple[str, str], str] = {}


def states_are_consistent() -> Iterator[str]:
    """Transitions join declared states; nothing leaves a final state; every other state has an exit."""
    for machine in MACHINES.values():
        codes = {state.code: state for state in machine.states}
        if len(codes) != len(machine.states):
            yield f"{machine.code}: a state is declared twice"
        names = [t.name for t in machine.transitions]
        if len(names) != len(set(names)):
            yield f"{machine.code}: a transition is declared twice"
        for t in machine.transitions:
            for code in (*t.sources, t.target):
                if code not in codes and not (code == NEW and code in t.sources):
                    yield f"{machine.code}.{t.name}: unknown state {code}"
            for code in t.sources:
                if code in codes and codes[code].final:
                    yield f"{machine.code}.{t.name} leaves the final state {code}"
        for code, state in codes.items():
            leaves = any(code in t.sources and t.target != code for t in machine.transitions)
            if not state.final and not leaves and (machine.code, code) not in EXIT_COMES_LATER:
                yield f"{machine.code}.{code} has no exit"
            if leaves and (machine.code, code) in EXIT_COMES_LATER:
                yield f"{machine.code}.{code} has an exit now; remove the exception"


def states_are_reachable() -> Iterator[str]:
    """Every state can be reached from the beginning, and every state leads to an end."""
    for machine in MACHINES.values():
        reached, growing = {NEW}, True
        while growing:
            more = {t.target for t in machine.transitions if reached & set(t.sources)}
            growing = not more <= reached
            reached |= more
        for state in machine.states:
            if state.code not in reached:
                yield f"{machine.code}.{state.code} cannot be reached"


def steps_have_powers_and_events() -> Iterator[str]:
    """A step somebody takes has a permission and an event; a derived one has neither."""
    for machine in MACHINES.values():
        for t in machine.transitions:
            name = f"{machine.code}.{t.name}"
            if (t.permission is None) != (t.event is None):
                yield f"{name} has a permission without an event, or the reverse"
            if t.permission is not None and t.permission not in PERMISSIONS:
                yield f"{name}: unknown permission {t.permission}"
            if t.event is not None and t.event not in EVENTS:
                yield f"{name}: unknown event {t.event}"
            if t.permission is None and not t.automatic:
                yield f"{name} is taken by somebody without a permission"


def other_persons_are_excluded() -> Iterator[str]:
    """What a four-eyed step forbids, its permission excludes too: the door and the machine say the same."""
    for machine in MACHINES.values():
        for t in machine.transitions:
            rules = RELATIONS.get(t.permission or "", ())
            excluded = {rule.relation for rule in rules if rule.effect == "excludes"}
            for relation in t.other_than:
                if relation not in RELATION_TERMS:
                    yield f"{machine.code}.{t.name}: unknown relation {relation}"
                if relation not in excluded:
                    yield f"{machine.code}.{t.name}: {relation} is not excluded from {t.permission}"


def listed_reasons_exist() -> Iterator[str]:
    """A step with a reason from a list has a list, and no list says anything about a check of a person."""
    for machine in MACHINES.values():
        for t in machine.transitions:
            listed = (machine.code, t.name) in TRANSITION_REASONS
            if (t.reason == "list") != listed:
                yield f"{machine.code}.{t.name}: the list of reasons is missing or unused"
    for name, reasons in ALL.items():
        for code, label in reasons.items():
            for word in ("utdrag", "avstyrk", "säkerhetsprövning", "brott", "avvik", "anmärkning"):
                if word in label.lower():
                    yield f"the reason {name}.{code} says something about a person's checks"


def events_are_of_something() -> Iterator[str]:
    """Every event belongs to a permission, a transition or the short list beside them."""
    used = {p.event for p in PERMISSIONS.values()} | BESIDE_PERMISSIONS
    used |= {t.event for m in MACHINES.values() for t in m.transitions}
    for code in sorted(EVENTS.keys() - used):
        yield f"{code} is the event of nothing"


RULES = (
    states_are_consistent,
    states_are_reachable,
    steps_have_powers_and_events,
    other_persons_are_excluded,
    listed_reasons_exist,
    events_are_of_something,
)
