"""Logarithms of the Beta function, complete and incomplete, that keep their digits at any size.

A difference of log Gammas loses eight digits at ten million prospects. Here the large terms of
Stirling's series cancel on paper.
"""

from __future__ import annotations

import math

_HALF_LOG_TWO_PI = 0.5 * math.log(2.0 * math.pi)

#: From here Stirling's series to z**-9 is exact to double precision.
_LARGE = 12.0


def log_beta(a: float, b: float) -> float:
    """Log B(a, b) for positive a and b."""
    if a > b:
        a, b = b, a
    if b < _LARGE:
        return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    total = a + b
    rest = _remainder(b) - _remainder(total) - (b - 0.5) * math.log1p(a / b)
    if a < _LARGE:
        return math.lgamma(a) + a - a * math.log(total) + rest
    head = (a - 0.5) * math.log(a / total) - 0.5 * math.log(total)
    return head + _HALF_LOG_TWO_PI + _remainder(a) + rest


def log_betainc(a: float, b: float, x: float) -> float:
    """Log of the regularized incomplete Beta function, for x far below the mean a / (a + b).

    By the continued fraction of DLMF 8.17.22, evaluated by Lentz's method; made for tails too
    small for a float.
    """
    front = a * math.log(x) + b * math.log1p(-x) - log_beta(a, b) - math.log(a)
    return front + math.log(_continued_fraction(a, b, x))


def _continued_fraction(a: float, b: float, x: float) -> float:
    tiny = 1e-300
    fraction, c, d = 1.0, 1.0, 0.0
    for m in range(100_000):  # pragma: no branch  a guard: it takes tens to hundreds
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        even = (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
        before = fraction
        for coefficient in (odd, even):
            d = 1.0 / ((1.0 + coefficient * d) or tiny)
            c = (1.0 + coefficient / c) or tiny
            fraction *= c * d
        if abs(fraction - before) <= 1e-15 * abs(fraction):
            break
    return 1.0 / fraction


def _remainder(z: float) -> float:
    """Log Gamma(z) less the leading terms of Stirling's series (DLMF 5.11.1)."""
    r = 1.0 / (z * z)
    return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / z
