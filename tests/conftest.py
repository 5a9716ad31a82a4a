"""What every test has: a database of its own, a deadline, and one closing line for both engines."""

pytest_plugins = [
    "tests.harness.databases",
    "tests.harness.deadline",
    "tests.harness.two_runs",
    "tests.harness.browser",
]
