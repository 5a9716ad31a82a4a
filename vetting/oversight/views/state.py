"""*Loggens tillstånd*: how far the log has come, what is signed and anchored, and how to check it elsewhere."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import verifier
from audit.recorder import record
from vetting.access.actor import Actor
from vetting.access.door import may_somewhere
from vetting.access.pages import page
from vetting.accounts.resume import is_resumed
from vetting.accounts.stepup import require_step_up
from vetting.oversight.package import package
from vetting.oversight.queries import state
from vetting.oversight.views.base import acting_role, trail
from vetting.recruitment.views.base import show
from vetting.web.errors import unavailable
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
        gettext_lazy("Kontrollpunkt saknas eller är gammal"),
        gettext_lazy("En ska undertecknas varje kvart. Kontrollera att arbetsprocessen är igång."),
    ),
    "first_key": (
        "warning",
        gettext_lazy("Den första nyckeln ligger kvar på servern"),
        gettext_lazy(
            "Filen hör hos revisorn. Driften lämnar den till revisorn och tar sedan bort den från servern."
        ),
    ),
}


TREES = {"main": gettext_lazy("Händelseloggen"), "reports": gettext_lazy("Anmälningarnas logg")}
"""The trees of the log, as they are called on the page; in files and commands they keep their short names."""


@page("log.view_state")
def log_state(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Size, root, mark, checkpoints and anchors of every tree, and what is not as it should be."""
    found = state.log_state()
    context = {
        "breadcrumbs": trail(actor, Link(_("Loggens tillstånd"))),
        "may_export": may_somewhere(actor, "log.export"),
        "commands": commands_of(found),
        "state": found,
        "facts": facts_of(found),
        "faults": faults_of(found),
        "trees": [(tree, tree_name(tree.name), rows_of(tree, found.ways)) for tree in found.trees],
    }
    return show(request, actor, "oversight/state.html", context)


@page("log.export", methods=("POST",))
def log_export(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """The bundle as a file; how far it reaches and its digest are in the log before the first byte leaves."""
    role = acting_role(actor, "log.export")
    require_step_up(request)
    if is_resumed(request):
        messages.info(request, _("Nu kan du hämta loggpaketet."))
        return redirect("log_state")
    try:
        made = package()
    except OSError:
        return unavailable("503_storage")
    with ExitStack() as opened:
        opened.callback(made.file.close)
        # Places are counted from nought.
        facts = {"role": role, "position_number": made.size - 1, "digest": made.digest}
        record("log.exported", actor.who(role), facts=facts)
        opened.pop_all()
    name = f"loggpaket-{actor.on.isoformat()}-{made.size}.zip"
    return FileResponse(made.file, as_attachment=True, filename=name, content_type="application/zip")


@page("log.view_state")
def log_verifier(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The program that checks the bundle, to read before it is run."""
    answer = HttpResponse(Path(verifier.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="verifier.py"'
    return answer


def commands_of(found: state.LogState) -> list[str]:
    """What to type on another machine; the keys are those that the reader was given in person."""
    trees = [name for name, _size in found.ended] + [tree.name for tree in found.trees]
    keys = [f"--first-key {name}.first" for name in trees] + [f"--vkey '{key}'" for key in found.vkeys]
    return [
        "unzip loggpaket-*.zip",
        "sha256sum loggpaket/manifest.json",
        " \\\n    ".join(["python3 verifier.py verify loggpaket", *keys]),
        "echo $?",
    ]


def facts_of(found: state.LogState) -> list[Fact]:
    """The strip under the head of the page."""
    return [
        Fact(_("Händelser i loggen"), found.size),
        Fact(_("Senaste händelsen"), found.newest),
        Fact(_("Senaste kontrollpunkten"), found.signed),
        Fact(_("Ännu inte förankrade"), found.waiting),
    ]


def faults_of(found: state.LogState) -> list[tuple[str, str, str, str]]:
    """(colour, heading, sentence, what it is about) of each thing that is not as it should be, each said once."""
    about: dict[str, list[str]] = {}
    for code, what in found.faults:
        about.setdefault(code, []).extend([tree_name(what)] if what and code != "behind" else [])
    return [
        (colour, str(heading), str(sentence), ", ".join(names))
        for code, names in about.items()
        for colour, heading, sentence in [FAULTS[code]]
    ]


def tree_name(name: str) -> str:
    """A log in words; anything else as it stands."""
    return str(TREES.get(name, name))


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
