"""What holds for all tests."""

# Doctests are looked for in modules; a conftest is loaded by pytest itself, once for each folder.
collect_ignore_glob = ["tests/*/conftest.py"]
