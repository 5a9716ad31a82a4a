"""The floor: what the pages show, by statements written by hand on a raw cursor. Nothing is asked of the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

Rows = list[tuple[Any, ...]]
Floor = Callable[[], list[Rows]]
_UUID = models.UUIDField()

ASIDE = """SELECT recruitment_id FROM recruitment_recusal WHERE person_id = %s AND
 (state IN ('declared', 'excluded') OR (state = 'ended' AND excluded_before_end))"""
MINE = """SELECT id FROM recruitment_recruitment WHERE manager_id = %s
 UNION SELECT id FROM recruitment_recruitment WHERE responsible_id = %s
 UNION SELECT content_object_id FROM recruitment_recruitmentgrant WHERE user_id = %s"""
WAITING = """SELECT recruitment_id FROM recruitment_opinion WHERE state IN ('requested', 'half_given', 'escalated')"""
SHOWN = ("reference", "state", "on_hold", "level", "created_on", "planned_start")
"""What a row of the list shows of the recruitment itself."""
ENDED = "('closed', 'cancelled')"
ROW = """SELECT r.id, r.reference, p.title, u.name, r.state, r.on_hold, r.level, r.created_on, r.planned_start,
 s.display_name FROM recruitment_recruitment r JOIN organisation_position p ON p.id = r.position_id
 JOIN organisation_unit u ON u.id = r.unit_id
 JOIN accounts_person s ON s.id = coalesce(r.responsible_id, r.manager_id)"""


def db(value: UUID) -> Any:
    """An id as this database stores it."""
    return _UUID.get_db_prep_value(value, connection)


def rows(sql: str, values: Sequence[Any] = ()) -> Rows:
    """All rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def worklist(person: UUID, account: UUID, units: Sequence[UUID]) -> list[Rows]:
    """The newest 25 under *Mina* with their progress, and the number under every tab."""
    me, own, inside = db(person), db(account), [db(unit) for unit in units]
    seen = f"r.unit_id IN ({_marks(inside)}) AND r.id NOT IN ({ASIDE})"
    counts = rows(
        f"""SELECT count(*), sum(CASE WHEN r.state NOT IN {ENDED} AND r.id IN ({MINE}) THEN 1 ELSE 0 END),
 sum(CASE WHEN r.state NOT IN {ENDED} THEN 1 ELSE 0 END),
 sum(CASE WHEN r.state NOT IN {ENDED} AND r.id IN ({WAITING}) THEN 1 ELSE 0 END),
 sum(CASE WHEN r.state NOT IN {ENDED} AND r.on_hold THEN 1 ELSE 0 END),
 sum(CASE WHEN r.state IN {ENDED} THEN 1 ELSE 0 END) FROM recruitment_recruitment r WHERE {seen}""",
        [me, me, own, *inside, me],
    )
    page = rows(
        f"""{ROW} WHERE {seen} AND r.state NOT IN {ENDED} AND r.id IN ({MINE})
 ORDER BY r.created_on DESC, r.reference DESC LIMIT 25""",
        [*inside, me, me, me, own],
    )
    return [page, _progress([row[0] for row in page]), counts]


def recruitment(pk: UUID) -> list[Rows]:
    """One recruitment with all that its page tells of, and its last 20 entries."""
    key = [db(pk)]
    of = "WHERE recruitment_id = %s"
    return [
        rows(f"{ROW} WHERE r.id = %s", key),
        rows(
            f"SELECT id, label, state, proceeded_on, answers FROM recruitment_candidacy {of} ORDER BY rank",
            key,
        ),
        rows(
            f"""SELECT c.id, candidacy_id, code, c.state, outcome, evidence_on, recorded_on, deviated, p.display_name
 FROM recruitment_check c LEFT JOIN accounts_person p ON p.id = c.recorded_by_id {of}""",
            key,
        ),
        rows(
            f"""SELECT state, finalists_seen, p.display_name FROM recruitment_recusal
 JOIN accounts_person p ON p.id = person_id {of}""",
            key,
        ),
        rows(
            """SELECT g.permission_id, p.display_name FROM recruitment_recruitmentgrant g
 JOIN accounts_account a ON a.id = g.user_id JOIN accounts_person p ON p.id = a.person_id
 WHERE content_object_id = %s""",
            key,
        ),
        rows(
            f"SELECT id, candidacy_id, round, state, approvers, valid_until FROM recruitment_opinion {of}",
            key,
        ),
        rows(f"SELECT opinion_id, person_id FROM recruitment_vote {of} AND state = 'given'", key),
        rows(f"SELECT candidacy_id, maker, decided_on FROM recruitment_decision {of}", key),
        rows(f"SELECT candidacy_id, state, started_on FROM recruitment_engagement {of}", key),
        rows(
            """SELECT e.id, e.time, e.action, e.actor_role, e.leaf, p.display_name FROM audit_entry e
 LEFT JOIN accounts_person p ON p.id = e.actor_person WHERE subject = %s ORDER BY e.id DESC LIMIT 20""",
            key,
        ),
    ]


def found_by_digest(digest: bytes, account: UUID) -> list[Rows]:
    """The finalists with that number in the recruitments one has."""
    return [
        rows(
            """SELECT c.id, c.label, r.id, r.reference, p.title FROM recruitment_blindindex b
 JOIN recruitment_candidacy c ON c.id = b.candidacy_id JOIN recruitment_recruitment r ON r.id = c.recruitment_id
 JOIN organisation_position p ON p.id = r.position_id
 JOIN recruitment_recruitmentgrant g ON g.content_object_id = r.id AND g.user_id = %s WHERE b.digest = %s""",
            [db(account), digest],
        )
    ]


def newest_granted(account: UUID) -> list[Rows]:
    """The newest 25 one is assigned to, and how many there are: by the index of assignments that has their days."""
    own = [db(account)]
    shown = ", ".join(f"r.{name}" for name in SHOWN)
    return [
        rows(
            f"""SELECT r.id, {shown} FROM recruitment_listedgrant g
 JOIN recruitment_recruitment r ON r.id = g.recruitment WHERE g.account = %s
 ORDER BY g.created_on DESC, g.reference DESC LIMIT 25""",
            own,
        ),
        rows("SELECT count(*) FROM recruitment_listedgrant WHERE account = %s", own),
    ]


def _progress(keys: Sequence[Any]) -> Rows:
    if not keys:
        return []
    return rows(
        f"""SELECT recruitment_id, count(*), sum(CASE WHEN state IN ('done', 'not_applicable') THEN 1 ELSE 0 END)
 FROM recruitment_check WHERE recruitment_id IN ({_marks(keys)}) GROUP BY recruitment_id""",
        keys,
    )


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
