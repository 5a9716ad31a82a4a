"""Deploy checks: what must hold of the environment and the database before anyone signs in."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from audit import state
from config import database_roles, marks
from vetting.access import powers
from vetting.reports.files import scanning


def register_all() -> None:
    """Register every check of the wiring with Django."""
    register(locked, Tags.security, deploy=True)
    register(anchored, Tags.security, deploy=True)
    register(roles_apart, Tags.database, deploy=True)
    register(no_administration, Tags.security)
    register(apart, Tags.security)
    register(second_factors, Tags.security, deploy=True)
    register(scanned, Tags.security, deploy=True)
    register(marks.check, Tags.database)
    register(no_powers_of_djangos, Tags.database)


def locked(**kwargs: Any) -> list[CheckMessage]:
    """Say at deployment, and only then, that nothing sealed can be opened: locked is a lawful way to start."""
    found: list[CheckMessage] = []
    for name in ("MASTER_KEYS", "INDEX_KEY"):
        if getattr(settings, name) is None:
            found.append(
                Warning(f"{name} is missing: the service starts locked.", id=f"config.W00{len(found) + 1}")
            )
    return found


def anchored(**kwargs: Any) -> list[CheckMessage]:
    """Say at deployment what keeps the log from being proven to somebody who trusts nobody here."""
    kept = ", ".join(tree for tree in state.trees() if state.first_key(tree) is not None)
    said = (
        (settings.CHECKPOINT_KEY is None, "CHECKPOINT_KEY is missing: nothing of the log is signed."),
        (
            settings.LOG_ORIGIN.startswith("localhost/"),
            "LOG_ORIGIN is not set: the log's checkpoints are called as those of any other installation.",
        ),
        (
            not settings.ANCHOR_MAIL_TO,
            "ANCHOR_MAIL_TO is not set: no checkpoint goes to the auditor by mail.",
        ),
        (
            bool(kept),
            f"The first sealing key is still in LOG_STATE ({kept}): hand it to the auditor and delete the file.",
        ),
    )
    return [
        Warning(words, id=f"config.W{number:03d}") for number, (wrong, words) in enumerate(said, 3) if wrong
    ]


def scanned(**kwargs: Any) -> list[CheckMessage]:
    """Say at deployment whether anybody looks through files of reports for viruses."""
    if not settings.CLAMD_SOCKET:
        return [Info("CLAMD_SOCKET is not set: files of reports are not scanned.", id="config.I001")]
    if not scanning.answers():
        said = "ClamAV does not answer at CLAMD_SOCKET: files of reports are kept, and opened when it does."
        return [Warning(said, id="config.W012")]
    return []


def roles_apart(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """On PostgreSQL the service signs in as a role that can add to the log and not change it."""
    using = DEFAULT_DB_ALIAS
    if using not in (databases or ()) or connections[using].vendor != "postgresql":
        return []
    found: list[CheckMessage] = []
    if missing := database_roles.without_rights(using):
        said = f"This role cannot read {', '.join(missing[:3])}: run database_roles after each migration."
        found.append(Warning(said, id="config.W007"))
    elif database_roles.owns_its_log(using):
        said = "This role can change the log it writes: run database_roles, and let the service use its own."
        found.append(Warning(said, id="config.W008"))
    return found


def no_administration(**kwargs: Any) -> list[CheckMessage]:
    """Django's administration goes past every permission of this service."""
    if "django.contrib.admin" in settings.INSTALLED_APPS:
        return [Error("django.contrib.admin must not be installed.", id="config.E001")]
    return []


def no_powers_of_djangos(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """No superuser, no model-level permission, no group: each would go past the door."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    return [Error(sentence, id="config.E004") for sentence in powers.problems()]


def second_factors(**kwargs: Any) -> list[CheckMessage]:
    """Only the demonstration lets roles that read sealed values in by a password alone."""
    if not settings.SECOND_FACTOR_REQUIRED and not settings.DEMO:
        return [Error("SECOND_FACTOR_REQUIRED must be true.", id="config.E005")]
    return []


def apart(**kwargs: Any) -> list[CheckMessage]:
    """The key store is not the database whose content it opens."""
    main, keystore = settings.DATABASES["default"], settings.DATABASES["keystore"]
    same = all(main.get(part) == keystore.get(part) for part in ("ENGINE", "NAME", "HOST", "PORT"))
    if same:
        return [Error("KEYSTORE_URL names the same database as DATABASE_URL.", id="config.E002")]
    return []
