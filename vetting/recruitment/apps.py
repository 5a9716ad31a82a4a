from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    """The room's Django app; it exists because the room owns tables."""

    name = "vetting.recruitment"
    label = "recruitment"
