"""Experiments → Report: the one place where files, plan and statistics meet."""

from abtest.analysis.experiments import analyze

__all__ = ["analyze"]
