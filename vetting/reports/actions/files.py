"""Files of a report: its reporter adds them with the code; a recipient opens the copy, by another act the original."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto.content_key import ContentKey
from vetting.crypto.errors import SealError
from vetting.reports.actions.reporter import keep_way_back, locked, reopen
from vetting.reports.case import Case, Once
from vetting.reports.days import today
from vetting.reports.errors import BadInput, NotComplete, WrongState
from vetting.reports.files import scanning, store
from vetting.reports.files.cleaning import cleaned
from vetting.reports.files.kinds import Found, NotTaken, kind_of
from vetting.reports.models import File, FilePart, Report
from vetting.reports.returning import Returned
from vetting.reports.vault import Vault

EACH = 20
"""Files of one report."""
AT_ONCE = 16
"""Parts that are written together: some megabytes."""
COPY, ORIGINAL = str(FilePart.Which.COPY), str(FilePart.Which.ORIGINAL)


@dataclass(frozen=True, slots=True)
class Told:
    """A file as it is told of: nothing of what it shows."""

    file: File
    found: Found
    original: str
    """What the original is: `jpeg`, `png`, `webp`, `pdf`, `text`."""


def add_file(back: Returned, data: bytes, *, once: Once = None) -> Told:
    """Keep a file: cleaned, looked through for viruses, sealed with its original.

    Raises BadInput (`file`: why it is not taken, a code of `files.words.NOT_TAKEN`), WrongState once disposed of.
    """
    if File.objects.filter(report=back.report).count() >= EACH:
        raise BadInput(file="too_many")
    try:
        scan, copy, original = scanning.scan(data), cleaned(data), kind_of(data)
    except NotTaken as error:
        raise BadInput(file=error.why) from error
    with locked(back) as case:
        reopen(case)
        keep_way_back(case, back)
        number = File.objects.filter(report=case.report).count() + 1
        if number > EACH:
            raise BadInput(file="too_many")
        file = File(
            id=uuid4(), report=case.report, number=number, kind=copy.kind, scan=scan, day=today(), weight=0
        )
        back.key.put_json(file, "told", {"found": copy.found, "original": original})
        _keep(case, file, sealed(back.key, file, copy.data, data), once)
    return Told(file, copy.found, original)


def sealed(key: ContentKey, file: File, copy: bytes, original: bytes) -> list[FilePart]:
    """The parts of both, with weight and digest set on the row; nothing is saved."""
    parts = [*store.seal(key, file, COPY, copy), *store.seal(key, file, ORIGINAL, original)]
    file.weight, file.digest = sum(len(part.blob) for part in parts), store.digest_of(parts)
    return parts


def _keep(case: Case, file: File, parts: list[FilePart], once: Once) -> None:
    with case.act("report.added_to", None, once=once) as entry:
        case.save(entry, file)
        FilePart.objects.bulk_create(parts, batch_size=AT_ONCE)


def told(file: File, key: ContentKey) -> Told:
    """What is told of one file. Raises SealError."""
    said = key.json(file, "told") or {}
    return Told(file, [(code, value) for code, value in said.get("found", ())], said.get("original", ""))


def open_file(
    case: Case, file: File, *, by: Actor, vault: Vault, original: bool = False
) -> tuple[bytes, str]:
    """The copy, or the original, and what it is; recorded first.

    Raises Denied, NotYours, NeedsAnother, SealError, WrongState; NotComplete where the scanner has not answered yet
    ("scan") or has found something ("virus").
    """
    answer = case.require(by, "report.open_file")
    if case.is_set_apart or case.report.state == "disposed":
        raise WrongState("report", "open_file", case.report.state)
    key = vault.of(case)
    kind = told(file, key).original if original else str(file.kind)
    if file.scan in (File.Scan.WAITING, File.Scan.FOUND):
        raise NotComplete("scan" if file.scan == File.Scan.WAITING else "virus")
    with case.act("report.file_opened", by, answer.role, file_kind=f"original_{kind}" if original else kind):
        pass
    if not store.is_whole(file):
        raise SealError("The stored parts are not those that the log answers for.")
    return store.opened(key, file, ORIGINAL if original else COPY), kind


def scan_again(case: Case, file: File, *, by: Actor, vault: Vault) -> None:
    """Ask the scanner about a file that it had no answer for; an act of its own, which stands whatever the answer is.

    Raises Denied, NotYours, NeedsAnother, SealError.
    """
    if file.scan != File.Scan.WAITING:
        return
    answer = case.require(by, "report.open_file")
    try:
        file.scan = scanning.scan(store.opened(vault.of(case), file, ORIGINAL))
    except NotTaken:
        file.scan = File.Scan.FOUND
    if file.scan != File.Scan.WAITING:
        with case.act("report.file_opened", by, answer.role, file_kind=f"scan_{file.scan}") as entry:
            entry.save(file)


def move_files(entry: Act, old: Report, key: ContentKey, new: Report, own: ContentKey) -> None:
    """The files of a report that is moved, sealed anew under the new one's key, one at a time; saved by `entry`."""
    for file in File.objects.filter(report=old):
        copy = File(
            id=uuid4(), report=new, number=file.number, kind=file.kind, scan=file.scan, day=file.day, weight=0
        )
        own.put(copy, "told", key.text(file, "told") or None)
        parts = sealed(own, copy, store.opened(key, file, COPY), store.opened(key, file, ORIGINAL))
        entry.save(copy)
        FilePart.objects.bulk_create(parts, batch_size=AT_ONCE)


def forget_files(case: Case) -> None:
    """Remove the sealed parts of a report that is disposed of; what is told of them stays, unreadable."""
    FilePart.objects.filter(file__report=case.report).delete()
