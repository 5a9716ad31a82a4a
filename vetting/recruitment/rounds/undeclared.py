"""Declarations that a round waits for: nobody goes on before all who take part have answered about conflicts."""

from __future__ import annotations

from dataclasses import dataclass

from vetting.access.actor import Actor
from vetting.access.door import ask
from vetting.recruitment import links
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import undeclared, waits_for_declarations
from vetting.recruitment.missing_words import not_declared
from vetting.recruitment.names_read import to_declare_about

WAIT = ("candidacy.proceed", "decision.sign")
"""What is not offered before everybody has declared conflicts of interest."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is waited for. `mine`: it is this person's own. `url`: where it is given, or who has answered; maybe "".

    `shows_url`: where a button posts that shows the finalists' names first, or "". `names`: who has not answered.
    """

    mine: bool
    url: str = ""
    shows_url: str = ""
    names: tuple[str, ...] = ()


def wanted(case: Case, actor: Actor) -> Wanted | None:
    """The declarations that stand in the way of everybody here, as this person meets it; None where there are none."""
    if not waits_for_declarations(case):
        return None
    facts = case.facts_for(actor)
    if str(actor.person_id) in undeclared(case) and ask(actor, "declaration.give", facts):
        shows = links.to("show_finalists", case) if to_declare_about(case, actor.person_id) else ""
        return Wanted(True, links.to("give_declaration", case), shows)
    url = links.to("declaration_list", case) if ask(actor, "declaration.list", facts) else ""
    return Wanted(False, url, names=tuple(not_declared(case)))
