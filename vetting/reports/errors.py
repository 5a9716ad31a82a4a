"""What an action of the room may answer instead of doing its work. Nothing has then been written."""

from __future__ import annotations


class Refused(Exception):
    """Base of everything an action refuses."""


class BadInput(Refused):
    """What was typed cannot be taken. `errors`: field → code (`required`, `too_long`, `choice`, `code` …)."""

    def __init__(self, **errors: str) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in errors.items()))
        self.errors = errors


class WrongState(Refused):
    """The step does not lead out of the state that the report, key or request is in (409)."""

    def __init__(self, machine: str, step: str, state: str) -> None:
        super().__init__(f"{machine}: {step} does not lead out of {state}")
        self.machine, self.step, self.state = machine, step, state


class NotComplete(Refused):
    """Something must be done first; `missing` are codes."""

    def __init__(self, *missing: str) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NoRecipients(Refused):
    """Nobody is left to whom the report could be sealed: too many were taken out, or no key is certified."""


class Busy(Refused):
    """The same report is being sent at this very moment; try again."""


class NotYours(Refused):
    """The unlocked keys open nothing of this report."""


class NeedsAnother(Refused):
    """The report is read by two: nobody has lent her part yet, or the loan has run out."""


class BadCertificate(Refused):
    """The certificate is not the root's, not of this key, or not in force. `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
