from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The room's Django app; it exists because the room owns tables."""

    name = "vetting.organisation"
    label = "organisation"
