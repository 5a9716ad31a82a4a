"""Takes the place of simple-history's command of this name, which would change the history behind the log's back."""

from audit.management.refused import RefusedCommand


class Command(RefusedCommand):
    """Refuses."""
