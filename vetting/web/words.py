"""The words, colours and icons of statuses, of who may read, and of messages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# kind → (words, colour of the theme, icon of the tag, icon of a task list)
STATUSES: dict[str, tuple[str | Promise, str, str, str]] = {
    "blocked": (gettext_lazy("Kan inte påbörjas"), "neutral", "lock", "lock"),
    "todo": (gettext_lazy("Ej påbörjad"), "neutral", "", "circle"),
    "started": (gettext_lazy("Påbörjad"), "info", "", "half-circle"),
    "candidate": (gettext_lazy("Väntar på kandidaten"), "info", "hourglass", "hourglass"),
    "waiting": (gettext_lazy("Väntar"), "info", "hourglass", "hourglass"),
    "done": (gettext_lazy("Klar"), "success", "", "check-circle-fill"),
    "assess": (gettext_lazy("Att bedöma"), "warning", "warning", "warning-fill"),
    "not_needed": (gettext_lazy("Behövs inte"), "neutral", "", "minus-circle"),
    "redo": (gettext_lazy("Behöver göras om"), "warning", "redo", "redo"),
    "waived": (gettext_lazy("Undantag"), "warning", "hourglass", "minus-circle"),
    "paused": (gettext_lazy("Pausad"), "neutral", "pause", "pause"),
    "ready": (gettext_lazy("Får börja"), "success", "check", "check-circle-fill"),
    "not_ready": (gettext_lazy("Får inte börja"), "danger", "stop", "stop"),
    "stopped": (gettext_lazy("Avbruten"), "neutral", "", "cross-octagon"),
    "withdrawn": (gettext_lazy("Återtagen"), "neutral", "", "undo"),
    "closed": (gettext_lazy("Avslutad"), "neutral", "", "archive"),
    "info": (gettext_lazy("Information"), "info", "", "info"),
    "important": (gettext_lazy("Viktigt"), "accent", "", "info"),
}

READERS: dict[str, tuple[str | Promise, str]] = {
    "public": (gettext_lazy("Blir normalt offentlig."), "eye"),
    "secrecy": (gettext_lazy("Kan omfattas av sekretess"), "lock"),
    "working": (gettext_lazy("Arbetsanteckning, rensas vid beslut."), "pencil"),
    "by_kind": (
        gettext_lazy(
            "En tjänsteanteckning blir normalt offentlig. En kommentar är en arbetsanteckning som rensas vid beslut."
        ),
        "eye",
    ),
}

MESSAGE_COLOURS = {"success": "success", "warning": "warning", "error": "danger"}
