"""Experiments → Report: the one place where files, plan and statistics meet."""

from abtest.analysis.analyze import analyze

__all__ = ["analyze"]
