"""What a preview keeps from one build to the next is never stale."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import samples
from building import DAY, ROOT
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import Files
from test_plugin import team, tree

from abtest.analysis import analyze
from abtest.analysis.gather import gather
from abtest.model import Experiments
from abtest.report import Report
from abtest.site.generated import GeneratedPage
from abtest.site.memory import Memory
from abtest.site.pages import pages
from abtest.site.source import read_content

MESSAGE = Path("messages/new-hire-opener/your-new-reps.md")
PLAN = Path("messages/plan.yml")


def test_what_is_the_same_is_made_once() -> None:
    memory, asked = Memory(keeps=True), list[int]()

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    found = [memory.made("double", "a", double, number) for number in (3, 3, 4, 3)]
    assert (found, asked) == ([6, 6, 8, 6], [3, 4, 3])


def test_what_was_not_asked_for_is_forgotten() -> None:
    memory = Memory(keeps=True)
    memory.keep("page", "a", "one", 1)
    memory.keep("page", "b", "two", 2)
    memory.forget_the_rest()
    assert memory.recall("page", "a", 1) == "one"
    memory.forget_the_rest()
    assert memory.recall("page", "a", 1) == "one"
    assert memory.recall("page", "b", 2) is None


def test_a_single_build_keeps_nothing() -> None:
    memory = Memory(keeps=False)
    memory.keep("page", "a", "one", 1)
    assert memory.recall("page", "a", 1) is None


def _report(experiments: Experiments) -> Report:
    report = analyze(experiments, as_of=samples.AS_OF, findings=samples.FINDINGS)
    return replace(report, insight=gather(report))


def test_only_the_pages_of_what_changed_are_made_again() -> None:
    memory = Memory(keeps=True)
    before = {page.path: page for page in pages(_report(samples.three()), memory=memory)}
    edited = replace(samples.undecided(), title="Does a question draw answers?")
    changed = samples.collected(samples.winner(), samples.all_below(), edited)
    after = {page.path: page for page in pages(_report(changed), memory=memory)}
    assert after == {page.path: page for page in pages(_report(changed))}
    again = [path for path in after if path.startswith("experiments/") and path in before]
    made = {path for path in again if after[path] is not before[path]} - {"experiments/index.md"}
    assert made == {path for path in again if path.startswith("experiments/subject-line/")}


def test_only_experiments_that_changed_are_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    folder = team(tmp_path, "new-hire-opener", "staffing-offers") / "messages"
    memory = Memory(keeps=True)
    first = read_content(str(folder), memory=memory).report
    assert first == read_content(str(folder)).report
    _replace(folder / "staffing-offers" / "book-a-demo.md", "sent: 28,", "sent: 29,")
    second = read_content(str(folder), memory=memory).report
    assert second == read_content(str(folder)).report
    same = [result.id for result in second if any(result is before for before in first)]
    assert same == ["new-hire-opener"]


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team's folder, as the current one, with a preview that has built it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    monkeypatch.chdir(team(tmp_path, "new-hire-opener", "staffing-offers"))
    # The documentation is Markdown, which no preview keeps.
    shutil.rmtree("site_src/docs", ignore_errors=True)
    Path("site_src/docs").mkdir(parents=True)
    Path("site_src/docs/index.md").write_text("# Docs\n")
    settings = Path("mkdocs.yml").read_text(encoding="utf-8")
    Path("mkdocs.yml").write_text(settings.partition("  - Docs:")[0], encoding="utf-8")
    start()
    rebuilt("preview")
    return tmp_path


def start() -> None:
    """Start a preview, which remembers nothing yet."""
    load_config("mkdocs.yml").plugins.on_startup(command="serve", dirty=False)


def rebuilt(folder: str) -> set[str]:
    """Build as the preview does; the pages that were taken over from the last build."""
    config = load_config("mkdocs.yml", site_dir=folder)
    seen: list[Files] = []
    config.plugins.events["env"].append(lambda env, config, files: seen.append(files))
    build(config, serve_url="http://127.0.0.1:8000/")
    found = [file.page for file in seen[0].documentation_pages()]
    return {p.url for p in found if isinstance(p, GeneratedPage) and p.kept is not None}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _edit() -> None:
    _replace(MESSAGE, "Denver ramp", "Denver pace")


def _revert() -> None:
    shutil.copy(ROOT / MESSAGE, MESSAGE)


def _rename_experiment() -> None:
    Path("messages/staffing-offers").rename("messages/agency-offers")


def _rename_variant() -> None:
    folder = Path("messages/staffing-offers")
    (folder / "book-a-demo.md").rename(folder / "ask-for-a-demo.md")
    for review in (folder / "reviews").glob("book-a-demo*.md"):
        _replace(review, "of: book-a-demo", "of: ask-for-a-demo")


def _another_target() -> None:
    _replace(PLAN, "target: 10%", "target: 4%")


def _another_row() -> None:
    _replace(Path("messages/staffing-offers/book-a-demo.md"), "sent: 28,", "sent: 29,")


def _another_name() -> None:
    _replace(Path("mkdocs.yml"), "site_name: Outbound A/B results", "site_name: Our results")


def _another_tab() -> None:
    _replace(Path("mkdocs.yml"), "- Team lead: team/index.md", "- Lead: team/index.md")


def _another_forge() -> None:
    settings = "repo_url: https://github.com/acme/outreach\nedit_uri: edit/main/site_src/\n"
    _replace(Path("mkdocs.yml"), "docs_dir:", f"{settings}docs_dir:")


def _another_day() -> None:
    os.environ["SOURCE_DATE_EPOCH"] = str(DAY + 15 * 86_400)  # the fixture puts it back


def _another_recording() -> None:
    recordings = Path("messages/new-hire-opener/recordings")
    shutil.copy(recordings / "role-play-max.opus", recordings / "kept.opus")
    _replace(MESSAGE, "your-new-reps-kim.mp3", "kept.opus")


def _a_review_gone() -> None:
    Path("messages/new-hire-opener/reviews/your-new-reps-lee.md").unlink()


def _an_experiment_gone() -> None:
    shutil.rmtree("messages/new-hire-opener")


CHANGES = (
    _edit,
    _revert,
    _another_row,
    _another_target,
    _another_name,
    _another_tab,
    _another_forge,
    _another_day,
    _another_recording,
    _a_review_gone,
    _rename_variant,
    _rename_experiment,
    _an_experiment_gone,
)


@pytest.mark.slow
def test_a_preview_shows_what_a_first_build_would(preview: Path) -> None:
    """After each change, every file is that of a preview that has just been started."""
    before = tree(preview / "preview")
    for change in CHANGES:
        change()
        rebuilt("preview")
        after = tree(preview / "preview")
        start()
        assert rebuilt("fresh") == set()
        assert after == tree(preview / "fresh"), change
        assert after != before, change
        before = after


def test_an_edit_and_its_revert(preview: Path) -> None:
    before = tree(preview / "preview")
    _edit()
    kept = rebuilt("preview")
    assert "experiments/staffing-offers/book-a-demo/" in kept
    assert "experiments/new-hire-opener/your-new-reps/" not in kept
    assert tree(preview / "preview") != before
    _revert()
    rebuilt("preview")
    assert tree(preview / "preview") == before


def test_nothing_changed_and_everything_is_kept(preview: Path) -> None:
    kept = rebuilt("preview")
    assert {"experiments/new-hire-opener/your-new-reps/", "rules/VM001/", "why/"} <= kept
    assert "" not in kept


def test_where_others_print_on_pages_none_is_kept(preview: Path) -> None:
    """A hook may print anything, and its file is not among what pages are made from."""
    Path("hook.py").write_text("def on_post_page(output, **_):\n    return output\n")
    _replace(Path("mkdocs.yml"), "docs_dir:", "hooks: [hook.py]\ndocs_dir:")
    rebuilt("preview")
    assert rebuilt("preview") == set()


def test_a_build_that_failed_leaves_nothing_wrong_behind(preview: Path) -> None:
    before = tree(preview / "preview")
    good = MESSAGE.read_text(encoding="utf-8")
    MESSAGE.write_text("no front matter", encoding="utf-8")
    with pytest.raises(SystemExit):
        rebuilt("preview")
    MESSAGE.write_text(good, encoding="utf-8")
    rebuilt("preview")
    assert tree(preview / "preview") == before
