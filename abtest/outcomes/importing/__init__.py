"""Exports of other tools become rows of results."""
