# Shortcuts for development. Each needs the environment of the README's first command.

python := ".venv/bin/python"

# What there is.
default:
    @just --list

# What continuous integration runs, step for step.
check:
    bash .ci/run

# The tests that need no browser, and the doctests.
test *ARGS:
    {{ python }} -m pytest -m "not browser" {{ ARGS }}

# Style and types.
lint:
    {{ python }} -m ruff check .
    {{ python }} -m ruff format --check .
    {{ python }} -m mypy

# The layers of docs/architecture.md.
layers:
    .venv/bin/lint-imports

# Is the team's content in order, and what would a critic say?
content:
    {{ python }} -m abtest check

# All results as of today.
report:
    {{ python }} -m abtest report

# The site into site/, whole or not at all.
build:
    {{ python }} -m abtest build

# The site at http://127.0.0.1:8000, following edits.
serve:
    {{ python }} -m mkdocs serve

# What the critique's patterns look for first, after one has changed.
needles:
    {{ python }} scripts/make_needles.py

# The sample recordings, after their words have changed.
recordings:
    scripts/make_recordings.sh
