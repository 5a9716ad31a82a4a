from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The room where roles and accounts are looked after. It owns no tables."""

    name = "vetting.administration"
    label = "administration"

    def ready(self) -> None:
        """What waits in the room is shown in *Mitt arbete*."""
        from vetting.administration.waiting import waits
        from vetting.recruitment.waiting import also

        also(waits)
