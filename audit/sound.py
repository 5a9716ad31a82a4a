"""Whether the database holds what the log says, asked before anything is destroyed on its word.

Keys lie outside the database, and no copy brings back what is destroyed with one. Whoever writes in the database can
make a person look disposed of, undone or protected, and would have the service destroy the key that she could not
reach herself. So everything is worked out anew first, as by `audit_verify`, and at its price: it is asked only where
there is something to destroy that the act itself did not see to.
"""

from __future__ import annotations

import logging

from audit import outside
from audit.finding import Finding
from audit.integrity import log_findings
from audit.snapshot import consistent

logger = logging.getLogger(__name__)


def fault() -> Finding | None:
    """The first thing in the database that is not as the log says; None where all is well."""
    known = outside.read()
    with consistent():
        return next(log_findings(known), None)


def may_destroy(what: str, number: int) -> bool:
    """Whether `number` keys may be destroyed on the word of the tables; an operator gets a line where they may not.

    `what`: what outlived what, for the line in the server log.
    """
    found = fault()
    if found is not None:
        logger.error(
            "%d keys that %s are let be: the database is not what the log says (%s). Run audit_verify.",
            number,
            what,
            found,
        )
    return found is None
