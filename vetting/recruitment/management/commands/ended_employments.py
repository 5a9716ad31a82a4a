"""Take in the personnel system's list of who has left: the exit is begun where the engagement is under way here."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import progress
from audit.clock import now
from vetting.crypto.errors import Locked
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.ended.reading import Unreadable, read_ended
from vetting.recruitment.ended.taking import Told, digest_of, earlier, note_feed, take_ended
from vetting.recruitment.models import EndedFeed


class Command(BaseCommand):
    """No number is stored, printed or logged; the same file again changes nothing."""

    help = (
        "Takes in a CSV file of ended employments, as the personnel system exports it. The first row names the\n"
        "columns: personnummer, sista_dag (YYYY-MM-DD) and, where a person has several engagements, referens\n"
        "(the recruitment's). Between the columns semicolon, comma or tab.\n\n"
        "The exit of each engagement under way is begun with that last day; people close access and remind of\n"
        "secrecy. Rows of others, and of engagements that began after the last day, are left.\n\n"
        "Exit 0: all rows taken or known before. Exit 1: some rows left, a line for each on standard error.\n"
        "Exit 2: the file cannot be read, and nothing was changed.\n\n"
        "Example:\n  manage.py ended_employments /srv/hr/avslutade.csv"
    )

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the example on a line of its own."""
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, whether only to look, and the day it tells of."""
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument("--check", action="store_true", help="only tell what would be done")
        parser.add_argument(
            "--of",
            type=_day,
            metavar="YYYY-MM-DD",
            help="the day as of which it tells who has left (today); needed for a file that looks like the last one",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError: exit 2 for a file that cannot be read, exit 1 for rows that were left."""
        today = today_stockholm(now())
        made_on = options["of"] or today
        if made_on > today:
            raise CommandError("--of: that day has not come.", returncode=2)
        try:
            content = options["file"].read_bytes()
            rows, faults = read_ended(content, today)
            digest = digest_of(content)
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.", returncode=2) from None
        except (Unreadable, Locked) as error:
            raise CommandError(str(error), returncode=2) from None
        if faults and not rows:
            self._list(faults)
            raise CommandError("No row could be read; nothing was changed.", returncode=2)
        known = _known(digest, options["of"], bool(rows))
        if known is not None and not options["check"]:
            self.stdout.write(f"This file was taken in before, as of {known.made_on}; nothing was changed.")
            return
        with progress.shown("ended_employments", "row") as bar:
            told = take_ended(rows, only_look=options["check"], progress=bar)
        told.faults = sorted([*faults, *told.faults], key=lambda fault: fault.row)
        if not options["check"]:
            note_feed(digest, made_on=made_on, rows=len(rows), begun=told.begun)
        self._tell(told, options["check"])

    def _tell(self, told: Told, only_look: bool) -> None:
        said = "would be begun" if only_look else "begun"
        self.stdout.write(
            f"{told.begun} exits {said}, {told.before} begun before, {told.unknown} not under way here."
        )
        if told.faults:
            self._list(told.faults)
            raise CommandError(f"{len(told.faults)} rows were left.", returncode=1)

    def _list(self, faults: list[Any]) -> None:
        for fault in faults:
            self.stderr.write(str(fault))


def _known(digest: bytes, of: date | None, has_rows: bool) -> EndedFeed | None:
    """The same file from before, unless it is said to tell of a later day; a list of nobody is always news."""
    found = earlier(digest) if has_rows else None
    return None if found is None or (of is not None and of > found.made_on) else found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("write the day as YYYY-MM-DD") from None
