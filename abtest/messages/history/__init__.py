"""History: what git remembers of the content, held against the files of today.

Nothing that anyone recorded may vanish, double or change its meaning in silence. This package is
the only place that runs git. What it cannot check, it says.
"""

from abtest.messages.history.checkout import Base, base_of, content_at
from abtest.messages.history.corrections import corrected
from abtest.messages.history.examination import History, examine
from abtest.messages.history.versions import Version

__all__ = ["Base", "History", "Version", "base_of", "content_at", "corrected", "examine"]
