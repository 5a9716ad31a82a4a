"""What two have decided on is carried out: of the frozen list, what is still due and held by nothing, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from audit import bundle, clock, verifier
from audit.integrity import findings
from audit.models import Blind, Erased
from audit.recorder import record
from tests.disposal.cases import Over, months
from tests.recruitment.world import put
from vetting.crypto import keystore
from vetting.disposal.actions import carrying
from vetting.disposal.actions.carrying import NotDecided, carry_out, ready
from vetting.disposal.actions.deciding import confirm_lot, propose_lot, reject_lot
from vetting.disposal.models import Disposed, Lot
from vetting.policy.calendar import today_stockholm
from vetting.recruitment.actions.hold import set_hold
from vetting.recruitment.models import BlindIndex, Candidacy, Check, NameIndex

DECISION = "UBN 2024/11 § 8"
GRACE = timedelta(days=14)


@contextmanager
def on(day: date) -> Iterator[None]:
    """That day, in the afternoon."""
    with clock.at(clock.now() + (day - today_stockholm(clock.now()))):
        yield


def decided(over: Over, row: str, day: date) -> Lot:
    """Put forward and decided on that day."""
    with on(day):
        lot = propose_lot(over.walk.case().authority, row, DECISION, by=over.world.actor("registrar"))
        confirm_lot(lot, by=over.world.actor("archivist"))
    return lot


@pytest.fixture
def day(over: Over) -> date:
    """The day on which whoever was not engaged is due."""
    return months(over.finalise(), 24)


def history_of(candidacy: Candidacy) -> int:
    return Candidacy.history.filter(id=candidacy.pk).count()


def test_a_finalist_goes_with_her_key_and_what_stays_counts_as_before(over: Over, day: date) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    before = Candidacy.objects.get(pk=over.left.pk)
    states = sorted(Check.objects.filter(candidacy=over.left).values_list("code", "state", "outcome"))
    others = history_of(over.engaged), keystore.existing([over.engaged.pk])
    with on(day + GRACE):
        assert carry_out(lot.pk) == carrying.Result(1, 0)
        found = Candidacy.objects.get(pk=over.left.pk)
        assert (found.name, found.contact, found.number, found.answers) == (None, None, None, {})
        assert (found.state, found.outcome, found.label) == (before.state, before.outcome, before.label)
        assert found.disposed_on == day + GRACE
        assert sorted(Check.objects.filter(candidacy=found).values_list("code", "state", "outcome")) == states
        assert not Check.objects.filter(candidacy=found, evidence__isnull=False).exists()
        assert keystore.existing([found.pk]) == set()
        assert not BlindIndex.objects.filter(candidacy=found).exists()
        assert not NameIndex.objects.filter(candidacy=found).exists()
        # One version is left of each row: that of the disposal itself.
        assert history_of(found) == 1
        assert (history_of(over.engaged), keystore.existing([over.engaged.pk])) == others
        proof = Disposed.objects.get()
        assert len(proof.rows.split()) == Erased.objects.count() > 4
        assert not Blind.objects.filter(commit__erased__isnull=False).exists()
        assert not list(findings())
        assert not ready(day + GRACE), "it is over, and is not carried out again"


def test_nothing_before_its_day_without_two_or_when_it_was_stopped(over: Over, day: date) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    for when in (day, day + GRACE - timedelta(days=1)):
        with on(when), pytest.raises(NotDecided):
            carry_out(lot.pk)
    with on(day + GRACE):
        assert [each.pk for each in ready(day + GRACE)] == [lot.pk]
        reject_lot(Lot.objects.get(pk=lot.pk), by=over.world.actor("hr_head"), reason="claim_expected")
        with pytest.raises(NotDecided):
            carry_out(lot.pk)
    assert Candidacy.objects.get(pk=over.left.pk).disposed_on is None


def test_a_hold_set_after_the_decision_stops_it_and_what_is_not_in_the_list_stays(
    over: Over, day: date
) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    with on(day + GRACE):
        set_hold(over.walk.case(), by=over.world.actor("hr"), ground="claim")
        assert carry_out(lot.pk) == carrying.Result(0, 1)
        assert Candidacy.objects.get(pk=over.left.pk).name is not None
        assert keystore.existing([over.left.pk])
        assert not list(findings())


def test_a_day_that_has_moved_stops_it(over: Over, day: date) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    listing = lot.listing.replace(day.isoformat(), (day - timedelta(days=1)).isoformat())
    with on(day + GRACE):
        with pytest.raises(IntegrityError), transaction.atomic():
            # The database refuses another list than the one that was decided on.
            _sql("UPDATE disposal_lot SET listing = %s, entry_id = entry_id + 1", listing)
        decision = over.walk.case().decisions[0]
        decision.final_on += timedelta(days=1)
        put(decision)
        assert carry_out(lot.pk) == carrying.Result(0, 1)


def test_stopped_half_way_it_goes_on_and_ends_the_same(
    over: Over, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = decided(over, "evidence_not_needed", day)
    real, done = carrying.erase, []

    def dies(entry: int, doomed: object) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(entry)
        real(entry, doomed)  # type: ignore[arg-type]

    with on(day + GRACE):
        monkeypatch.setattr(carrying, "erase", dies)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            carry_out(lot.pk)
        monkeypatch.setattr(carrying, "erase", real)
        assert not list(findings())
        assert carry_out(lot.pk) == carrying.Result(2, 0)
        left = Check.objects.filter(candidacy__in=[over.engaged, over.left], code="id_check")
        assert {(check.evidence, check.state, bool(check.disposed_on)) for check in left} == {
            (None, "done", True)
        }
        # The candidacies themselves are untouched.
        assert Candidacy.objects.get(pk=over.engaged.pk).name is not None
        assert not list(findings())


def test_the_command_carries_out_what_is_ready_and_tells_it_in_codes(over: Over, day: date) -> None:
    decided(over, "candidacy_withdrawn", day)
    out, told = StringIO(), StringIO()
    with on(day + GRACE):
        call_command("dispose", "--execute", stdout=out, stderr=told)
        assert out.getvalue() == f"G-{day.year}-0001 candidacy_withdrawn disposed 1 left 0\n"
        assert told.getvalue().strip() == "1 carried out"
        again = StringIO()
        call_command("dispose", "--execute", stdout=again, stderr=told)
        assert again.getvalue() == ""


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))


def _bundle(folder: Path) -> list[str]:
    bundle.write(folder, full=True)
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(StringIO()):
        code = verifier.main(["verify", str(folder)])
    lines = out.getvalue().splitlines()
    assert code == int(bool(lines))
    return lines


def test_the_auditors_own_program_says_the_same(over: Over, day: date, tmp_path: Path) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    with on(day + GRACE):
        carry_out(lot.pk)
        assert _bundle(tmp_path / "sound") == []


def test_a_row_that_is_taken_without_two_is_found_by_both(over: Over, day: date, tmp_path: Path) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    with on(day + GRACE):
        carry_out(lot.pk)
        stolen = Candidacy.history.filter(id=over.engaged.pk).order_by("entry_id").first()
        delete = "DELETE FROM recruitment_historicalcandidacy WHERE history_id = %s"
        key = stolen.history_id.hex if connection.vendor == "sqlite" else stolen.history_id
        with pytest.raises(IntegrityError), transaction.atomic():
            _sql(delete, key)
        # Whoever owns the database says that a disposal took it.
        entry = Disposed.objects.get().entry_id
        _sql("INSERT INTO audit_erased (commit_id, entry_id) VALUES (%s, %s)", key, entry)
        _sql(delete, key)
        _sql("DELETE FROM audit_blind WHERE commit_id = %s", key)
        assert {finding.kind for finding in findings()} == {"erased-otherwise"}
        assert any(line.startswith("row-missing") for line in _bundle(tmp_path / "stolen"))


def test_a_lot_that_was_stopped_and_carried_out_all_the_same_is_found_by_both(
    over: Over, day: date, tmp_path: Path
) -> None:
    lot = decided(over, "candidacy_not_engaged", day)
    with on(day + GRACE):
        reject_lot(Lot.objects.get(pk=lot.pk), by=over.world.actor("hr_head"), reason="claim_expected")
        # Whoever owns the database lets the row say what it said before.
        _sql(
            "UPDATE disposal_lot SET state = 'confirmed', reject_code = '', stopped_by_id = NULL,"
            " stopped_on = NULL, entry_id = %s",
            record("operation.commanded", carrying.SYSTEM, facts={"command": "x", "result": "done"}).id,
        )
        carry_out(lot.pk)
        # The keys of those whom the log does not let go are not destroyed either.
        kinds = {finding.kind for finding in findings()}
        assert kinds == {"disposal-undecided", "key-outlives-disposal"}
        assert [line.split(":")[0] for line in _bundle(tmp_path / "stopped")] == ["disposal-undecided"]
