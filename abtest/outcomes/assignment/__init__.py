"""Prospect lists become assignments: who is asked which way, by chance and by plan."""
