"""The protected tables of a quarter in words: the same on the page and in the file."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetting.figures.protection import K, Protected
from vetting.oversight.queries.protected import Figures
from vetting.web.parts import Fact


def tables_of(found: Figures, *, opinions: bool, waivers: bool) -> list[tuple[str, list[Fact]]]:
    """(heading, its numbers) of each table that is asked for."""
    tables = []
    if opinions:
        given = _("Lämnade yttranden")
        in_time = {"in_time": _("varav inom målet"), "late": _("varav över målet")}
        lifted = {"lifted": _("varav lyfta"), "not_lifted": _("varav inte lyfta")}
        tables += [
            (_("Hölls målet för yttranden?"), _facts(found.kept, given, in_time)),
            (_("Lyftes yttrandena?"), _facts(found.lifts, given, lifted)),
        ]
    if waivers:
        words = {"later": _("varav kompletteringar efter start"), "waived": _("varav andra undantag")}
        tables.append((_("Vad undantogs?"), _facts(found.waived, _("Föreslagna undantag"), words)))
    return tables


def _facts(table: Protected, counted: str, words: dict[str, str]) -> list[Fact]:
    """The table as it may be shown: all that is `counted`, and its parts. One that counts too few says only that."""
    if table.total is None:
        return [Fact(counted, _("färre än %(k)s") % {"k": K})]
    shown = [Fact(counted, table.total)]
    for code, label in words.items():
        value = table.cells[code]
        shown.append(Fact(label, _("skyddad uppgift") if value is None else value))
    return shown
