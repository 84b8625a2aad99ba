"""Does a value fit a prospect profile? One answer for lists before the send and rows after it."""

from abtest.matching.words import Fit, canonical, fit, is_open

__all__ = ["Fit", "canonical", "fit", "is_open"]
