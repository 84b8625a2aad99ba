"""The built site in a real browser: readable by everyone, at every width, and nothing else runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

#: One page of every kind, and those with hostile and extreme content.
KINDS = {
    "home": "",
    "experiments": "experiments/",
    "experiment": "experiments/new-hire-opener/",
    "cadence": "experiments/one-touch-or-four/",
    "message": "experiments/new-hire-opener/your-new-reps/",
    "critique": "experiments/new-hire-opener/your-new-reps/critique/",
    "critiques": "critiques/",
    "learned": "learned/",
    "team": "team/",
    "method": "method/",
    "rules": "rules/",
    "rule": "rules/VM001/",
    "why": "why/",
    "funnel": "funnel/",
    "agreement": "agreement/",
    "weeks": "weeks/",
    "levers": "levers/",
    "foresight": "foresight/",
    "planner": "planner/",
    "segments": "experiments/legislators-in-district/",
    "docs": "docs/",
    "missing": "404.html",
    "hostile experiment": "experiments/hostile/",
    "hostile message": "experiments/hostile/plain/",
    "hostile critique": "experiments/hostile/plain/critique/",
    "long titles": "experiments/long-titles/",
}
WIDTHS = (360, 390, 768, 1280, 1920)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Watched:
    """A page whose console, errors and requests are written down."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self.said.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def visit(self, url: str) -> None:
        """Open a page and wait until the theme has settled."""
        self.page.goto(url, wait_until="load")
        # The theme fades its tabs in and out; halfway through, a color is no color of the site.
        self.page.add_style_tag(content="* { transition: none !important }")

    def foreign(self) -> list[str]:
        """Requests that went to another host."""
        return [u for u in self.requests if urlsplit(u).hostname not in ("127.0.0.1", None)]


