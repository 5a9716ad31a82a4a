"""The demonstration: everything is there to be seen, its accounts work, and it keeps to databases of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from audit.integrity import findings
from audit.models import Entry
from audit.recorder import Who, act
from config import marks
from tests.harness.databases import RealDatabase
from vetting.accounts.models import Person
from vetting.organisation.models import Organisation
from vetting.policy.calendar import STOCKHOLM, is_working_day
from vetting.policy.numbers import parse
from vetting.policy.profiles import PROFILES
from vetting.policy.roles import ROLES
from vetting.recruitment.demo import names
from vetting.recruitment.demo.municipality import POSTS
from vetting.recruitment.demo.plots import CHOSEN, ordinary
from vetting.recruitment.demo.seed import fill
from vetting.recruitment.models import Candidacy, Engagement, Opinion, Recruitment, Recusal, Waiver

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
LATE = {"protective_no_class", "protective_class_1", "protective_class_2", "protective_class_3"}


@pytest.fixture
def demo(real_db: RealDatabase, settings: Any) -> None:
    """A demonstration that shows everything there is to show."""
    settings.DEMO = True
    fill(60, until=NOW)


@pytest.mark.deadline(300)
def test_everything_is_there_to_be_seen(demo: None) -> None:
    """States, forms, profiles, roles, accounts, sign-in, time: one filling, as it takes seconds."""
    assert not list(findings())
    _every_state()
    _told_in_order_of_time()
    _accounts()
    _second_filling_is_refused()


def _every_state() -> None:
    states = set(Recruitment.objects.values_list("state", flat=True))
    assert states == set(Recruitment.State)
    derived = {Candidacy.State.CLEARED, Candidacy.State.CHECKING}
    assert set(Candidacy.objects.values_list("state", flat=True)) >= set(Candidacy.State) - derived
    given = set(Opinion.objects.values_list("state", flat=True))
    waivers = set(Waiver.objects.values_list("state", flat=True))
    assert waivers == set(Waiver.State)
    assert any(waiver.has_lapsed(NOW.date()) for waiver in Waiver.objects.filter(state="in_force"))
    assert any(waiver.holds_on(NOW.date()) for waiver in Waiver.objects.filter(state="in_force"))
    rare = {"draft", "recalled", "invalidated", "lapsed", "overruled"}
    assert given >= set(Opinion.State) - rare
    assert set(Engagement.objects.values_list("state", flat=True)) >= {"planned", "active", "ended"}
    assert set(Recusal.objects.values_list("state", flat=True)) >= {"clear", "declared", "ended"}
    assert Recruitment.objects.filter(on_hold=True).exists()
    assert Recruitment.objects.filter(legal_hold_since__isnull=False).exists()
    assert Candidacy.objects.filter(is_protected=True).exists()
    assert {code for post in Recruitment.objects.values_list("profiles", flat=True) for code in post} == {
        code for code, profile in PROFILES.items() if profile.visible_to == "all"
    }
    assert {plot.form for plot in CHOSEN} == set(Recruitment.objects.values_list("form", flat=True))


def _told_in_order_of_time() -> None:
    moments = list(Entry.objects.order_by("id").values_list("time", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] < NOW
    assert (NOW - moments[0]).days > 3 * 365
    told = [moment.astimezone(STOCKHOLM) for moment in moments if moment > moments[0]][200:]
    assert all(is_working_day(moment.date()) and 7 <= moment.hour < 18 for moment in told)


def _accounts() -> None:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    accounts = json.loads(out.getvalue())
    number = {role: sum(one["role"] == role for one in accounts) for role in ROLES}
    assert all(number.values())
    assert number["hr_officer"] >= 2
    assert number["hiring_manager"] >= 2
    assert number["security_officer"] == 3
    assert number["administrator"] == 2
    assert number["employee"] >= 2
    for channel in ("report_recipient", "whistleblowing_recipient", "alternative_recipient"):
        assert number[channel] == 3
    for role in ("hr_officer", "administrator", "employee"):
        one = next(one for one in accounts if one["role"] == role)
        assert Client().login(username=one["username"], password=one["password"])
    assert not Client().login(username=accounts[0]["username"], password=accounts[1]["password"])


def _second_filling_is_refused() -> None:
    with pytest.raises(CommandError, match="holds something") as refused:
        call_command("seed_demo", recruitments=1)
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_the_mark_keeps_the_two_apart(settings: Any) -> None:
    assert marks.problem() == ""
    organisation = Organisation(name="Nordviks kommun", kind="municipality", is_demonstration=True)
    _put(organisation)
    assert "demonstration" in marks.problem()
    assert marks.check(databases=["default"])
    with pytest.raises(SystemExit) as stopped:
        marks.refuse()
    assert stopped.value.code == 4
    settings.DEMO = True
    assert marks.problem() == ""
    _put(Organisation(name="En riktig kommun", kind="municipality"))
    assert "real installation" in marks.problem()


def _put(organisation: Organisation) -> None:
    with act("account.created", Who(None, None, "system")) as entry:
        entry.save(organisation)


@pytest.mark.django_db
def test_nothing_of_it_outside_the_demonstration(settings: Any) -> None:
    for command in ("seed_demo", "demo_accounts"):
        with pytest.raises(CommandError) as refused:
            call_command(command)
        assert refused.value.returncode == 2
    settings.DEMO = True
    with pytest.raises(CommandError, match="numbers from 0"):
        call_command("seed_demo", reports=-3)
    assert not Person.objects.exists()


def test_numbers_are_those_kept_for_tests() -> None:
    random = Random(1)
    for _ in range(500):
        found = parse(names.number(random))
        serial = int(found.normalised[8:11])
        assert serial in range(980, 1000) if found.born.year < 1990 else serial in {238, 239}


def test_who_applies_is_never_named_as_who_works_there() -> None:
    assert not set(names.FINALIST_ENDS) & set(names.STAFF_ENDS)
    assert len({names.username_of(f"{first}lund {first}berg") for first in names.FIRST}) == len(names.FIRST)


def test_no_plot_holds_a_class_of_protective_security() -> None:
    assert not LATE & {code for post in POSTS for code in post.profiles}
    assert {ordinary(Random(number)).post for number in range(400)} == {
        post.key for post in POSTS if post.weight
    }


def test_what_lists_the_accounts_names_the_folder_where_it_was_moved() -> None:
    from config.serve import listing

    plain = "DJANGO_SETTINGS_MODULE=config.settings_demo .venv/bin/python manage.py demo_accounts"
    assert listing(None) == listing("./data") == plain
    assert listing("/srv/my demo") == f"DATA_DIR='/srv/my demo' {plain}"
