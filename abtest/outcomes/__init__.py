"""Outcomes: prospect lists become assignments, exports and warehouses become cohorts.

What is personal stays where it was: a prospect is a key to count by, or a salted hash outside git.
"""
