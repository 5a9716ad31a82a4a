"""The comparison's tables as an app; its tables are made by the benches that use them."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    """Known under a label of its own."""

    name = "tests.benchmarks.tables"
    label = "bench_tables"
