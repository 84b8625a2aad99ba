"""What a change did: words, keys, counts, verdicts, findings. Plain results, for any format."""

from abtest.diff.compare import compare
from abtest.diff.results import (
    ContentChange,
    CountChange,
    ExperimentChange,
    KeyChange,
    LostRow,
    Standing,
    TouchChange,
    VariantChange,
)

__all__ = [
    "ContentChange",
    "CountChange",
    "ExperimentChange",
    "KeyChange",
    "LostRow",
    "Standing",
    "TouchChange",
    "VariantChange",
    "compare",
]
