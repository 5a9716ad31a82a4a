"""*Klar för pool*: granted and renewed by whoever decides about the pool, taken away with a neutral reason.

A grant is no new vetting and no shorter one: every check of the profile is done, none is waived or to be assessed,
and the decision stands (the agreed transitions of pool_clearance). Lapsing needs nobody: it is judged when asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.clock import now
from audit.recorder import Act
from vetting.access.actor import Actor
from vetting.crypto import blind_index
from vetting.policy.pool import gives_clearance, last_day, profile_key
from vetting.policy.reasons import POOL_REVOKED_BY_HAND
from vetting.recruitment.actions.common import Once, draw, require_complete, require_moving, step
from vetting.recruitment.actions.decision import Extract, note_shown
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.case import Case
from vetting.recruitment.engine.progress import Missing, missing_for_start
from vetting.recruitment.engine.rows import Row, candidacy_rows
from vetting.recruitment.models import BlindIndex, Candidacy, PoolClearance, PoolHolder
from vetting.recruitment.pool_standing import HAS_PLACE, open_checks, parts_of

SOON = "pool_soon"
PERSON_PURPOSE = "pool.person"
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Of a reference: no vowels, so that it never spells a word, and nothing that is read as something else."""
LENGTH = 6


def missing_for_clearance(case: Case, candidacy: Candidacy) -> list[Missing]:
    """What stops *Klar för pool*: what stops the start, a check that is waived or to be assessed, or has lapsed."""
    missing = [
        item for item in missing_for_start(case, candidacy) if item.row is None or item.row.why != SOON
    ]
    if case.decision_of(candidacy) is None:
        return missing
    if candidacy.state not in HAS_PLACE:
        return [Missing("check", "decision")]
    rows = {row.check.pk: row for row in candidacy_rows(case, candidacy) if row.check is not None}
    checks = case.checks_of(candidacy)
    parts = parts_of(checks, case.engagement_of(candidacy))
    lapsed = [check for check in checks if check.code in parts and parts[check.code] < case.today]
    more = [Missing("check", check.code, rows[check.pk]) for check in open_checks(checks)]
    more += [Missing("lapsed", check.code, rows[check.pk]) for check in lapsed]
    told = {item.code for item in missing}
    return missing + [item for item in more if item.code not in told]


def due_extracts(case: Case, candidacy: Candidacy) -> list[Row]:
    """The extracts that are to be shown again before the clearance can be renewed, and those that soon will be."""
    rows = candidacy_rows(case, candidacy) if case.clearance_of(candidacy) is not None else []
    return [row for row in rows if row.is_shown_only and row.state == "expired"]


def grant_clearance(
    case: Case,
    *,
    by: Actor,
    candidacy: Candidacy,
    extracts: Mapping[str, Extract] | None = None,
    once: Once = None,
) -> PoolClearance:
    """Give the clearance, or renew the one there is. Raises WrongState, NotComplete, BadInput, Denied.

    `extracts`: those shown anew to the one who decides, noted in their own acts just before (skollagen 2:31-32).
    One of the same person for the same profile and unit, from an earlier vetting, is taken away in the same act.
    """
    answer = case.require(by, "pool_clearance.grant", candidacy=candidacy)
    if not gives_clearance(case.recruitment.form):
        raise WrongState("pool_clearance", "grant", "not_pool")
    if candidacy.is_protected:
        # Handled by hand under the alias: nothing is found by name here, and nobody asks a telephone about her.
        raise WrongState("pool_clearance", "grant", "by_hand")
    require_moving(case)
    for row in due_extracts(case, candidacy):
        if row.check is not None and row.spec.code in (extracts or {}):
            note_shown(case, by, row.check, (extracts or {})[row.spec.code])
    require_complete(missing_for_clearance(case, candidacy))
    renewing = case.clearance_of(candidacy) is not None
    clearance = _until_its_last_day(case, by, candidacy)
    holder = _holder(case, candidacy)
    with case.act(
        "pool_clearance.granted",
        by,
        answer.role,
        once=once,
        seal=True,
        clearance=clearance.reference,
        profile=clearance.profile,
        unit=case.unit.name,
        until=clearance.until.isoformat(),
    ) as entry:
        if not renewing:
            _replace_earlier(entry, clearance, holder, by)
        entry.save(clearance)
        if not renewing:
            PoolHolder.objects.create(
                clearance=clearance, digest=holder, unit=case.unit, profile=clearance.profile
            )
    if not renewing:
        case.clearances.append(clearance)
    return clearance


