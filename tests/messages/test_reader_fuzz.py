"""Whatever a file holds, reading ends with findings that can be printed, and never with a crash."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from content_trees import EXPERIMENT, OFFER, PLAN, QUESTION, REVIEW, REVIEW_TEXT, TREE, read_tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abtest.errors import Severity

GOOD = {**TREE, REVIEW: REVIEW_TEXT}
PIECES = [
    *"{}[]:,#&*!|>%@`'\"-\n\t \\?<~=.\r\0\x07\x85\ufeff\u200b\u202e\u2028",
    *("---\n", "\n---\n", "...\n", "{{x}}", "## Email\n", "## Notes\n", "Subject:", "<script>"),
    *("results:\n", "  kim:\n", "    - {date: 2026-10-01, sent: 1}\n", "sent: 1,000", "<<: *a"),
    *("!!python/object:os.system", "<<<<<<< HEAD\n", "[" * 40, "- " * 9, "9" * 20, "1e5", "é"),
]


def check(folder: Path, tree: dict[str, str | bytes]) -> None:
    started = time.process_time()
    experiments, findings = read_tree(folder, tree)
    assert time.process_time() - started < 2
    for finding in findings:
        assert finding.line >= 0
        assert finding.path.isprintable()
        assert finding.message.isprintable(), finding
        assert finding.suggestion.isprintable(), finding
        json.dumps(finding.to_dict(), allow_nan=False)
    if not any(f.severity == Severity.ERROR for f in findings):
        assert experiments is not None
        for variant in experiments["gym-owners"]:
            assert all(0 <= c.get("responses") <= c.reached <= c.sent for c in variant.cohorts)


@given(
    path=st.sampled_from([PLAN, EXPERIMENT, OFFER, QUESTION, REVIEW]),
    at=st.floats(0, 1),
    cut=st.integers(0, 12),
    pieces=st.lists(st.sampled_from(PIECES), max_size=4),
)
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_file_with_pieces_put_in_or_cut_out(
    path: str, at: float, cut: int, pieces: list[str], tmp_path: Path
) -> None:
    text = GOOD[path]
    start = int(at * len(text))
    check(tmp_path, {**GOOD, path: text[:start] + "".join(pieces) + text[start + cut :]})


@pytest.mark.parametrize("seed", range(60))
def test_a_file_with_lines_shuffled_and_bytes_flipped(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    path = chance.choice(list(GOOD))
    lines = GOOD[path].split("\n")
    for _ in range(chance.randint(0, 3)):
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    data = bytearray("\n".join(lines).encode())
    for _ in range(chance.randint(0, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    check(tmp_path, {**GOOD, path: bytes(data)})
