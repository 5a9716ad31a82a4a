# The commands of this project; each is described in the README.
.PHONY: run test setup check bench soak screenshots
.SILENT:
unexport MAKEFLAGS

run:
	exec scripts/run

setup:
	scripts/setup dev

test: setup
	exec scripts/test

check: setup
	exec scripts/check

bench: setup
	exec .venv/bin/python -m tests.benchmarks

soak: setup
	exec .venv/bin/python -m tests.soak

screenshots: setup
	exec .venv/bin/python -m tests.browser.screenshots