def _until_its_last_day(case: Case, by: Actor, candidacy: Candidacy) -> PoolClearance:
    """A new clearance, or the one there is for longer, that lasts until the first of its parts lapses.

    Raises WrongState where renewing it would not make it last any longer.
    """
    parts = parts_of(case.checks_of(candidacy), case.engagement_of(candidacy))
    until, first = last_day(by.on, parts)
    clearance = case.clearance_of(candidacy)
    if clearance is None:
        clearance = _new(case, by, candidacy)
    elif until <= clearance.until:
        raise WrongState("pool_clearance", "renew", "nothing_redone")
    else:
        clearance.state = step("pool_clearance", "renew", clearance.state_on(by.on))
        clearance.renewed_on = by.on
    clearance.until, clearance.first_to_lapse = until, first
    clearance.parts = {code: day.isoformat() for code, day in sorted(parts.items())}
    clearance.changed_at = now()
    return clearance


def revoke_clearance(
    case: Case, *, by: Actor, clearance: PoolClearance, reason: str, once: Once = None
) -> None:
    """Take it away before its last day, with a reason from the list. The booker is never told which."""
    answer = case.require(by, "pool_clearance.revoke", candidacy=case.candidacy(clearance.candidacy_id))
    if reason not in POOL_REVOKED_BY_HAND:
        raise BadInput(reason="reason")
    state = step("pool_clearance", "revoke", clearance.state_on(by.on))
    with case.act(
        "pool_clearance.revoked",
        by,
        answer.role,
        once=once,
        clearance=clearance.reference,
        reason_code=reason,
    ) as entry:
        end_clearance(entry, clearance, state, by, reason)


def end_clearance(entry: Act, clearance: PoolClearance, state: str, by: Actor, reason: str) -> None:
    """Save it as revoked and forget whose it is."""
    clearance.state, clearance.revoke_code = state, reason
    clearance.revoked_on, clearance.revoked_by_id = by.on, by.person_id
    clearance.changed_at = now()
    entry.save(clearance)
    PoolHolder.objects.filter(clearance=clearance).delete()


def end_clearances_of(case: Case, entry: Act, candidacy: Candidacy, by: Actor) -> None:
    """The finalist has left or is handled by hand from now on: she is booked by nobody through a clearance."""
    clearance = case.clearance_of(candidacy)
    if clearance is not None:
        state = step("pool_clearance", "revoke", clearance.state_on(by.on))
        end_clearance(entry, clearance, state, by, "left_pool")


def _new(case: Case, by: Actor, candidacy: Candidacy) -> PoolClearance:
    return PoolClearance(
        reference=_reference(),
        recruitment=case.recruitment,
        candidacy=candidacy,
        decision=case.decision_of(candidacy),
        unit=case.unit,
        profile=profile_key(case.recruitment.profiles),
        state=step("pool_clearance", "grant", "new"),
        granted_on=by.on,
        granted_by_id=by.person_id,
    )


def _reference() -> str:
    """Drawn at random; the unique constraint settles the rare case of one that is taken."""
    return "P-" + "".join(LETTERS[draw(len(LETTERS))] for _ in range(LENGTH))


def _holder(case: Case, candidacy: Candidacy) -> bytes:
    """Whose it is: known by the number where there is one, else by this candidacy alone."""
    known = BlindIndex.objects.filter(candidacy=candidacy).values_list("digest", flat=True).first()
    return bytes(known) if known else blind_index.digest(PERSON_PURPOSE, candidacy.pk.hex)


def _replace_earlier(entry: Act, clearance: PoolClearance, holder: bytes, by: Actor) -> None:
    earlier = PoolClearance.objects.filter(
        holder__digest=holder, unit=clearance.unit, profile=clearance.profile
    ).exclude(pk=clearance.pk)
    for row in earlier:
        end_clearance(entry, row, step("pool_clearance", "revoke", row.state_on(by.on)), by, "replaced")
