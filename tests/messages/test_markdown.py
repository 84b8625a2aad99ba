"""Contributed Markdown: what may stand in a page, what is taken out, and what is never rendered."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.messages.markdown import check_markdown, render
from abtest.messages.sheet import Run

_SAFE_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|del|em|h[1-6]|hr|i|kbd|li|ol|p|pre|strong|sub|sup|table|tbody|td"
    r"|th|thead|tr|ul)"
    r"(?: (?:href=\"(?:https?://|mailto:|tel:)[^\"<>]*\"|class=\"language-[\w+-]+\"|start=\"\d+\""
    r"|align=\"(?:left|right|center)\"|rel=\"noopener noreferrer nofollow\"))*>",
    re.IGNORECASE,
)


def findings(text: str) -> list[tuple[str, int, str]]:
    sheet = Run(dt.date(2026, 11, 20)).sheet("x.md")
    check_markdown(text, 10, sheet)
    return [(f.code, f.line, f.message) for f in sheet.run.found]


def test_what_markdown_is_for_is_kept() -> None:
    text = """\
# One

*a* **b** `<c>` [d](https://e.example/?f=1&g=2#h) <https://i.example> [j](mailto:k@l.example)

3. x
4. y

- z
    - nested

> said

| a | b |
|---|--:|
| 1 | 2 |

```python
x < y
```
"""
    rendered = render(text)
    assert rendered.removed == ()
    assert rendered.sentence == ""
    for expected in [
        "<h1>One</h1>",
        "<em>a</em> <strong>b</strong> <code>&lt;c&gt;</code>",
        '<a href="https://e.example/?f=1&amp;g=2#h" rel="noopener noreferrer nofollow">d</a>',
        '<a href="https://i.example"',
        '<a href="mailto:k@l.example"',
        '<ol start="3">',
        '<td align="right">2</td>',
        '<code class="language-python">x &lt; y',
        "<blockquote>",
    ]:
        assert expected in rendered.html
    assert findings(text) == []


def test_headings_begin_where_the_page_wants_them() -> None:
    assert render("# a\n\n###### b", top=3).html == "<h3>a</h3>\n<h6>b</h6>"


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("a <script>alert(1)</script> b", "<script>"),
        ("<img src=x onerror=alert(1)>", "<img>"),
        ("![a](https://e.example/p.png)", "<img>"),
        ("<b onclick='x()'>b</b>", "onclick"),
        ("<p style='color:red'>b</p>", "style"),
        ("<p id=x class=y>b</p>", "id"),
        ("<code class=evil>b</code>", "class"),
        ("[a](javascript:alert(1))", "a link to javascript:alert(1)"),
        ("[a](java&#115;cript:alert(1))", "a link to javascript:alert(1)"),
        ("[a](JaVaScRiPt:alert(1))", "a link to JaVaScRiPt:alert(1)"),
        ("[a][b]\n\n[b]: javascript:x", "a link to javascript:x"),
        ("<javascript:alert(1)>", "<javascript:alert(1)>"),
        ("[a](data:text/html;base64,PGI+)", "a link to data:text/html;base64,PGI+"),
        ("[a](vbscript:x)", "a link to vbscript:x"),
        ("[a](other.md)", "a link to other.md"),
        ("[a](//e.example)", "a link to //e.example"),
        ("[a](#x)", "a link to #x"),
        ("<a href='file:///etc/passwd'>a</a>", "a link to file:///etc/passwd"),
        ("<iframe src=x></iframe>", "<iframe>"),
        ("<svg onload=x><circle r=1></svg>", "<svg>"),
        ("<math><mtext></mtext></math>", "<math>"),
        ("<form><input></form>", "<form>"),
        ("<base href=//e.example>", "<base>"),
        ("<meta http-equiv=refresh>", "<meta>"),
        ("<link rel=stylesheet href=x>", "<link>"),
        ("<style>p{}</style>", "<style>"),
        ("<object data=x></object>", "<object>"),
        ("<div>a</div>", "<div>"),
        ("a</main></body>", "<main>"),
        ("<!doctype html>", "<!doctype html>"),
        ("<?php x ?>", "<?php x ?>"),
        ("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<noscript>"),
        ("<![CDATA[x]]>", "<![CDATA[x>"),
        ("<h1><![a](x)", "a broken declaration"),
        ("<h1>a <?", "text in broken HTML"),
        ("<p><a href=", "text in broken HTML"),
        ("<details><summary>a</summary>b</details>", "<details>"),
    ],
)
def test_what_could_act_is_taken_out_and_said(text: str, removed: str) -> None:
    rendered = render(text)
    assert removed in rendered.removed or rendered.removed[0].startswith(removed[:9])
    assert removed.split()[-1] in rendered.sentence or rendered.sentence
    unsafe = _SAFE_TAG.sub("", rendered.html)
    assert "<" not in unsafe, rendered.html
    ((code, line, message),) = findings(f"fine\n\n{text}")
    assert (code, line) == ("MD001", 14 if text.startswith("[a][b]") else 12)
    assert message.startswith("Pages leave this out: ")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, 5 > 4 and 3 < 4, a<b, AT&T.",
        "Write `<script>` so.",
        "    <script>alert(1)</script>",
        "```\n<script>\n```",
        "<!-- a hint for whoever writes next -->",
        "<b>bold</b> and<br>a break",
        "## Title {: #search onclick=x }",
        '--8<-- "mkdocs.yml"',
        "@octocat closes #1; a | b ` c ``` d",
        "[a](https://e.example/(b)) and [x] and [y]: z",
        "*[HTML]: not an abbreviation",
        "<!-- never closed",
        "x <b y",
        "{{first_name}} {% raw %}",
    ],
)
def test_what_is_text_passes_without_a_word(text: str) -> None:
    assert findings(text) == []
    assert render(text).removed == ()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "[a](" * 2000,
        "[![" * 2000,
        "<a " * 20_000,
        "<a " * 10_000,
        "".join("    " * n + "- a\n" for n in range(99)),
        "".join("\t" * n + "1. a\n" for n in range(99)),
        "1. " * 500,
        "> " * 500 + "a",
        ">" * 5000,
        "-\n" * 16_000,
        "# a\n" * 8000,
        "a|b\n" * 8000,
        "word " * 20_000,
    ],
)
def test_hopeless_text_is_refused_at_once_and_never_rendered(text: str) -> None:
    started = time.process_time()
    (finding,) = findings("fine\n\n" + text)
    rendered = render(text)
    assert time.process_time() - started < 1
    assert finding[0] == "MD002"
    assert finding[1] >= 10
    assert rendered.html.startswith("<pre>")
    assert "<" not in rendered.html.removeprefix("<pre>").removesuffix("</pre>")


def test_the_line_of_hopeless_text_is_told() -> None:
    assert findings("a\n\nb\n" + ">" * 30)[0][1] == 13
    assert findings("a\n\n \nb\n\n" + "[" * 5000)[0][1] == 15


_PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            "</",
            "<b",
            "<script",
            "<img src=x",
            "onerror=",
            "<!--",
            "-->",
            "<![CDATA[",
            "<?",
        ),
        *("[a](", ")", "javascript:", "&#106;", "&lt;", '"', "'", "`", "```", "\n", "\n\n", "    "),
        *("a", " ", "=", "<p ", "<svg ", "<style>", "</style>", "<a href=", "*", "_", "|", "\\"),
        *("- ", "<![", "<!"),
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
@settings(max_examples=600, deadline=None)
def test_nothing_that_acts_gets_through_and_nothing_goes_unsaid(text: str) -> None:
    rendered = render(text)
    assert "<" not in _SAFE_TAG.sub("", rendered.html), rendered.html
    if not rendered.removed:
        assert not findings(text)
    else:
        assert findings(text)
