"""Contributed Markdown into HTML that cannot act: notes, reviews, the bodies of experiments.

First the text is measured, since Python-Markdown takes minutes over some texts of a few pages; then
it is rendered, and everything that is not on a closed list is taken out, and said. The text of a
message never comes here: it is no Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from abtest.messages.sheet import Spot, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.messages.sheet import Sheet

#: The longest text, in characters, and the most lines without a blank one between them.
_LONGEST = 32_768
_MOST_LINES = 1000
#: A text that is shorter can be hopeless by its depth alone.
_SHORT = 1000
#: The deepest nesting of lists and quotes.
_DEEPEST = 20
#: The most brackets times the length of their paragraph: about half a second.
_MOST_WORK = 2_000_000
#: The same for signs that begin a tag, over the whole text.
_MOST_TAGS = 10_000_000

#: What nests a line, one level each: indentation, the sign of a quote, of an item.
_LEVEL = re.compile(r" {0,3}(?:\t|>|[-*+](?=[ \t]|$)|[0-9]{1,9}[.)](?=[ \t]|$)| )")
_DEEP = re.compile(r"^[ \t>*+.)0-9-]{20}", re.MULTILINE)
_SAFE_LINK = re.compile(r"\]\((?:https?://|mailto:|tel:)[\w./?=&%#@:+~,;!*'-]+\)")
_MARKUP = re.compile(r"<[A-Za-z/!?]|\]\(|\]:|\]\[|!\[")


class Rendered(NamedTuple):
    """Safe HTML, and what was taken out of it.

    Attributes:
        html: What may stand in a page.
        removed: What was taken out, such as `<script>` or `onclick`, in order; mostly nothing.
    """

    html: str
    removed: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was taken out, in a sentence; empty if nothing was."""
        return f"Taken out here: {listed(self.removed, 'and')}." if self.removed else ""


def render(text: str, top: int = 1) -> Rendered:
    """HTML that may stand in a page.

    Args:
        text: Markdown that anyone may have written.
        top: The level that a heading of the first level gets.

    A text that is too deep or too long comes back as it was written, preformatted.
    """
    if _hopeless(text) is not None:
        from html import escape

        return Rendered(f"<pre>{escape(text)}</pre>")
    from abtest.messages.sanitizing import sanitize

    clean, removed = sanitize(_to_html(text))
    return Rendered(_demoted(clean, top), removed)


def check_markdown(text: str, first_line: int, sheet: Sheet) -> None:
    """Warn of markup that is taken out of a text; an error where the text is hopeless.

    Args:
        text: Markdown.
        first_line: The line of the file on which it begins.
        sheet: Takes the findings.
    """
    trouble = _hopeless(text)
    if trouble is not None:
        line, message = trouble
        sheet.error("MD002", Spot(first_line + line, 1), message, "Write it in a simpler form.")
    elif _MARKUP.search(_SAFE_LINK.sub("", text)):
        rendered = render(text)
        if rendered.removed:
            at = _line_of(rendered.removed, text)
            sheet.warn(
                "MD001",
                Spot(first_line + at, 1),
                f"Pages leave this out: {listed(rendered.removed, 'and')}.",
                "Write it in Markdown, links with https://; a tag between backticks is text.",
            )


def _to_html(text: str) -> str:
    import markdown
    from markdown.extensions.tables import TableExtension

    return markdown.markdown(
        text, extensions=["fenced_code", "sane_lists", TableExtension(use_align_attribute=True)]
    )


def _demoted(clean: str, top: int) -> str:
    if top == 1:
        return clean
    return re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(int(m[2]) + top - 1, 6)}>", clean)


def _line_of(removed: tuple[str, ...], text: str) -> int:
    """How many lines stand before the first that shows something that was taken out."""
    lower = text.lower()
    signs = [word.removeprefix("a link to ").strip("<>").lower()[:20] for word in removed]
    found = [lower.find(sign) for sign in signs]
    markup = _MARKUP.search(_SAFE_LINK.sub("", text))  # links have no line breaks to lose
    at = [text.count("\n", 0, index) for index in found if index >= 0]
    return min(at) if at else text.count("\n", 0, markup.start()) if markup else 0


def _hopeless(text: str) -> tuple[int, str] | None:
    """Why a text is not rendered: the number of lines before the trouble, and the reason."""
    if len(text) > _LONGEST:
        return 0, f"This text has {len(text):,} characters; {_LONGEST:,} are the most."
    if text.count("<") * len(text) > _MOST_TAGS:
        return 0, f"There are {text.count('<'):,} signs < in this text."
    if len(text) < _SHORT and not _DEEP.search(text):
        return None
    troubles = (_hopeless_paragraph(before, lines) for before, lines in _paragraphs(text))
    return next((trouble for trouble in troubles if trouble), None)


def _hopeless_paragraph(before: int, lines: list[str]) -> tuple[int, str] | None:
    """The same for one paragraph, before which so many lines stand."""
    brackets = sum(line.count("[") for line in lines)
    if brackets * sum(map(len, lines)) > _MOST_WORK:
        return before, f"There are {brackets:,} brackets in this paragraph."
    if len(lines) > _MOST_LINES:
        return before, f"There are {len(lines):,} lines without a blank one between them."
    for number, line in enumerate(lines, before):
        if _levels(line) > _DEEPEST:
            return number, "This line is nested far deeper than anyone can read."
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each run of lines that are not blank, and how many lines stand before it."""
    run: list[str] = []
    number = 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
    if run:
        yield number + 1 - len(run), run


def _levels(line: str) -> int:
    levels, at = 0, 0
    while found := _LEVEL.match(line, at):
        levels, at = levels + 1, found.end()
    return levels
