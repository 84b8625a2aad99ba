"""What plan.yml may say of the critique is what the critique has."""

import datetime as dt
from pathlib import Path

import pytest

from abtest.critique import style, wordlists
from abtest.critique.run import examine
from abtest.errors import ContentError
from abtest.messages.reader import load
from abtest.plan import HOUSE_STYLES, PHRASE_LISTS

PHRASES = Path(wordlists.__file__).parent / "phrases"
FILES = {
    "experiment.md": "---\ntitle: A?\nstatus: draft\nprofile:\n  industry: Freight\n"
    "  location: Chicago\n  title: COO\n---\nWhy.\n",
    "a.md": "---\ntitle: A\n---\n## Email\nSubject: Dock hours\n\nHi {{first_name}},\n\n"
    "Your dock can be rightsized by Monday. Would a plan help?\n",
}


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "messages" / "dock"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")

    def read(plan):
        (folder.parent / "plan.yml").write_text(plan, "utf-8")
        return load(folder.parent, today=dt.date(2026, 11, 25))

    return read


def test_the_plan_names_every_house_style_and_every_list():
    assert style.names() == HOUSE_STYLES
    lists = {path.stem for path in PHRASES.glob("*.yml") if isinstance(_data(path), list)}
    assert set(PHRASE_LISTS) == lists


def _data(path):
    return wordlists.data(f"phrases/{path.name}")


def test_a_team_adds_its_own_phrases(content):
    plain = examine(content("target: 10%\n"))
    own = examine(content("critique: {phrases: {buzzwords: [rightsized, by Monday]}}\n"))
    assert "EM010" not in {finding.code for finding in plain}
    assert "EM010" in {finding.code for finding in own}


@pytest.mark.parametrize(
    ("critique", "said"),
    [("{profile: salesbuz}", "salesbuzz"), ("{phrases: {buzwords: [x]}}", "buzzwords")],
)
def test_a_name_that_does_not_exist_is_an_error(content, critique, said):
    with pytest.raises(ContentError, match=r"plan.yml:1") as caught:
        content(f"critique: {critique}\n")
    assert said in "".join(f"{f.message} {f.suggestion}" for f in caught.value.findings)
