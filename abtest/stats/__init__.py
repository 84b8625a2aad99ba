"""Proportion tests that may be looked at on every push: numbers in, frozen results out.

No input or output, no clock, no knowledge of messages. `results` holds the types and loads
nothing heavy; the other modules load numpy and scipy.
"""
