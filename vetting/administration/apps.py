from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The room where roles and accounts are looked after. It owns no tables."""

    name = "vetting.administration"
    label = "administration"
