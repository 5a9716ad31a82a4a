from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The control function's room."""

    name = "vetting.oversight"
    label = "oversight"
