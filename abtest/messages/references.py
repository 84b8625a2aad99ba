"""References: names of variants and rules in other places than their own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.messages.sheet import did_you_mean, listed, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from abtest.messages.nodes import Entries
    from abtest.messages.sheet import Sheet


def without_ours(lines: Mapping[str, int]) -> dict[str, int]:
    """Code → line without the reader's own codes; whether there is a rule, the critique knows."""
    if not lines:
        return {}
    # Explaining takes more words than reading: they are loaded where a file names a code.
    from abtest.messages.codes import CODES

    return {code: line for code, line in lines.items() if code not in CODES}


def check_variant(
    key: str, name: str, variants: Collection[str], entries: Entries, sheet: Sheet
) -> bool:
    """Whether `name` is a variant of the experiment; an error at `key` if not.

    Args:
        key: Where the name stands; the keys of nested records joined by dots.
        name: What stands there.
        variants: The local ids that there are.
        entries: The front matter.
        sheet: Takes the error.
    """
    if name in variants:
        return True
    near = did_you_mean(name, variants)
    there = f"There is {listed(variants, 'and')}." if variants else "Write the variant first."
    sheet.error(
        "RF001",
        entries.value(*key.split(".")),
        f"{key} is {shown(name)}, which is no variant of this experiment.",
        f"Did you mean {near}?" if near else there,
    )
    return False
