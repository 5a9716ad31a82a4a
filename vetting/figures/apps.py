from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Released counts."""

    name = "vetting.figures"
    label = "figures"
