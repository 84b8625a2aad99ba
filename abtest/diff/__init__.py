"""What a change did: words, counts, verdicts, findings. Plain results, for any format."""

from abtest.diff.compare import compare
from abtest.diff.results import (
    ContentChange,
    CountChange,
    ExperimentChange,
    LostRow,
    Standing,
    TouchChange,
    VariantChange,
)

__all__ = [
    "ContentChange",
    "CountChange",
    "ExperimentChange",
    "LostRow",
    "Standing",
    "TouchChange",
    "VariantChange",
    "compare",
]
