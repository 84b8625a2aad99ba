"""JSON Schema of the files: it accepts what the reader accepts, and knows what an editor can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from content_trees import EXPERIMENT, OFFER, PLAN, QUESTION, REVIEW, REVIEW_TEXT, TREE, write
from hostile_edits import EDITS

from abtest.cli import abtest as command
from abtest.messages.fields import EXPERIMENT as EXPERIMENT_FIELDS
from abtest.messages.records import Record
from abtest.messages.schema import FILES, file_schema
from abtest.plan import Plan

FILE_OF = {
    EXPERIMENT: "experiment",
    OFFER: "variant",
    QUESTION: "variant",
    REVIEW: "review",
    PLAN: "plan",
}
ROOT = Path(__file__).parents[2]
DECLARED = Plan(counts=("trials",), dimensions=("studio_size",))


def front_matter(path: str, text: str) -> Any:
    """The front matter as an editor reads it: dates stay text, as in YAML 1.2."""
    front = text if path == PLAN else text.split("\n---\n")[0]
    return json.loads(json.dumps(yaml.safe_load(front), default=str))


def complaints(path: str, text: str, plan: Plan | None = DECLARED) -> list[str]:
    validator = jsonschema.Draft202012Validator(file_schema(FILE_OF[path], plan))
    return [error.message for error in validator.iter_errors(front_matter(path, text))]


@pytest.mark.parametrize("file", FILES)
def test_every_schema_is_one(file: str) -> None:
    for plan in (None, Plan()):
        schema = file_schema(file, plan)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["title"]


@pytest.mark.parametrize("path", [*TREE, REVIEW])
def test_good_files_pass(path: str) -> None:
    assert complaints(path, {**TREE, REVIEW: REVIEW_TEXT}[path]) == []


@pytest.mark.parametrize(
    "edit", [e for e in EDITS if e.code is None], ids=lambda e: repr(e.new[:40])
)
def test_what_the_reader_accepts_passes(edit: Any) -> None:
    text = {**TREE, REVIEW: REVIEW_TEXT}[edit.path].replace(edit.old, edit.new)
    if any(odd in text for odd in ("title: ~", "title: null", 'sent: "20"')):
        return  # read as they are meant; to an editor they are nothing, and a text
    assert complaints(edit.path, text, None if "010" in text else DECLARED) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (QUESTION, "author: rui", "auther: rui"),
        (QUESTION, "sent: 25", "sent: many"),
        (QUESTION, "sent: 25", "sent: -25"),
        (QUESTION, "sent: 25", "opens: 25"),
        (QUESTION, "sent: 25", "sent: 25, email: x"),
        (QUESTION, "sent: 25", "sent: 25, reponses: 1"),
        (QUESTION, "title: Ask who plans January\n", ""),
        (EXPERIMENT, "  location: Ohio\n", ""),
        (EXPERIMENT, "status: running", "status: paused"),
        (EXPERIMENT, "control: offer", "design: peek"),
        (EXPERIMENT, "control: offer", "target: 10"),
        (EXPERIMENT, "control: offer", "smallest_effect: 4%"),
        (REVIEW, "fit: 4", "fit: 9"),
        (REVIEW, "kind: read", "kind: guess"),
        (PLAN, "target: 10%", "target: ten"),
        (PLAN, "counts: [trials]", "counts: trials"),
    ],
)
def test_what_an_editor_can_know_is_refused(path: str, old: str, new: str) -> None:
    text = {**TREE, REVIEW: REVIEW_TEXT}[path].replace(old, new)
    assert complaints(path, text)


def test_without_a_plan_rows_may_have_keys_that_it_would_declare() -> None:
    text = TREE[QUESTION].replace("sent: 25", "sent: 25, demos: 1, region: west")
    assert complaints(QUESTION, text, None) == []
    assert complaints(QUESTION, text.replace("demos", "opens"), None)


def test_every_key_has_a_description_and_an_example_that_reads() -> None:
    def keys(record: Record) -> None:
        for field in record.fields.values():
            assert field.doc.endswith("."), field.name
            if isinstance(field.kind, Record):
                keys(field.kind)

    keys(EXPERIMENT_FIELDS)
    properties = file_schema("experiment")["properties"]
    assert all(value["description"] for value in properties.values())


def test_the_command_prints_the_schema_with_the_plans_own_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    bare = json.loads(run(command, ["schema"]).output)
    assert bare == file_schema("variant")
    write(tmp_path, TREE)
    row = json.loads(run(command, ["schema", "variant"]).output)["properties"]["results"]
    properties = row["additionalProperties"]["items"]["properties"]
    assert {"trials", "studio_size"} <= properties.keys()
    write(tmp_path, {PLAN: "counts: 5\n"})
    assert json.loads(run(command, ["schema", "variant"]).output) == bare
    assert run(command, ["schema", "nonsense"]).exit_code == 2


def test_a_report_is_as_its_schema_says() -> None:
    run = CliRunner().invoke
    schema = json.loads(run(command, ["schema", "report"]).output)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for arguments in (
        ["report", "--format", "json"],
        ["calc", "52/400", "71/410", "--format", "json"],
        ["calc", "0/0", "--format", "json"],
    ):
        result = run(command, ["-C", str(ROOT), *arguments])
        assert result.exit_code == 0, result.output
        assert [error.message for error in validator.iter_errors(json.loads(result.output))] == []
