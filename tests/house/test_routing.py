"""Keys live apart from what they open, whatever model or migration asks."""

import pytest
from django.apps import apps
from django.db import connections, router


def test_each_model_has_one_home() -> None:
    for model in apps.get_models():
        home = "keystore" if model._meta.app_label == "crypto" else "default"
        assert router.db_for_read(model) == router.db_for_write(model) == home


@pytest.mark.django_db
def test_the_key_store_holds_keys_and_nothing_else() -> None:
    expected = {model._meta.db_table for model in apps.get_app_config("crypto").get_models()}
    tables = set(connections["keystore"].introspection.table_names())
    assert expected <= tables
    assert tables - expected <= {"django_migrations"}
    assert not expected & set(connections["default"].introspection.table_names())
