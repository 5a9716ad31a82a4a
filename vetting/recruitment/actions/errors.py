"""What an action may answer instead of doing its work. The pages turn each into a plain Swedish sentence."""

from __future__ import annotations

from audit.covered import Covered
from vetting.recruitment.engine.progress import Missing


class Refused(Exception):
    """Base of everything an action refuses; nothing has been written."""


class WrongState(Refused):
    """The step does not lead out of the state that the object is in (409, and an entry in the log)."""

    def __init__(self, machine: str, step: str, state: str) -> None:
        super().__init__(f"{machine}: {step} does not lead out of {state}")
        self.machine, self.step, self.state = machine, step, state


class NotComplete(Refused):
    """Something must be done first; `missing` names each blocker."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(", ".join(item.code for item in missing))
        self.missing = missing


class BadInput(Refused):
    """What was typed cannot be taken. `errors`: field name → a code of `input_errors.INPUT_ERRORS`."""

    def __init__(self, **errors: str) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in errors.items()))
        self.errors = errors


class SamePerson(Refused):
    """Four eyes: this step needs another person than the one who acted before."""


class Changed(Refused):
    """Somebody else changed the row after it was shown; `row` is what stands there now."""

    def __init__(self, row: Covered) -> None:
        super().__init__(str(row.pk))
        self.row = row
