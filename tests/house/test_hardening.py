"""What the operator's page says of limits is what the program does."""

from django.conf import settings

from config.env import LONGEST_WAIT
from tests.house.asvs import ROOT
from vetting.accounts.first_password import HOURS
from vetting.administration.forms.unit_import import MOST_ROWS
from vetting.recruitment.queries.search import PER_HOUR

PAGE = (ROOT / "docs" / "hardening.md").read_text(encoding="utf-8")


def test_each_limit_on_the_page_is_the_one_in_force() -> None:
    said = (
        f"{PER_HOUR} an hour per person",
        f"{HOURS} hours, one use",
        f"fresh second factor, {settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60} minutes",
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20} MiB, {settings.DATA_UPLOAD_MAX_NUMBER_FIELDS} fields",
        f"a pasted list {MOST_ROWS:,} rows",
        f"at most {LONGEST_WAIT} seconds for a lock",
    )
    assert [words for words in said if words not in PAGE] == []


def test_every_library_that_runs_has_a_time_within_which_it_is_mended() -> None:
    """Those named as meeting the network are among the locked ones; all others fall under their own rows."""
    locked = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    row = next(line for line in PAGE.splitlines() if line.startswith("| used in attacks"))
    named = row.split("(")[1].split(", and")[0].split(", ")
    assert len(named) > 4
    assert [name for name in named if f"\n{name}==" not in "\n" + locked] == []
