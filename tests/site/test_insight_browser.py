"""The planner in a real browser: its arithmetic against ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from abtest.stats import pipeline, single_look

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def planner(browser: Browser, served: str) -> Iterator[Page]:
    """The planner as any visitor has it, with the site's policy in force."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served}planner/", wait_until="networkidle")
    yield page
    context.close()


def test_eight_hundred_percent_coverage_is_losing_seven_eighths(planner: Page) -> None:
    card = planner.locator("[data-ab-plan=coverage]")
    assert "800% coverage means planning to lose 87.5%" in card.locator("output").inner_text()
    card.locator("input[name=coverage]").fill("300")
    assert "lose 66.7%" in card.locator("output").inner_text()
    assert "hopes" not in card.locator("output").inner_text()
    card.locator("input[name=coverage]").fill("50")
    assert "cannot meet it" in card.locator("output").inner_text()


def test_a_field_left_empty_is_asked_for(planner: Page) -> None:
    card = planner.locator("[data-ab-plan=needed]")
    card.locator("input[name=target]").fill("")
    assert "Fill in all fields" in card.locator("output").inner_text()
    card.locator("input[name=target]").fill("10")
    card.locator("input[name=count]").fill("4")
    card.locator("input[name=reached]").fill("400")
    assert card.locator("output").inner_text() == "About 1,000 prospects, plausibly 394 to 2,568."


@pytest.mark.parametrize(("count", "n"), [(0, 20), (4, 400), (20, 20), (7, 61), (235, 2435)])
def test_the_browser_computes_what_we_compute(planner: Page, count: int, n: int) -> None:
    wilson = single_look.wilson(count, n, 0.05)
    assert wilson is not None
    assert planner.evaluate("([x, n]) => abPlanner.wilson(x, n)", [count, n]) == pytest.approx(
        [wilson.low, wilson.high], abs=1e-12
    )
    need = pipeline.needed(10, count, n)
    assert need is not None
    assert planner.evaluate("([x, n]) => abPlanner.needed(10, x, n)", [count, n]) == [
        need.n, need.low, need.high,
    ]  # fmt: skip
    assert planner.evaluate("([x, n]) => abPlanner.expected(300, x, n)", [count, n]) == list(
        pipeline.expected(300, count, n)
    )
    newcombe = single_look.newcombe(10, 200, count, n, 0.05)
    assert newcombe is not None
    found = planner.evaluate("([x, n]) => abPlanner.difference([10, 200], [x, n])", [count, n])
    assert found[1:] == pytest.approx([newcombe.low, newcombe.high], abs=1e-12)


@pytest.mark.parametrize(
    ("p", "q", "n"), [(0.03, 0.05, 1506), (0.05, 0.10, 435), (0.10, 0.15, 686), (0.10, 0.20, 199)]
)
def test_prospects_that_a_claim_needs_are_the_textbooks(
    planner: Page, p: float, q: float, n: int
) -> None:
    assert planner.evaluate("([p, q]) => abPlanner.perMessage(p, q)", [p, q]) == n


def test_the_planner_works_after_a_click_and_asks_nobody(browser: Browser, served: str) -> None:
    """Instant navigation swaps the page in; the arithmetic runs there too, and nothing is sent."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text))
    page.goto(f"{served}team/", wait_until="networkidle")
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="What would it take?").click()
    page.wait_for_url("**/planner/")
    output = page.locator("[data-ab-plan=coverage] output")
    output.filter(has_text="87.5%").wait_for(timeout=5000)
    assert page.evaluate("window.stays") is True
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-ab-plan=coverage] input").first.fill("400")
    page.keyboard.press("Enter")
    assert "75.0%" in output.inner_text()
    assert page.url.endswith("/planner/")
    assert asked == []
    assert said == []
    context.close()
