"""Editing in the browser: a real editor, a real server behind it, and what git sees of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import DAY, ROOT, free_port
from playwright.sync_api import Browser, Page

from abtest.clock import today
from abtest.errors import SurroundingsError
from abtest.messages import reader
from abtest.messages.fields import EXPERIMENT, REVIEW, VARIANT
from abtest.messages.results import Vocabulary
from abtest.plan import Plan
from abtest.site.admin import bundle
from abtest.site.build import BuildFailedError, build_site
from abtest.workspace.starting import start
from abtest.workspace.team import Team

NPM = ROOT / "tests" / "browser" / "node_modules"
DECAP = NPM / "decap-cms"
PLUGIN = "  - abtest:\n      messages: messages\n"

#: Fields that a form has no widget for: the reader's own `results` has one, the others stay as
#: they are in the file.
LEFT_OUT = {"allocation", "design", "results", "factors", "ignore"}


def admin(root: Path, *lines: str) -> Path:
    """Ask for the editor in a team's mkdocs.yml."""
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    assert PLUGIN in text
    wish = "".join(f"        {line}\n" for line in ("enabled: true", *lines))
    config.write_text(text.replace(PLUGIN, f"{PLUGIN}      admin:\n{wish}"), "utf-8")
    return config


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A team's repository, as `abtest init` writes it, with everything committed."""
    if not (DECAP / "dist" / bundle.MAIN).is_file():
        pytest.fail("The browser tests need decap-cms: npm ci --prefix tests/browser")
    root = tmp_path / "team"
    start(root, Team(repo_url="https://github.com/brightline/outreach"), today())
    git(root, "init", "--quiet", "-b", "main")
    keep(root)
    return root


