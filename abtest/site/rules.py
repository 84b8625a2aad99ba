"""The pages of the rules: one for each, and one for all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import markdown
from markupsafe import Markup, escape

from abtest.critique import rule
from abtest.report import Report
from abtest.site.links import rule_url
from abtest.site.page import Page
from abtest.site.templating import render
from abtest.site.trusted import trusted

_HEADING = re.compile(r"<h2>(.*?)</h2>")
_TITLE = re.compile(r"<h1>(.*?)\.?</h1>\s*", re.DOTALL)

#: The first letters of a code → what such rules are about.
_GROUPS = {
    "VM": "Voicemail",
    "EM": "Email",
    "SB": "Subject",
    "CB": "Voicemail with email",
    "CD": "Cadence",
    "PR": "Prospect profile",
    "DM": "Results",
    "XP": "Experiment",
    "CR": "Reviews and settings",
    "TM": "Templates",
}


def rules_pages(report: Report) -> Iterator[Page]:
    """The list of rules, then each rule's page."""
    codes = rule.codes()
    counts = Counter(finding.code for finding in report.findings)
    groups = [
        (title, [(c, rule_url(c), _title(c), counts[c]) for c in codes if c[:2] == prefix])
        for prefix, title in _GROUPS.items()
    ]
    html = render("rules.jinja", depth=1, groups=groups)
    yield Page(
        "rules/index.md", "Rules", html, listed=True, search=1.5,
        description="What the automatic critique looks for, and how strong the evidence is.",
    )  # fmt: skip
    for code in codes:
        yield _rule_page(code)


def _title(code: str) -> str:
    return rule.title(code).rstrip(".")


def _rule_page(code: str) -> Page:
    return Page(
        f"rules/{code}/index.md",
        f"{code}: {_title(code)}",
        _html(code),
        label=code,
        parent="rules/index.md",
        search=0.5,
        words=str(_html(code).partition("</h2>")[2].partition("<h2")[0].striptags()),
    )


@cache
def _html(code: str) -> Markup:
    """A rule's own Markdown, which is ours, as a page; the same in every build of a process."""
    made = markdown.markdown(rule.page(code), extensions=["fenced_code"])
    made = _TITLE.sub(r'<h1 class="ab-title" id="rule">\1</h1>', made, count=1)
    return trusted(_HEADING.sub(lambda found: _section(found[1]), made))


def _section(title: str) -> str:
    anchor = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
    # One entry of the search index a rule is enough; its sections are short.
    return f'<h2 class="ab-section" id="{escape(anchor)}" data-search-exclude="true">{title}</h2>'
