"""Numbers that nobody here measured: each with where it comes from, and open to change.

A team writes its own into `messages/assumptions.yml`; what is not written there is as below.
Wherever one of them is used, its sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Assumption:
    """One number.

    Attributes:
        name: As assumptions.yml names it.
        value: A share (0.33), or a plain number (8).
        share: Whether it is a share, shown in percent.
        about: What it says, to be read after the number.
        source: Where it comes from.
        hearsay: True for a claim that somebody made without data that we could read; False for a
            choice of this project's own.
    """

    name: str
    value: float
    share: bool
    about: str
    source: str
    hearsay: bool = True

    def __str__(self) -> str:
        number = f"{round(100 * self.value, 1):g}%" if self.share else f"{self.value:g}"
        return f"{number} ({'hearsay' if self.hearsay else 'our choice'})"


_VOICEMAIL_BLOG = "a blog post on whether voicemails are worth it, which gives no source"
_LEADS_BLOG = "a blog post on who helps a sales team, from one company's experience"
_VENDORS = "pages of vendors (2%, 4.8%, 4 to 8%), none with data that can be checked"
_ROSS = "attributed to Aaron Ross, read second hand"
_PANIC = "an anecdote of a sales blog: the panic came about four months later"
_COVERAGE = "a sales blog: 300% to 400% is usual"
_CHOSEN = "chosen for this project"

#: What is assumed unless a team says otherwise.
DEFAULTS = (
    Assumption(
        "listen_rate", 0.33, True, "of business people listen to a voicemail", _VOICEMAIL_BLOG
    ),
    Assumption("touches_to_reach", 8, False, "calls to reach a prospect", _VOICEMAIL_BLOG),
    Assumption(
        "reported_low",
        0.02,
        True,
        "of cold prospects answer, at least",
        _VENDORS,
    ),
    Assumption("reported_high", 0.08, True, "of cold prospects answer, at most", _VENDORS),
    Assumption(
        "referral_low",
        0.07,
        True,
        "answer a request for a referral, at least",
        _ROSS,
    ),
    Assumption("referral_high", 0.09, True, "answer a request for a referral, at most", _ROSS),
    Assumption("unfit_share", 0.60, True, "of leads do not fit", _LEADS_BLOG),
    Assumption("bad_streak", 3, False, "bad leads in a row turn reps off a source", _LEADS_BLOG),
    Assumption("lag_weeks", 13, False, "weeks from an empty week to the dip it leaves", _PANIC),
    Assumption("coverage_warning", 4, False, "times the target is pipeline enough", _COVERAGE),
    Assumption("fit_share", 0.80, True, "of sends should fit the profile", _CHOSEN, hearsay=False),
    Assumption("empty_weeks", 2, False, "empty weeks are a gap", _CHOSEN, hearsay=False),
)


class Assumptions(Mapping[str, Assumption]):
    """All of them, by name."""

    def __init__(self, own: Mapping[str, tuple[float, str]] | None = None) -> None:
        """The defaults, with a team's own values.

        Args:
            own: Name → value and source; an empty source means that the team did not give one.

        Raises:
            KeyError: There is no assumption of that name.
        """
        self._by_name = {assumption.name: assumption for assumption in DEFAULTS}
        for name, (value, source) in (own or {}).items():
            self._by_name[name] = replace(
                self._by_name[name],
                value=value,
                source=source or "the team's own assumptions.yml",
                hearsay=not source,
            )

    def __getitem__(self, name: str) -> Assumption:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def number(self, name: str) -> float:
        """The value of one of them."""
        return self._by_name[name].value
