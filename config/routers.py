"""Which tables live where: wrapped case keys apart from the data they open."""

from typing import Any

from django.core.management import call_command

KEYSTORE_APP = "crypto"
KEYSTORE = "keystore"


class KeystoreRouter:
    """Sends the key store's tables to their own database, and nothing else there.

    A stolen copy of the data then holds no key at all, and a key destroyed in one place is gone.
    """

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """The key store for its own models; no opinion about others."""
        return KEYSTORE if model._meta.app_label == KEYSTORE_APP else None

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool | None:
        """No foreign key crosses between the key store and the data."""
        inside = {one._meta.app_label == KEYSTORE_APP, other._meta.app_label == KEYSTORE_APP}
        return False if len(inside) == 2 else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the key store's app migrates there, and it migrates nowhere else."""
        return (db == KEYSTORE) == (app_label == KEYSTORE_APP)


def migrate_both(verbosity: int) -> None:
    """Migrate the data, then the key store: only its own app there, as replaying all the others takes as long again."""
    call_command("migrate", database="default", verbosity=verbosity, interactive=False)
    call_command("migrate", KEYSTORE_APP, database=KEYSTORE, verbosity=verbosity, interactive=False)
