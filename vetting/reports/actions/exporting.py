"""A copy of a report: masked, with the provision of each mask, for whoever asks for it; or whole, for the circle.

As in `handling`: the case is locked, `by` acts, `vault` holds her keys, `once` is the form's. All raise Denied,
NotYours and NeedsAnother; WrongState.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import override

from vetting.access.actor import Actor
from vetting.policy.giving_out import MASKS
from vetting.reports.case import Case, Once
from vetting.reports.days import today
from vetting.reports.errors import BadInput, WrongState
from vetting.reports.give_out import mark, masked_text, whole_text
from vetting.reports.pieces import Piece, pieces
from vetting.reports.vault import Vault

GIVE = "give"
# Never past another [[: a text of nothing else, which whoever reports may send, would take the square of its length.
_MARKED = re.compile(r"\[\[((?:(?!\[\[).)*?)\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tried:
    """How one part was tried: `give`, or the provision; `text` is the part, with [[ and ]] round what is masked.

    A provision without marks masks the whole part.
    """

    how: str
    text: str


def masked_copy(case: Case, tried: Mapping[str, Tried], *, by: Actor, vault: Vault, once: Once = None) -> str:
    """The masked copy. Every part must have been tried; its text may have got marks and nothing else.

    Raises BadInput, part → `untried`, `altered`, `section` (marks without a provision), `choice`.
    """
    answer = case.require(by, "report.export_masked")
    _require_here(case)
    opened = _in_swedish(case, vault)
    wrong = {piece.code: fault for piece in opened if (fault := _fault(piece, tried.get(piece.code)))}
    if wrong:
        raise BadInput(**wrong)
    used: Counter[str] = Counter()
    parts = [(piece.label, _masked(piece, tried[piece.code], used)) for piece in opened]
    with override("sv"):
        made = masked_text(case.report, parts, used, today())
    digest, section = sha256(made.encode()).hexdigest(), ", ".join(sorted(used))
    with case.act("report.masked_exported", by, answer.role, once=once, digest=digest, section=section):
        pass
    return made


def whole_export(case: Case, *, by: Actor, vault: Vault, once: Once = None) -> bytes:
    """The whole report but the name, as a ZIP with a text to read and the same as JSON; the log keeps its digest."""
    answer = case.require(by, "report.export")
    _require_here(case)
    opened = _in_swedish(case, vault)
    said = {
        "reference": case.report.reference,
        "channel": case.report.channel,
        "received_on": case.report.received_on.isoformat(),
        "parts": [asdict(piece) for piece in opened],
    }
    packed = BytesIO()
    with override("sv"), ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("anmalan.txt", whole_text(case.report, opened, today()))
        archive.writestr("anmalan.json", json.dumps(said, ensure_ascii=False, indent=1))
    digest = sha256(packed.getvalue()).hexdigest()
    with case.act("report.exported", by, answer.role, once=once, digest=digest):
        pass
    return packed.getvalue()


def _fault(piece: Piece, tried: Tried | None) -> str:
    if tried is None or not tried.how:
        return "untried"
    if tried.how != GIVE and tried.how not in MASKS:
        return "choice"
    if _MARKED.sub(r"\1", _even(tried.text)).strip() != _even(piece.text).strip():
        return "altered"
    return "section" if tried.how == GIVE and _MARKED.search(_even(tried.text)) else ""


def _masked(piece: Piece, tried: Tried, used: Counter[str]) -> str:
    if tried.how == GIVE:
        return piece.text
    with override("sv"):
        instead = mark(tried.how)
    text, count = _MARKED.subn(lambda _found: instead, _even(tried.text))
    used[tried.how] += count or 1
    return text if count else instead


def _in_swedish(case: Case, vault: Vault) -> list[Piece]:
    """A public record is in Swedish, whatever language its maker reads the pages in."""
    with override("sv"):
        return pieces(case, vault.of(case))


def _even(text: str) -> str:
    """Line ends as one sign: a browser sends two."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _require_here(case: Case) -> None:
    if case.report.state in ("disposed", "transferred", "quarantined"):
        raise WrongState("report", "export", case.report.state)
