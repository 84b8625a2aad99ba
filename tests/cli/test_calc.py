"""`abtest calc`: a verdict a salesperson understands, on numbers typed in."""

import json

import pytest


def test_two_variants_in_plain_words(run):
    done = run("calc", "52/400", "71/410")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert "Too early to say which variant works better." in words
    assert "71 of 410 answered (17.3%). That meets the 10% target" in words
    assert max(map(len, done.out.splitlines())) <= 80


def test_json_is_a_report_of_one_experiment(run):
    document = json.loads(run("calc", "52/400", "71/410", "60/400", "--format", "json").out)
    [experiment] = document["experiments"]
    assert [variant["id"] for variant in experiment["variants"]] == ["a", "b", "c"]
    assert [(pair["a"], pair["b"]) for pair in experiment["comparisons"]] == [
        ("a", "b"),
        ("a", "c"),
    ]
    target = experiment["variants"][0]["metrics"]["responses"]["target"]
    assert target["state"] == "undecided"
    assert target["e_above"] == pytest.approx(2.52, abs=0.005)
    assert experiment["comparisons"][0]["stratified"] is False


def test_cohorts_in_order_are_looks_sent_side_by_side(run):
    done = run("calc", "5/40+7/50", "3/40+9/50", "--format", "json")
    [experiment] = json.loads(done.out)["experiments"]
    assert experiment["variants"][0]["reached"] == 90
    assert experiment["comparisons"][0]["stratified"] is True


def test_settings_are_taken_as_in_the_plan(run):
    done = run(
        "calc", "12/400", "--target", "2%", "--alpha", "0.01", "--smallest-effect", "1pp",
        "--format", "json",
    )  # fmt: skip
    document = json.loads(done.out)
    assert document["plan"]["target"] == 0.02
    assert document["plan"]["smallest_effect"] == 0.01
    assert document["experiments"][0]["alpha"] == 0.01


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["52"], "write answers/prospects, such as 52/400"),
        (["5/4"], "5 answers cannot come from 4"),
        (["-1/10"], "No such option"),
        (["5/40+", "1/2"], "write answers/prospects"),
        (["5/40", "--target", "ten"], "a share between 0% and 100%"),
        (["5/40", "--target", "100%"], "a share between 0% and 100%"),
        ([], "Missing argument"),
        (["1/10"] * 27, "At most 26 variants"),
    ],
)
def test_wrong_usage_is_told_with_the_right_form(run, arguments, said):
    done = run("calc", *arguments)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    "counts", ["0/0", "0/1", "1/1", "0/10000000", "10000000/10000000", "999999/10000000"]
)
def test_every_possible_count_gets_an_answer(run, counts):
    done = run("calc", counts, "3/10", "--format", "json")
    assert done.code == 0
    json.loads(done.out, parse_constant=pytest.fail)
