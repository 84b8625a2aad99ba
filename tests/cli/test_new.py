"""`abtest new`: valid at once, and never over anything that is there."""

import pytest

from abtest.messages.reader import read


def findings(folder):
    experiments, found = read(folder / "messages")
    return experiments, [finding for finding in found if finding.severity == "error"]


@pytest.fixture
def started(run):
    assert run("new", "experiment", "dock-hours", "--title", 'Ask: "who"?').code == 0
    return run


def test_a_new_experiment_reads_at_once(started, tmp_path):
    experiments, errors = findings(tmp_path)
    assert errors == []
    assert experiments["dock-hours"].title == 'Ask: "who"?'
    assert experiments["dock-hours"]["control"].channel == "combo"


@pytest.mark.parametrize("channel", ["combo", "voicemail", "email"])
def test_a_new_variant_has_its_channel(started, tmp_path, channel):
    assert started("new", "variant", "dock-hours/ask-who", "--channel", channel).code == 0
    experiments, errors = findings(tmp_path)
    assert errors == []
    assert experiments["dock-hours"]["ask-who"].channel == channel


def test_a_fork_has_the_words_and_none_of_the_counts(started, tmp_path):
    started("record", "dock-hours/control", "--rep", "kim", "--date", "2026-11-02", "--sent", "40")
    assert started("new", "variant", "dock-hours/ask-who", "--from", "control").code == 0
    experiments, errors = findings(tmp_path)
    assert errors == []
    origin, fork = (experiments["dock-hours"][name] for name in ("control", "ask-who"))
    assert [touch.text for touch in fork.touches] == [touch.text for touch in origin.touches]
    assert len(origin.cohorts) == 1
    assert fork.cohorts == ()


@pytest.mark.parametrize("kind", ["read", "role-play", "recording"])
def test_a_new_review_reads_at_once_and_again_once_it_is_scored(started, tmp_path, kind):
    done = started("new", "review", "dock-hours/control", "--by", "Lee P.", "--kind", kind)
    assert done.code == 0
    _, errors = findings(tmp_path)
    assert errors == []
    [path] = (tmp_path / "messages" / "dock-hours" / "reviews").iterdir()
    text = path.read_text("utf-8")
    path.write_text(text.replace("# scores:", "scores:").replace("#   fit: 3", "  fit: 3"), "utf-8")
    experiments, errors = findings(tmp_path)
    assert errors == []
    [review] = experiments["dock-hours"]["control"].reviews
    assert review.scores == {"fit": 3}
    assert review.kind == kind


def test_what_new_writes_is_in_the_one_form(started):
    started("new", "variant", "dock-hours/ask-who", "--author", "Kim: x", "--from", "control")
    started("new", "review", "dock-hours/ask-who", "--by", "no", "--kind", "role-play")
    assert started("tidy", "--check").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["experiment", "dock-hours"], "exists; it was left as it is"),
        (["experiment", "Dock"], "cannot be a name"),
        (["variant", "dock-hours/control"], "exists"),
        (["variant", "dock-hours"], "Write it as EXPERIMENT/VARIANT"),
        (["variant", "dock/first"], "abtest new experiment dock"),
        (["variant", "dock-hours/b", "--from", "contro"], "Did you mean 'dock-hours/control'?"),
        (["review", "dock-hours/contrl", "--by", "x"], "Did you mean 'dock-hours/control'?"),
    ],
)
def test_what_cannot_be_started_is_told(started, arguments, said):
    done = started("new", *arguments)
    assert done.code == 2
    assert said in done.err