@pytest.fixture(scope="module", params=["light", "dark"])
def watched(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Watched]:
    """A page in a light and in a dark browser, without what axe needs but the site forbids."""
    context = browser.new_context(color_scheme=request.param, bypass_csp=True)
    context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1 }")
    watched = Watched(context)
    yield watched
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_accessible_and_fits(watched: Watched, served: str, axe: str, kind: str) -> None:
    """No axe violation, no sideways scroll, no console message, no other host, at any width."""
    watched.said.clear()
    watched.requests.clear()
    page = watched.page
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    watched.visit(served + KINDS[kind])
    page.evaluate(axe)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (kind, width)
        found = page.evaluate(
            "rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES
        )
        violations = [
            f"{v['id']} {n['html'][:150]}: {n['any'][0]['message'] if n['any'] else v['help']}"
            for v in found["violations"]
            for n in v["nodes"]
        ]
        assert violations == [], (kind, width)
    assert watched.foreign() == []
    expected_404 = [s for s in watched.said if "404" in s] if kind == "missing" else []
    assert watched.said == expected_404
    assert page.evaluate("window.hits") == 0


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Watched]:
    """A page as any visitor has it, with the site's policy in force."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1 }")
    yield Watched(context)
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_policy_lets_the_site_work(visitor: Watched, served: str, kind: str) -> None:
    """Under the policy nothing is refused that the theme needs, and nothing else is asked for."""
    visitor.said.clear()
    visitor.requests.clear()
    visitor.page.goto(served + KINDS[kind], wait_until="networkidle")
    assert [s for s in visitor.said if not (kind == "missing" and "404" in s)] == []
    assert visitor.foreign() == []
    assert visitor.page.evaluate("window.hits") == 0


def test_policy_stops_an_injected_script(visitor: Watched, served: str) -> None:
    """Were some text ever put in unescaped, it would still not run."""
    page = visitor.page
    page.goto(served)
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='hit()'>");
            const script = document.createElement("script");
            script.textContent = "hit()";
            document.body.append(script);
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.hits") == 0
    assert any("Content Security Policy" in said for said in visitor.said)


def test_search_finds_a_message_by_its_words(visitor: Watched, served: str) -> None:
    """Typed words lead to the message that has them."""
    page = visitor.page
    page.goto(served)
    page.keyboard.press("/")
    page.keyboard.type("drill", delay=20)
    hit = page.locator(".md-search-result__link", has_text="Name their new reps")
    hit.first.wait_for(timeout=5000)
    assert "experiments/new-hire-opener/your-new-reps/" in (hit.first.get_attribute("href") or "")


def test_the_list_of_experiments_is_searched_by_lever_and_profile(
    visitor: Watched, served: str
) -> None:
    """Typed words leave what has them all; that nothing has them is said."""
    page = visitor.page
    page.goto(served + "experiments/")
    shown = page.locator("[data-ab-entry]:visible .ab-entry__title")
    everything = shown.count()
    page.locator("#ab-filter").fill("tests the cadence ohio")
    assert shown.all_inner_texts() == [
        "Do three follow-ups earn more answers than one good message?"
    ]
    assert page.locator("#ab-found").inner_text() == f"1 of {everything}"
    assert not page.locator("#archived").is_visible()
    page.locator("#ab-filter").fill("zeppelin")
    assert page.locator("#ab-found").inner_text() == "Nothing like that was tried."
    page.locator("#ab-filter").fill("")
    assert shown.count() == everything


def test_instant_navigation_keeps_the_page_whole(visitor: Watched, served: str) -> None:
    """A click swaps the page without a reload, and the new page has its styles and its title."""
    page = visitor.page
    page.goto(served)
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="Name their new reps").first.click()
    page.wait_for_url("**/experiments/new-hire-opener/your-new-reps/")
    page.locator("h1", has_text="Name their new reps").wait_for()
    assert page.evaluate("window.stays") is True
    page.locator(".ab-message--voicemail").wait_for()


def test_keyboard_reaches_the_answer(visitor: Watched, served: str) -> None:
    """From the top of the page, Tab alone leads to the message to send."""
    page = visitor.page
    page.goto(served)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Name their new reps":
            return
    pytest.fail("30 times Tab did not reach the answer")


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_screen_answers(
    browser: Browser, served: str, size: tuple[int, int], scheme: str
) -> None:
    """What to send, its rate, and how sure we are stand in the first screen."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(served)
    for part in (".ab-answer__title", ".ab-answer__rate", ".ab-answer__facts", ".ab-row.ab-meets"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height, part
    context.close()


def test_a_copy_on_disk_works(browser: Browser, built: Path) -> None:
    """Opened as a file, the site shows its styles and its links lead to pages."""
    watched = Watched(browser.new_context())
    page = watched.page
    page.goto((built / "index.html").as_uri())
    assert page.locator(".ab-answer").first.evaluate("e => getComputedStyle(e).display") == "grid"
    page.get_by_role("link", name="Name their new reps").first.click()
    page.locator("h1", has_text="Name their new reps").wait_for()
    assert page.url.endswith("/experiments/new-hire-opener/your-new-reps/index.html")
    assert [s for s in watched.said if "error" in s.lower()] == []
    page.context.close()


def test_a_recording_plays(visitor: Watched, served: str) -> None:
    """The player has a sound of some length."""
    page = visitor.page
    page.goto(served + KINDS["message"])
    seconds = page.locator("audio").first.evaluate(
        """audio => new Promise(resolve => {
            audio.onloadedmetadata = () => resolve(audio.duration);
            audio.load();
        })"""
    )
    assert 20 < seconds < 40


def test_a_printed_page_is_only_its_content(visitor: Watched, served: str) -> None:
    """On paper there is no header, no navigation and no search."""
    page = visitor.page
    page.goto(served + "team/")
    page.emulate_media(media="print")
    for part in (".md-header", ".md-tabs", ".md-footer", ".md-sidebar--primary"):
        assert not page.locator(part).first.is_visible(), part
    assert page.locator(".ab-bars").first.is_visible()
    page.emulate_media(media="screen")


def test_paper_is_light_in_a_dark_browser(browser: Browser, served: str) -> None:
    """What is printed from the dark scheme is dark on white."""
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(served + "team/")
    color = "e => getComputedStyle(e).color.match(/\\d+/g).map(Number)"
    on_screen = page.locator(".ab-meta").first.evaluate(color)
    page.emulate_media(media="print")
    on_paper = page.locator(".ab-meta").first.evaluate(color)
    assert max(on_paper) < 128 < min(on_screen)
    context.close()
