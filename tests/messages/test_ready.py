"""Ready experiments: valid at once, nothing to warn of, and true to what they compare."""

import pytest

from abtest.critique.run import examine
from abtest.errors import Severity
from abtest.messages.reader import load
from abtest.messages.ready import ready_experiment, ready_names
from abtest.messages.templates import Question
from abtest.plan import Plan, Sender

SENDER = Sender(
    names=("Kim Ito",),
    company="Brightline",
    phone="555-0142",
    website="brightline.example",
    address="1 Main St, Denver, CO 80202",
)
ASKED = Question("", "B2B software", "Denver, Colorado", "VP of Sales")

PLAN = """\
sender:
  names: [Kim Ito]
  company: Brightline
  phone: 555-0142
  website: brightline.example
  address: 1 Main St, Denver, CO 80202
"""


@pytest.fixture(params=ready_names())
def started(request, tmp_path):
    """A team's folder with one ready experiment in it, read back."""
    folder = tmp_path / "messages" / request.param
    folder.mkdir(parents=True)
    (tmp_path / "messages" / "plan.yml").write_text(PLAN)
    for name, text in ready_experiment(request.param, ASKED, Plan(sender=SENDER)).items():
        (folder / name).write_text(text)
    return load(str(tmp_path / "messages"))


def test_there_are_at_least_six():
    assert len(ready_names()) >= 6
    assert "cold-vs-referral" in ready_names()


def test_it_is_valid_and_nothing_warns(started):
    found = [f for f in examine(started) if f.severity is not Severity.INFO]
    assert [str(f) for f in found] == []


def test_it_has_a_control_and_differs_in_its_factors(started):
    (experiment,) = started.values()
    assert experiment.control in experiment.variants
    assert len(experiment) >= 2
    assert experiment.status == "draft"
    assert experiment.lever
    levels = [tuple(sorted(v.factors.items())) for v in experiment]
    assert len(set(levels)) == len(levels)
    assert all(v.factors for v in experiment)
    # one factor at a time, but for the factorial
    factors = {name for v in experiment for name in v.factors}
    assert len(factors) == 1 or experiment.id == "voicemail-by-email"


def test_no_mark_is_left_and_the_sender_is_the_teams(started):
    (experiment,) = started.values()
    for variant in experiment:
        for touch in variant.touches:
            assert "[[" not in touch.text
            assert "Kim" in touch.text
    assert experiment.profile.industry == "B2B software"


def test_variants_differ_in_words(started):
    (experiment,) = started.values()
    texts = [tuple((t.channel, t.subject, t.text) for t in v.touches) for v in experiment]
    assert len(set(texts)) == len(texts)


def test_a_title_of_ones_own_takes_its_place():
    asked = Question('Who "owns" it: ask?')
    texts = ready_experiment("cold-vs-referral", asked, Plan())
    assert "title: 'Who \"owns\" it: ask?'" in texts["experiment.md"]
    assert next(iter(texts)) == "experiment.md"
    assert "industry: any" in texts["experiment.md"]
