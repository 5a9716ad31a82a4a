"""The Django app that owns the reports' tables."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Label `reports`: no foreign key leads into these tables or out of them."""

    name = "vetting.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"
