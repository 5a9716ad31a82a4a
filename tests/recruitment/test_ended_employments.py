"""The list of who has left: matched by keyed digest, the exit begun once, faults by row, and nobody's number told."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.models import Entry
from audit.recorder import act
from tests.recruitment.pages import signed_in
from tests.recruitment.rounds import in_homes
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.policy.reasons import EXIT_CANCELLED
from vetting.recruitment.actions.candidacy import edit_candidacy
from vetting.recruitment.actions.engagement import cancel_exit
from vetting.recruitment.ended.taking import SERVICE
from vetting.recruitment.models import EndedFeed, Engagement

NUMBER, OTHER, NOBODY = "19900107-2389", "19850412-1230", "19640823-3234"
HEADS = "Personnummer;Sista_dag;Referens"


def begun(world: World, number: str = NUMBER) -> Walk:
    """An engagement under way of somebody whose number is known."""
    post = "in_homes" if "in_homes" in world.positions else in_homes(world)
    walk = Walk(world, post).open()
    finalist = walk.finalist()
    edit_candidacy(walk.case(), by=world.actor("hr"), candidacy=finalist, number=number)
    walk.declare("hr", "manager")
    walk.ready(finalist)
    walk.sign(finalist)
    walk.start(finalist)
    return walk


def take(tmp_path: Path, *rows: str, more: tuple[str, ...] = (), heads: str = HEADS) -> tuple[int, str, str]:
    """Run the command on these rows: exit code, what it says, what it says of faults."""
    file = tmp_path / "avslutade.csv"
    file.write_text("\r\n".join([heads, *rows]) + "\r\n", encoding="cp1252")
    out, err = StringIO(), StringIO()
    try:
        call_command("ended_employments", str(file), *more, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue() + str(error)
    return 0, out.getvalue(), err.getvalue()


def engagement(walk: Walk) -> Engagement:
    return Engagement.objects.get(recruitment=walk.pk)


def test_the_exit_is_begun_once_with_its_last_day(world: World, tmp_path: Path) -> None:
    walk = begun(world)
    last = walk.on + timedelta(days=20)
    rows = (f"{NUMBER};{last};", f"{NOBODY};{last};")
    assert take(tmp_path, *rows, more=("--check",))[:2] == (
        0, "1 exits would be begun, 0 begun before, 1 not under way here.\n",
    )  # fmt: skip
    assert (engagement(walk).state, EndedFeed.objects.count()) == ("active", 0)
    assert take(tmp_path, *rows)[:2] == (0, "1 exits begun, 0 begun before, 1 not under way here.\n")
    assert (engagement(walk).state, engagement(walk).planned_end) == ("exiting", last)
    entry = Entry.objects.get(subject=walk.pk, action="engagement.exit_begun")
    assert (entry.actor_role, entry.facts["date"]) == ("system", last.isoformat())
    assert (
        Entry.objects.filter(action="operation.commanded").latest("id").facts["command"]
        == "ended_employments"
    )
    # The same file, and another that says the same, change nothing.
    code, said, _err = take(tmp_path, *rows)
    assert (code, "taken in before" in said) == (0, True)
    assert take(tmp_path, rows[0])[:2] == (0, "0 exits begun, 1 begun before, 0 not under way here.\n")
    assert Entry.objects.filter(subject=walk.pk, action="engagement.exit_begun").count() == 1
    # Another last day is not taken over what stands: the manager is to say.
    code, said, err = take(tmp_path, f"{NUMBER};{last + timedelta(days=1)};")
    assert code == 1
    assert "Row 2, sista_dag" in err
    assert engagement(walk).planned_end == last
    # It goes on after all; the manager's word stands until another list says otherwise.
    case = walk.case()
    cancel_exit(
        case, by=world.actor("manager"), candidacy=case.candidacies[0], reason=next(iter(EXIT_CANCELLED))
    )
    assert take(tmp_path, *rows)[0] == 0
    assert engagement(walk).state == "active"


def test_rows_that_are_left_stand_with_row_field_and_reason(world: World, tmp_path: Path) -> None:
    one, two = begun(world), begun(world)
    alone = begun(world, OTHER)
    last = one.on + timedelta(days=3)
    reference = two.case().recruitment.reference
    code, said, err = take(
        tmp_path, f"{NUMBER};{last};", f"19900107-2388;{last};", f"{NUMBER};3/4;{reference}", f"hej;{last};",
        f"{OTHER};1987-01-01;", f"{OTHER};{one.on - timedelta(days=9)};", f"{NUMBER};{last};{reference}",
    )  # fmt: skip
    assert code == 1
    assert said == "1 exits begun, 0 begun before, 1 not under way here.\n"
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "Row 2, referens", "Row 3, personnummer", "Row 4, sista_dag", "Row 5, personnummer", "Row 6, sista_dag",
        "5 rows were left.",
    ]  # fmt: skip
    assert "1990" not in said + err
    # Where no check called for the number, the reference of the decision names the person.
    named = alone.case().recruitment.reference
    code, said, err = take(
        tmp_path, f";{last};{named}", f";{last};{named} K2", f";{last};{named}  K1", f";{last};"
    )
    assert (code, said) == (1, "1 exits begun, 0 begun before, 1 not under way here.\n")
    assert [line[:5] for line in err.splitlines()[:-1]] == ["Row 2", "Row 5"]
    assert [engagement(walk).state for walk in (one, two, alone)] == ["active", "exiting", "exiting"]


@pytest.mark.parametrize(
    ("heads", "rows", "says"),
    [
        ("", (), "empty"),
        ("namn;datum", ("Testa;2026-01-01",), "must name the columns"),
        (HEADS, ("hej;2026-01-01;",), "No row could be read"),
        ('personnummer;"sista_dag', (f"{NUMBER};2026-01-01",), "rows with columns"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(
    world: World, tmp_path: Path, heads: str, rows: tuple[str, ...], says: str
) -> None:
    code, _said, err = take(tmp_path, *rows, heads=heads)
    assert code == 2
    assert says in err
    assert NUMBER not in err
    assert EndedFeed.objects.count() == 0


def test_a_list_too_old_is_told_of_and_hides_what_is_to_be_renewed(
    world: World, tmp_path: Path, settings: Any
) -> None:
    walk = begun(world)
    row = engagement(walk)
    row.renewals = {"annual_declaration": walk.on.isoformat()}
    facts = {"role": "system", "engagement": "R K1", "check": "annual_declaration", "date": "2026-01-01"}
    with act("engagement.renewed", SERVICE, subject=walk.pk, facts=facts) as entry:
        entry.save(row)
    manager = signed_in(world, "manager")

    def shown() -> tuple[bool, bool]:
        """Whether the page says that the list is old, and whether it shows what is to be renewed."""
        text = manager.get(reverse("engagement_list")).content.decode()
        return "vilka som har slutat" in text, "Årlig försäkran" in text

    assert shown() == (False, True), "no list is waited for"
    settings.ENDED_FEED = True
    assert shown() == (True, False), "one that never came"
    old = walk.on - timedelta(days=36)
    assert take(tmp_path, f"{NOBODY};2026-01-01;", more=("--of", str(old)))[0] == 0
    assert shown() == (True, False)
    assert take(tmp_path, f"{NOBODY};2026-01-01;")[1].startswith("This file was taken in before")
    assert shown() == (True, False), "the same file says nothing new"
    assert take(tmp_path, f"{NOBODY};2026-01-01;", more=("--of", str(old + timedelta(days=1))))[0] == 0
    assert shown() == (False, True), "35 days"
    assert take(tmp_path)[0] == 0, "nobody has left"
    assert EndedFeed.objects.latest("made_on").made_on == walk.on
    assert take(tmp_path, more=("--of", str(date(2999, 1, 1))))[0] == 2