def git(root: Path, *arguments: str) -> str:
    person = ["-c", "user.name=Kim Ito", "-c", "user.email=kim@brightline.example"]
    command = ["git", *person, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout


def keep(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "Keep")


def abtest(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "abtest", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def settings(place: Path) -> dict[str, Any]:
    loaded = yaml.safe_load((place / "admin" / "config.yml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def test_nobody_gets_an_editor_who_did_not_ask_for_one(team: Path) -> None:
    place, _ = build_site(str(team / "mkdocs.yml"))
    assert not (place / "admin").exists()


def test_the_editor_saves_to_the_forge_that_the_pages_link_to(team: Path) -> None:
    place, _ = build_site(str(admin(team, f"package: {DECAP}")))
    assert settings(place)["backend"] == {
        "name": "github", "repo": "brightline/outreach", "branch": "main",
    }  # fmt: skip
    page = (place / "admin/index.html").read_text("utf-8")
    assert "connect-src 'self' blob: https://api.github.com" in page
    assert "localhost" not in page
    assert "unsafe-eval" not in (place / "index.html").read_text("utf-8")


def test_a_forge_of_ones_own_may_be_talked_to(team: Path) -> None:
    backend = (
        "backend: {name: gitlab, repo: sales/outreach, auth_type: pkce, app_id: 0123abc, "
        "base_url: https://git.acme.example, api_root: https://git.acme.example/api/v4}"
    )
    place, _ = build_site(str(admin(team, f"package: {DECAP}", backend)))
    page = (place / "admin/index.html").read_text("utf-8")
    assert "connect-src 'self' blob: https://gitlab.com https://git.acme.example;" in page


def test_an_editor_that_cannot_save_is_refused(team: Path) -> None:
    config = admin(team, f"package: {DECAP}")
    lines = [x for x in config.read_text("utf-8").splitlines() if "repo_url" not in x]
    config.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(BuildFailedError, match=r"backend: \{name: github, repo: "):
        build_site(str(config))


def test_the_forms_have_every_field_of_the_tables(team: Path) -> None:
    place, _ = build_site(str(admin(team, f"package: {DECAP}", "reps: [zoe]")))
    forms = {form["name"]: form["fields"] for form in settings(place)["collections"]}
    for form, record in (
        ("experiments", EXPERIMENT),
        ("messages-example-ask", VARIANT),
        ("reviews-example-ask", REVIEW),
    ):
        shown = {field["name"] for field in forms[form]}
        assert set(record.fields) - LEFT_OUT <= shown
        for field in forms[form]:
            table = record.fields.get(field["name"])
            if table is not None and table.kind is not None:
                assert (field["hint"], field["required"]) == (table.doc, bool(table.missing))
    [rows] = [field for field in forms["messages-example-ask"] if field["name"] == "results"]
    assert {"kim", "zoe"} <= {rep["name"] for rep in rows["fields"]}
    cells = [cell["name"] for cell in rows["fields"][0]["fields"]]
    assert cells == list(Vocabulary(Plan()).ordered)


@pytest.mark.slow
def test_npm_brings_the_package_and_nothing_else_is_taken_for_it(
    tmp_path: Path, team: Path
) -> None:
    """`npm pack` at work on the package in a folder, as it is on the one in the registry."""
    unpacked = bundle.unpacked(str(DECAP), tmp_path)
    assert next(file.name for file in bundle.installed(unpacked)).endswith(".decap-cms.js")
    main = unpacked / "dist" / bundle.MAIN
    main.write_bytes(main.read_bytes() + b"\nalert(1)")
    with pytest.raises(SurroundingsError, match=f"is not decap-cms {bundle.VERSION}"):
        bundle.installed(unpacked)
    with pytest.raises(SurroundingsError, match="npm cannot fetch"):
        bundle.unpacked(str(tmp_path / "nowhere"), tmp_path)
    with pytest.raises(BuildFailedError, match="is not decap-cms"):
        build_site(str(admin(team, f"package: {tmp_path}")))


@dataclass
class Editor:
    """The editor in a browser, and the repository that it saves to."""

    page: Page
    root: Path
    address: str
    said: list[str]
    requests: list[str]

    def open(self, way: str) -> None:
        """Load the editor afresh at a place, so that nothing is typed into the form before."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#/collections/{way}", wait_until="networkidle")

    def fill(self, field: str, value: str) -> None:
        self.page.locator(f"[id^='{field}-field']").first.fill(value)

    def choose(self, field: str, value: str) -> None:
        box = self.page.locator(f"[id^='{field}-field']").first
        box.click()
        self.page.get_by_role("option", name=value, exact=True).click()

    def save(self) -> None:
        self.page.get_by_role("button", name="Publish").first.click()
        self.page.get_by_role("menuitem", name="Publish now").click()
        self.page.wait_for_url("**/entries/**")  # a new file has a place of its own by now
        self.page.get_by_text("Changes saved").wait_for()

    def added(self) -> list[str]:
        """What git sees of it once `abtest tidy` has run, if nothing else changed."""
        abtest(self.root, "tidy")
        abtest(self.root, "check", "--fail-on", "error")
        changed = [
            line
            for line in git(self.root, "diff", "--unified=0").splitlines()
            if line[:1] in "+-" and line[:3] not in ("+++", "---")
        ]
        keep(self.root)
        return changed


@pytest.fixture
def server(team: Path) -> Iterator[str]:
    """decap-server on the team's repository: saves go into its files."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("The browser tests need Node.js: apt-get install npm")
    port = free_port()
    process = subprocess.Popen(
        [node, NPM / "decap-server" / "dist" / "index.js"],
        cwd=team,
        env={**os.environ, "PORT": str(port), "BIND_HOST": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def editor(team: Path, server: str, browser: Browser, web: tuple[Path, str]) -> Iterator[Editor]:
    """The editor of a built site, open and signed in."""
    root, address = web
    config = admin(team, f"local: {server}", f"package: {DECAP}", "reps: [zoe]")
    keep(team)
    place = root / team.parent.name
    build_site(str(config), site_dir=str(place))
    context = browser.new_context()
    page = context.new_page()
    editor = Editor(page, team, f"{address}{place.name}/admin/", [], [])
    page.on("console", lambda m: m.type == "error" and editor.said.append(m.text))
    page.on("pageerror", lambda error: editor.said.append(str(error)))
    page.on("request", lambda request: editor.requests.append(request.url))
    page.goto(editor.address)
    page.get_by_role("button", name="Login").click()
    page.get_by_role("link", name="Experiments").wait_for()
    yield editor
    context.close()
    shutil.rmtree(place)


@pytest.mark.browser
def test_a_row_that_is_added_in_the_browser_is_one_line_in_git(editor: Editor) -> None:
    editor.open("messages-example-ask/entries/ask-who")
    editor.page.get_by_role("button", name="Add row").first.click()
    editor.fill("date", "2026-11-23")
    editor.fill("sent", "20")
    editor.fill("responses", "3")
    editor.fill("meetings", "1")
    editor.fill("meetings", "")
    editor.save()
    assert editor.added() == ["+    - {date: 2026-11-23, sent: 20, responses: 3}"]
    assert editor.said == []
    assert all(url.startswith(("http://127.0.0.1:", "data:", "blob:")) for url in editor.requests)


@pytest.mark.browser
def test_somebody_without_rows_gets_a_list_of_their_own(editor: Editor) -> None:
    editor.open("messages-example-ask/entries/offer-a-page")
    editor.page.get_by_role("button", name="Add row").last.click()
    editor.fill("date", "2026-11-24")
    editor.fill("sent", "12")
    editor.save()
    assert editor.added() == ["+  zoe:", "+    - {date: 2026-11-24, sent: 12}"]


@pytest.mark.browser
def test_a_list_shows_its_own_kind_of_file(editor: Editor) -> None:
    editor.open("experiments")
    shown = editor.page.locator("a[href*='/entries/']:visible")
    assert [a.get_attribute("href") for a in shown.all()] == [
        "#/collections/experiments/entries/example-ask/experiment"
    ]
    editor.open("messages-example-ask")
    editor.page.get_by_text("Offer a page").wait_for()
    assert shown.count() == 2


@pytest.mark.browser
def test_a_message_an_experiment_and_a_review_are_written(editor: Editor) -> None:
    editor.open("messages-example-ask/new")
    editor.fill("title", "Say it shorter")
    editor.fill("author", "zoe")
    editor.fill("body", "## Email\nSubject: New reps\n\nWho gets your new reps ready?\n")
    editor.save()
    editor.open("reviews-example-ask/new")
    editor.choose("of", "ask-who")
    editor.fill("by", "lee")
    editor.fill("date", "2026-11-24")
    editor.choose("kind", "read")
    editor.fill("body", "Sounds like a person.")
    editor.save()
    editor.open("experiments/new")
    editor.fill("title", "Short or long")
    for basic in ("industry", "location"):
        editor.fill(basic, "any")
    editor.page.locator("[id^='title-field']").nth(1).fill("VP of Sales")
    editor.choose("status", "draft")
    editor.save()
    abtest(editor.root, "tidy")
    experiments, _ = reader.read(editor.root / "messages", today=today())
    assert experiments is not None
    ours = experiments["example-ask"]
    assert ours["say-it-shorter"].author == "zoe"
    [review] = [r for r in ours["ask-who"].reviews if r.file == "2026-11-24-ask-who-lee.md"]
    assert (review.by, review.kind) == ("lee", "read")
    written = editor.root / "messages/short-or-long/experiment.md"
    assert written.read_text("utf-8") == (
        "---\ntitle: Short or long\nstatus: draft\nprofile:\n  industry: any\n"
        "  location: any\n  title: VP of Sales\n---\n"
    )


@pytest.mark.browser
def test_a_recording_goes_into_the_experiments_folder(editor: Editor) -> None:
    sound = ROOT / "messages/new-hire-opener/recordings/your-new-reps-kim.mp3"
    editor.open("messages-example-ask/entries/ask-who")
    editor.page.get_by_role("button", name="Choose a file").first.click()
    editor.page.locator("input[type=file]").first.set_input_files(sound)
    editor.page.get_by_role("button", name="Choose selected").click()
    editor.save()
    kept = editor.root / "messages/example-ask/recordings" / sound.name
    assert kept.read_bytes() == sound.read_bytes()
    assert editor.added() == [f"+recording: recordings/{sound.name}"]


@pytest.mark.browser
def test_what_a_form_cannot_show_stays_in_the_file(editor: Editor) -> None:
    path = editor.root / "messages/example-ask/experiment.md"
    shown = "lever: message\n"
    hidden = "allocation: {ask-who: 1, offer-a-page: 1}\ndesign: sequential\n"
    assert shown in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(shown, shown + hidden), "utf-8")
    abtest(editor.root, "tidy")
    keep(editor.root)
    editor.open("experiments/entries/example-ask/experiment")
    editor.fill("lang", "en-US")
    editor.save()
    assert editor.added() == ["+lang: en-US"]
    assert hidden in path.read_text("utf-8")
