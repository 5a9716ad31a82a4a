"""What somebody is about to report, between two pages: kept in the hidden token alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from vetting.crypto.written import Code
from vetting.reports.public import token

WHAT = "draft"
STEPS = {
    "short": ("story", "overview"),
    "full": ("story", "questions", "readers", "self", "overview"),
    "other": ("story", "questions", "readers", "self", "overview"),
    "call": ("call",),
}


@dataclass
class Draft:
    """Everything told so far. `code` is drawn when the first page is shown, so that a form sent twice is one report."""

    way: str
    channel: str
    bits: str
    """The code's 130 bits, hexadecimal."""
    step: str
    editing: bool = False
    """Come from the overview to change one thing, and going back there."""
    story: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    other_person: str = ""
    about: str = ""
    """Whom or which recruitment it concerns: those are not to read it."""
    concerns_security: bool = False
    removed: list[str] = field(default_factory=list)
    """Marks of recipients taken out."""
    shown: list[str] = field(default_factory=list)
    """Marks of recipients whose names have been on a page: nobody else receives it."""
    name: str = ""
    may_be_named: bool = False
    contact: str = ""
    consents: list[str] = field(default_factory=list)
    alarm: bool = False
    wait_until: int = 0
    """Where everybody writes at once: the moment (seconds since 1970) from which it is let in."""

    @classmethod
    def new(cls, way: str, channel: str = "pressure") -> Self:
        """An empty one, with a code of its own."""
        return cls(way, channel, Code.new().bits.hex(), STEPS[way][0])

    @classmethod
    def read(cls, typed: str) -> Self:
        """The draft of a token. Raises BadToken."""
        return cls(**token.unseal(WHAT, typed))

    def sealed(self) -> str:
        """The token."""
        return token.seal(WHAT, asdict(self))

    @property
    def code(self) -> Code:
        """The code that the receipt will show."""
        return Code.from_bits(bytes.fromhex(self.bits))

    @property
    def mode(self) -> str:
        """Chosen by typing a name or not."""
        if not self.name:
            return "anonymous"
        return "named" if self.may_be_named else "confidential"

    @property
    def steps(self) -> tuple[str, ...]:
        """The pages of the way, in order."""
        return STEPS[self.way]

    @property
    def number(self) -> int:
        """The place of the step, from 1."""
        return self.steps.index(self.step) + 1 if self.step in self.steps else len(self.steps) - 1

    def go_on(self) -> None:
        """To the next page, or back to the overview."""
        if self.editing or self.step not in self.steps:
            self.step, self.editing = "overview", False
        else:
            self.step = self.steps[min(self.number, len(self.steps) - 1)]

    def go_back(self) -> bool:
        """To the page before; False where this is the first."""
        if self.editing or self.step not in self.steps:
            self.step, self.editing = "overview", False
            return True
        if self.number == 1:
            return False
        self.step = self.steps[self.number - 2]
        return True

    def mark_of(self, person: UUID) -> str:
        """What stands for a recipient in this very form: nothing that can be followed to another."""
        return sha256(bytes.fromhex(self.bits) + person.bytes).hexdigest()[:16]

    def takes_out(self, marks: Iterable[str], kept: Iterable[str]) -> None:
        """Of the recipients `marks` on the page, those that are not among `kept`."""
        on_page = set(marks)
        self.removed = sorted((set(self.removed) - on_page) | (on_page - set(kept)))
