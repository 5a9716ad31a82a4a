"""What everybody chooses for herself: how she is mailed, and what is kept of a selection of the list."""

from __future__ import annotations

from vetting.policy.text import _

MAILS = {
    "new": _("När något nytt väntar på mig, högst ett mejl per arbetsdag"),
    "daily": _("Varje arbetsdag så länge något väntar på mig"),
    "none": _("Aldrig; jag ser det i Mitt arbete"),
}
"""How one is told by mail. The mail is the same whatever waits: a sentence and an address, nothing of what."""

KEPT_FILTERS = ("visa", "urval", "enhet", "lage", "form", "niva", "ordning")
"""What is kept of a selection: codes that the program knows. What somebody typed to search for is never kept."""

NAME_LENGTH = 40
MOST_VIEWS = 20
NEW_DAYS = 7
"""Days that count as new to whoever has not said since when."""
