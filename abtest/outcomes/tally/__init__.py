"""Rows about prospects become counts, each prospect once, wherever the rows live."""
