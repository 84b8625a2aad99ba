"""Repeated significance tests against the published table."""

from __future__ import annotations

import numpy as np
import pytest

from abtest.stats.repeated import false_alarms

#: Armitage, McPherson and Rowe (1969), table 2: normal, variance known, nominal 5 %.
PUBLISHED = {1: 0.050, 2: 0.083, 3: 0.107, 4: 0.126, 5: 0.142, 10: 0.193, 20: 0.248, 50: 0.320}


@pytest.mark.parametrize("looks", PUBLISHED)
def test_the_published_table(looks: int) -> None:
    assert false_alarms(looks) == pytest.approx(PUBLISHED[looks], abs=0.0006)


def test_one_look_has_its_nominal_rate() -> None:
    assert false_alarms(1, 0.01) == pytest.approx(0.01, abs=1e-12)


def test_simulated_walks_agree() -> None:
    steps = np.random.default_rng(7).standard_normal((200_000, 8)).cumsum(axis=1)
    crossed = (np.abs(steps) > 2.5758293 * np.sqrt(np.arange(1, 9))).any(axis=1)
    assert false_alarms(8, 0.01) == pytest.approx(crossed.mean(), abs=0.001)


def test_more_looks_never_alarm_less() -> None:
    chances = [false_alarms(looks) for looks in (1, 2, 5, 20, 100, 400)]
    assert chances == sorted(chances)
    assert chances[-1] < 1.0


@pytest.mark.parametrize(("looks", "alpha"), [(0, 0.05), (3, 0.0), (3, 1.0)])
def test_what_cannot_be_is_refused(looks: int, alpha: float) -> None:
    with pytest.raises(ValueError, match=r"looks|alpha"):
        false_alarms(looks, alpha)
