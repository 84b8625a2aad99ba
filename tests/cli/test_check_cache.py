"""What `abtest check` remembers: it is used, and whatever changes, it is never stale."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from abtest.messages import digest

ROOT = Path(__file__).parents[2]
PLANTED = "Planted by the test."
VARIANT = "messages/staffing-offers/feature-list.md"
EXPERIMENTS = ("staffing-offers", "tv-ads-by-cable-system")
DAY = ("--as-of", "2026-11-22")


def git(team, *arguments):
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@brightline.example")
    subprocess.run(["git", *who, *arguments], cwd=team, check=True, capture_output=True)


@pytest.fixture
def team(tmp_path):
    for name in EXPERIMENTS:
        shutil.copytree(ROOT / "messages" / name, tmp_path / "messages" / name)
    shutil.copy(ROOT / "messages/plan.yml", tmp_path / "messages")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "Begin")
    return tmp_path


@pytest.fixture
def check(run, monkeypatch, tmp_path_factory):
    """`check(...)` → what is found with the cache; it must be what is found without."""

    def check(*arguments):
        asked = ("check", *DAY, "--format", "json", *arguments)
        with monkeypatch.context() as other:
            other.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("empty")))
            fresh = run(*asked)
        kept = run(*asked)
        found = json.loads(kept.out)["findings"]
        own = [finding for finding in found if finding["message"] != PLANTED]
        assert own == json.loads(fresh.out)["findings"]
        assert kept.code == fresh.code
        return kept.out

    return check


def kept_file():
    (path,) = (Path(os.environ["XDG_CACHE_HOME"]) / "abtest/check").iterdir()
    return path


def plant():
    """Change in the cache what was found: who shows it has looked there, and nowhere else."""
    kept = json.loads(kept_file().read_bytes())
    place = ["messages/plan.yml", 1, 1, "XX001", "info", PLANTED, "", None, None]
    for _, found in kept["critiques"].values():
        found.append(place)
    kept["shared"].append(place)
    if kept["history"]:
        kept["history"][1].append(place)
    kept_file().write_text(json.dumps(kept))


@pytest.fixture
def planted(team, check):
    check()
    plant()
    return team


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def times(out):
    return out.count(PLANTED)


def test_what_is_unchanged_is_not_judged_again(planted, check):
    assert times(check()) == len(["the team", *EXPERIMENTS, "the history"])


def test_the_folder_of_the_team_stays_clean(planted):
    status = subprocess.run(["git", "status", "--porcelain"], cwd=planted, capture_output=True)
    assert status.stdout == b""


def test_an_edit_is_seen_and_the_other_experiments_are_not_judged_again(planted, check):
    edit(planted / VARIANT, "## Email\n", "## Email\nSynergy, leverage and best-in-class!\n")
    assert times(check()) == len(EXPERIMENTS) - 1


def test_an_edit_is_seen_though_size_and_time_are_the_same(planted, check):
    path = planted / VARIANT
    before = path.stat()
    edit(path, "sent: 28", "sent: -8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "sent" in check("--fail-on", "never", VARIANT)


def test_an_edit_that_is_taken_back_is_as_before(team, check):
    first = check()
    text = (team / VARIANT).read_text("utf-8")
    edit(team / VARIANT, "sent: 28", "sent: -8")
    assert check() != first
    (team / VARIANT).write_text(text, "utf-8")
    assert check() == first


def test_a_renamed_variant_and_a_renamed_experiment_are_seen(planted, check):
    (planted / VARIANT).rename(planted / "messages/staffing-offers/list-of-features.md")
    assert "list-of-features" in check()
    plant()
    (planted / "messages/staffing-offers").rename(planted / "messages/offers")
    out = check("messages/offers")
    assert "messages/offers/list-of-features.md" in out
    assert PLANTED not in out


def test_a_new_a_deleted_and_a_linked_file_are_seen(planted, check):
    place = planted / "messages/staffing-offers"
    (place / "stray.txt").write_text("?")
    assert "stray.txt" in check()
    (place / "stray.txt").unlink()
    (place / "stray.txt").symlink_to(place / "experiment.md")
    assert "symbolic link" in check()
    (place / "stray.txt").unlink()
    shutil.rmtree(place / "reviews")
    check()
    (planted / VARIANT).unlink()
    assert "feature-list" in check()


@pytest.mark.parametrize("name", ["plan.yml", "assumptions.yml"])
def test_another_plan_or_assumption_judges_everything_again(planted, check, name):
    with (planted / "messages" / name).open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n" if name == "plan.yml" else "nonsense: 1\n")
    assert PLANTED not in check()


def test_another_day_judges_everything_again(planted, run):
    assert PLANTED in run("check", *DAY).out
    assert PLANTED not in run("check", "--as-of", "2026-11-23").out


def test_an_upgrade_judges_everything_again(planted, run, monkeypatch):
    assert PLANTED in run("check", *DAY).out
    monkeypatch.setattr(digest, "of_code", lambda: "of another version")
    assert PLANTED not in run("check", *DAY).out


def test_the_digest_of_the_code_changes_with_a_rule_and_with_a_phrase(tmp_path):
    def of_copy():
        program = "from abtest.messages import digest; print(digest.of_code())"
        command = [sys.executable, "-c", program]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, text=True)
        return run.stdout

    shutil.copytree(ROOT / "abtest", tmp_path / "abtest", ignore=shutil.ignore_patterns("site"))
    seen = [of_copy()]
    for name in ("critique/rules/vm001.py", "critique/phrases/hype.yml", "messages/kinds.py"):
        with (tmp_path / "abtest" / name).open("a") as file:
            file.write("# a remark\n")
        seen.append(of_copy())
    assert len(set(seen)) == len(seen)


def test_the_digest_covers_every_module_that_reads_or_judges():
    program = (
        "import sys; from abtest.critique.run import examine; "
        "from abtest.messages import history, witness; "
        "from abtest.messages.assumptions_file import load_assumptions; "
        "from abtest.messages.reader import read; "
        "experiments, _ = read('messages'); examine(experiments); history.examine(experiments); "
        "print(*sorted({name.split('.')[1] for name in sys.modules if name.startswith('abtest.')}))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )
    judges = {Path(name).stem for name in digest._JUDGES}
    assert set(run.stdout.split()) == judges


def test_a_new_commit_asks_the_history_again(planted, check):
    everywhere = times(check())
    git(planted, "commit", "-q", "--allow-empty", "-m", "Nothing")
    assert times(check()) == everywhere - 1


def test_counts_lost_behind_an_unchanged_file_are_seen(team, check):
    path = team / VARIANT
    text = path.read_text("utf-8")
    row = next(line for line in text.splitlines() if "sent: " in line)
    lost = text.replace(f"{row}\n", "", 1)
    path.write_text(lost, "utf-8")
    git(team, "commit", "-q", "-a", "-m", "Lose a row")
    assert "DM008" in check("--fail-on", "never")
    git(team, "commit", "-q", "--allow-empty", "-m", "Correction: staffing-offers/feature-list: no")
    assert "DM008" not in check()
    git(team, "reset", "-q", "--hard", "HEAD~1")
    assert "DM008" in check("--fail-on", "never")


def test_an_edit_during_the_check_is_not_kept(team, run, monkeypatch):
    from abtest.cli.checking import Check

    judge = Check._judge

    def slow(self, cache):
        found = judge(self, cache)
        edit(team / VARIANT, "sent: 28", "sent: -8")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Check, "_judge", slow)
        assert run("check", *DAY).code == 0
    assert run("check", *DAY).code == 1


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff", b'{"key": 1}'])
def test_a_damaged_cache_is_as_good_as_none(planted, check, damage):
    kept_file().write_bytes(damage)
    assert PLANTED not in check()


def test_two_folders_do_not_share_what_they_remember(planted, check, run):
    shutil.copytree(planted / "messages", planted / "other")
    assert PLANTED not in run("check", *DAY, "--messages", "other", "--no-history").out


def test_a_text_too_long_to_digest_is_read_each_time(planted, check):
    (planted / "messages/staffing-offers/huge.md").write_text("x" * 300_000)
    assert "KB" in check("--fail-on", "never")
    assert digest.of_content(str(planted / "messages")) is None
