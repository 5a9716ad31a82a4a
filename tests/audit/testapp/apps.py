from django.apps import AppConfig


class TestAppConfig(AppConfig):
    name = "tests.audit.testapp"
    label = "audit_tests"
