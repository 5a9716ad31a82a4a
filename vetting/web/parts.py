"""The small records that pages hand to the template tags; anything with the same attributes will do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A link: in menus, breadcrumbs, tabs (with `count`; `more`: at least one more than that) and among the things
    that are missing (`note`)."""

    label: str
    url: str = ""
    icon: str = ""
    count: int | None = None
    current: bool = False
    note: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, in `facts` and `rows`; `note` is a smaller line under the value."""

    label: str
    value: object
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Legal:
    """What the law says of one check: section, validity, what to record and what never to record.

    `fields`: the names of what is recorded, for where they are not to be seen as fields.
    """

    section: str
    valid: str = ""
    record: str = ""
    never: str = ""
    url: str = ""
    fields: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of a task list. `kind` is a key of `words.STATUSES`, `status` other words for the same kind."""

    name: str
    kind: str
    url: str = ""
    status: str = ""
    note: str = ""
    who: str = ""
    when: date | datetime | str = ""
    legal: Legal | None = None
    act: Link | None = None
    """A button beside the name: what it says, and where it posts to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a course of events: `state` is "done", "current" or "ahead"."""

    label: str
    state: str = "ahead"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a timeline: who did what, when, with a quoted note and lines of old and new.

    `is_automatic`: a step that nobody took, told with a mark.
    """

    who: str
    what: str
    at: datetime
    note: str = ""
    changes: Sequence[str] = field(default_factory=tuple)
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever is signed in, for the menu in the header: `menu` holds groups of links, each under its heading."""

    name: str
    initials: str
    role: str = ""
    menu: Sequence[tuple[str, Sequence[Link]]] = field(default_factory=tuple)
    logout_url: str = ""
