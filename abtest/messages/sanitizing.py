"""Sanitizing: HTML without anything that is not on a closed list, and what was taken out of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

#: What every link gets.
_REL = "noopener noreferrer nofollow"

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
    | {"i", "kbd", "li", "ol", "p", "pre", "strong", "sub", "sup", "table", "tbody", "td", "th"}
    | {"thead", "tr", "ul"}
)
#: Tag → its attributes, each with the values it may have.
_ATTRIBUTES = {
    "a": {
        "href": re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE),
        "rel": re.compile(_REL),
    },
    "code": {"class": re.compile(r"language-[\w+-]+")},
    "ol": {"start": re.compile(r"[0-9]{1,9}")},
    "td": {"align": re.compile(r"left|right|center")},
    "th": {"align": re.compile(r"left|right|center")},
}


def sanitize(dirty: str) -> tuple[str, tuple[str, ...]]:
    """HTML that may stand in a page, and what was taken out, in the order of the text.

    What was taken out is named as people know it: `<script>`, `onclick`, `a link to javascript:x`.
    """
    clean = nh3.clean(
        dirty,
        tags=set(TAGS),
        attributes={tag: set(names) - {"rel"} for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filter,
        link_rel=_REL,
    )
    before, after = _Contents.of(dirty), _Contents.of(clean)
    if not before.found and before.words() != after.words():
        before.found["text in broken HTML"] = None
    return clean, tuple(before.found)


def _filter(tag: str, name: str, value: str) -> str | None:
    """What nh3 asks about each attribute that is on the list: its value, or nothing."""
    pattern = _ATTRIBUTES.get(tag, {}).get(name)
    return value if pattern is not None and pattern.fullmatch(value) else None


class _Contents(HTMLParser):
    """Lists what the closed list does not hold, and gathers the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, None] = {}
        self.text: list[str] = []

    @classmethod
    def of(cls, document: str) -> _Contents:
        """The contents of a document."""
        contents = cls()
        try:
            contents.feed(document)
            contents.close()
        except AssertionError:  # how html.parser gives up on a declaration such as <![x
            contents.found["a broken declaration"] = None
        return contents

    def words(self) -> list[str]:
        """The words of the text."""
        return "".join(self.text).split()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, or its attributes, if they are not on the list."""
        if tag not in TAGS:
            self.found[f"<{tag}>"] = None
        for name, value in attrs:
            if tag in TAGS and _filter(tag, name, value or "") is None:
                what = f"a link to {(value or '')[:40]}" if name == "href" else name
                self.found[what] = None

    def handle_endtag(self, tag: str) -> None:
        """Note a closing tag that is not on the list."""
        if tag not in TAGS:
            self.found.setdefault(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        """Gather text."""
        self.text.append(data)

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.found[f"<!{decl[:20]}>"] = None

    def handle_pi(self, data: str) -> None:
        """Note a processing instruction."""
        self.found[f"<?{data[:20]}>"] = None

    def unknown_decl(self, data: str) -> None:
        """Note a section such as CDATA."""
        self.found[f"<![{data[:20]}>"] = None
