"""*Loggens tillstånd*: how far the log has come, what is signed and anchored, and how to check it elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetting.access.actor import Actor
from vetting.access.pages import page
from vetting.oversight.queries import state
from vetting.oversight.views.base import trail
from vetting.recruitment.views.base import show
from vetting.web.parts import Fact, Link

WAYS: dict[str, str | Promise] = {
    "file": gettext_lazy("Fil på servern"),
    "stdout": gettext_lazy("Rad till loggmottagaren"),
    "mail": gettext_lazy("E-post till revisorn"),
}
# code → (colour, heading, what it means and what to do)
FAULTS: dict[str, tuple[str, str | Promise, str | Promise]] = {
    "shut": (
        "danger",
        gettext_lazy("Loggen är stängd"),
        gettext_lazy(
            "Databasen stämmer inte med det som loggen sparat utanför den. Inget skrivs förrän driften har "
            "utrett det. Spara en kopia av allt innan något ändras."
        ),
    ),
    "behind": (
        "danger",
        gettext_lazy("Databasen är äldre än loggen"),
        gettext_lazy("Händelser som har funnits saknas. Någon kan ha lagt tillbaka en gammal kopia."),
    ),
    "no_mark": (
        "danger",
        gettext_lazy("Loggens mapp utanför databasen saknas"),
        gettext_lazy("Utan den märks det inte om händelser tas bort. Driften behöver lägga tillbaka mappen."),
    ),
    "no_key": (
        "warning",
        gettext_lazy("Inga kontrollpunkter undertecknas"),
        gettext_lazy(
            "Nyckeln för det (CHECKPOINT_KEY) finns inte. Ingen utanför kan då bevisa vad loggen innehöll."
        ),
    ),
    "late": (
        "warning",
        gettext_lazy("Kontrollpunkten är gammal"),
        gettext_lazy("Den ska undertecknas varje kvart. Kontrollera att arbetsprocessen är igång."),
    ),
    "first_key": (
        "warning",
        gettext_lazy("Den första nyckeln ligger kvar på servern"),
        gettext_lazy("Den hör hos revisorn. Hämta filen och ta sedan bort den från servern."),
    ),
}


@page("log.view_state")
def log_state(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Size, root, mark, checkpoints and anchors of every tree, and what is not as it should be."""
    found = state.log_state()
    context = {
        "breadcrumbs": trail(Link(_("Loggens tillstånd"))),
        "state": found,
        "facts": facts_of(found),
        "faults": faults_of(found),
        "trees": [(tree, rows_of(tree, found.ways)) for tree in found.trees],
    }
    return show(request, actor, "oversight/state.html", context)


def facts_of(found: state.LogState) -> list[Fact]:
    """The strip under the head of the page."""
    return [
        Fact(_("Händelser i loggen"), found.size),
        Fact(_("Senaste händelsen"), found.newest),
        Fact(_("Senaste kontrollpunkten"), found.signed),
        Fact(_("Ännu inte förankrade"), found.waiting),
    ]


def faults_of(found: state.LogState) -> list[tuple[str, str, str, str]]:
    """(colour, heading, sentence, what it is about) of each thing that is not as it should be."""
    return [
        (colour, str(heading), str(sentence), "" if code == "behind" else about)
        for code, about in found.faults
        for colour, heading, sentence in [FAULTS[code]]
    ]


def rows_of(tree: state.TreeState, ways: tuple[str, ...]) -> list[Fact]:
    """What is known of one tree, label beside value."""
    rows = []
    if tree.size is not None:
        rows += [Fact(_("Händelser"), tree.size), Fact(_("Högsta kända antal utanför databasen"), tree.mark)]
    rows += [
        Fact(_("Senaste kontrollpunkten"), tree.signed),
        Fact(_("Undertecknade händelser"), tree.signed_size),
    ]
    rows += [Fact(str(WAYS[kind]), tree.anchored.get(kind)) for kind in ways]
    if tree.waiting is not None:
        rows.append(Fact(_("Ännu inte förankrade"), tree.waiting))
    return rows
