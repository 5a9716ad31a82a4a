from django.apps import AppConfig


class DisposalConfig(AppConfig):
    """Disposal of what recruitments have stored."""

    name = "vetting.disposal"
    label = "disposal"

    def ready(self) -> None:
        """What waits in the room is shown in *Mitt arbete*."""
        from vetting.disposal.waiting import waits
        from vetting.recruitment.waiting import also

        also(waits)
