"""What can go wrong when something is written to the log. Each name says what happened."""


class AuditError(Exception):
    """Base of all errors of the log."""


class OutsideAct(AuditError):
    """A covered row was saved or deleted outside an act, or by a way that leaves no history."""


class NestedAct(AuditError):
    """An act was begun inside another; acts follow one another, they do not nest."""


class AlreadyDone(AuditError):
    """An act with the same `once` has been done before; nothing was written this time."""


class UnknownEvent(AuditError):
    """The action is not declared as an event."""


class UnknownFact(AuditError):
    """A fact the event does not declare, or a value the log does not take (free text, decimals as floats)."""


class RowTwice(AuditError):
    """The same row was saved or deleted twice in one act."""


class StaleRow(AuditError):
    """The row was changed by somebody else after it was read; nothing was written."""


class AppendOnly(AuditError):
    """The log and the history are only ever added to."""


class NotCanonical(AuditError):
    """A value of a covered row is not of its column's type, so no commitment to it could be checked later."""


class BulkMisuse(AuditError):
    """The bulk writer was used in a way that could not give the same result as single acts."""


class LogBroken(AuditError):
    """The database is not as the log's state outside it says: nothing more is written until the log is restarted."""


class NoSigningKey(AuditError):
    """There is no key to sign checkpoints with (CHECKPOINT_KEY)."""


class CheckpointContradicted(AuditError):
    """The log does not continue a checkpoint that was signed: it has shrunk, or is another. Nothing is signed."""
