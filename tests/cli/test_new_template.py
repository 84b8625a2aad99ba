"""`abtest new experiment --template`: a disputed question, ready to be asked."""


def test_a_template_writes_the_whole_experiment(run, tmp_path):
    ran = run("new", "experiment", "who-owns-it", "--template", "cold-vs-referral")
    assert ran.code == 0
    folder = tmp_path / "messages" / "who-owns-it"
    assert sorted(path.name for path in folder.iterdir()) == [
        "experiment.md",
        "pitch.md",
        "referral.md",
    ]
    assert "Next: make the words yours" in ran.out


def test_it_overwrites_nothing(run, tmp_path):
    run("new", "experiment", "who", "--template", "cold-vs-referral")
    path = tmp_path / "messages" / "who" / "pitch.md"
    path.write_text(path.read_text() + "\nOurs.\n")
    ran = run("new", "experiment", "who", "--template", "cold-vs-referral")
    assert ran.code == 2
    assert path.read_text().endswith("Ours.\n")


def test_an_unknown_template_is_told_with_the_known_ones(run):
    ran = run("new", "experiment", "who", "--template", "cold-vs-warm")
    assert ran.code == 2
    assert "cold-vs-referral" in ran.err
