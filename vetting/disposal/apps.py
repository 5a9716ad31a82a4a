from django.apps import AppConfig


class DisposalConfig(AppConfig):
    """Disposal of what recruitments have stored."""

    name = "vetting.disposal"
    label = "disposal"
