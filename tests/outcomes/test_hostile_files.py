"""Damaged, hostile and merely odd files: a clear word, quickly, and nothing half-written."""

import time
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from teams import run

from abtest.messages import reader

GOOD = b"email,sent at,replied\na@x.example,2026-11-02,yes\nb@x.example,2026-11-02,no\n"


def workbook(name="book.xlsx", sheets=1):
    book = openpyxl.Workbook()
    for line in GOOD.decode().splitlines():
        book.active.append(line.split(","))
    for number in range(1, sheets):
        book.create_sheet(f"sheet {number}")
    book.save(name)
    return Path(name).read_bytes()


def parquet(name="table.parquet"):
    Path("good.csv").write_bytes(GOOD)
    duckdb.sql(f"copy (from read_csv('good.csv')) to '{name}' (format parquet)")
    return Path(name).read_bytes()


def bomb():
    """A small archive that says it holds two gigabytes."""
    with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as stream:
                for _ in range(600):
                    stream.write(b" " * (1 << 20))
    return Path("bomb.zip").read_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"email,sent at,replied\n", "no rows below it"),
        (GOOD[:-20], "stops in the middle of this line"),
        (GOOD + b'"c@x.example,2026-11-02,yes\n', "a quote that opens here is never closed"),
        (GOOD + b'"' + b"x,\n" * 300, "never closed"),
        (b"\xff\xfe" + GOOD.decode().encode("utf-16-le")[:-1], "damaged or cut off"),
        (GOOD.replace(b"a@x", b"\x81\x8d@x"), "neither UTF-8 nor Windows-1252"),
        (GOOD.replace(b"a@x", b"a\0@x"), "NUL"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "no text"),
        (b"%PDF-1.7\n" + GOOD, "is a PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 900, "Excel before 2007"),
        (b"\x1f\x8b\x08" + b"\0" * 90, "compressed"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b"a," * 1_000_000 + b"\n" + b"1," * 1_000_000 + b"\n", "a million characters"),
        (b"a," * 3_000 + b"b\n" + b"1," * 3_000 + b"1\n", "3,001 columns"),
        (b"x" * 5_000_000, "a million characters"),
        (b"PK\x03\x04" + b"junk" * 100, "damaged or cut off"),
        (b"PAR1" + b"junk" * 100, "cannot be read"),
        (b"favorite color,shoe size\nred,40\nblue,41\n", "no column says what came of"),
        (b"email,sent at,replied\na@x.example,2026-11-02,perhaps\n", "neither yes, no nor a date"),
        (b"email,sent at,replied\na@x.example,yesterday,yes\n", "no date that can be read"),
        (b"email,sent at,replied\na@x.example,2127-11-02,yes\n", "in the future"),
        (b"email,sent at,replied\nn/a,2026-11-02,yes\n", "nothing tells who the prospect is"),
        (b"date,sent,replies\n2026-11-02,\"40,5\",2\n", "'40,5', which is no count"),
        (b"date;sent;replies\n2026-11-02;1.234;2\n", "'1.234', which is no count"),
        (b"date,sent,replies\n2026-11-02,40,-2\n", "'-2', which is no count"),
        (b"date,sent,replies\n2026-11-02,40,5%\n2026-11-03,40,5\n", "'5%', which is a share"),
        (b"date,sent,replies\n2026-11-02,1e3,5\n", "'1e3', which is no count"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_in_words(team, capsys, content, told):
    Path("export.csv").write_bytes(content)
    begun = time.process_time()
    code = 0 if told in ("neither yes, no nor a date", "no date that can be read",
                         "in the future", "nothing tells who the prospect is") else 1  # fmt: skip
    options = ("--variant", "offer", "--rep", "kim", "--yes")
    assert told in run(capsys, "import", "dock", "export.csv", *options, code=code)
    assert time.process_time() - begun < 5
    assert reader.load("messages")["dock"]["offer"].cohorts == ()
    assert not list(Path("messages/dock").glob(".*.tmp"))


@pytest.mark.parametrize("make", [workbook, parquet])
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_a_truncated_binary_file_is_refused(team, capsys, make, kept):
    whole = make()
    Path("export.bin").write_bytes(whole[: int(len(whole) * kept)])
    options = ("--variant", "offer", "--rep", "kim", "--yes")
    told = run(capsys, "import", "dock", "export.bin", *options, code=1)
    assert "damaged or cut off" in told or "cannot be read" in told
    assert reader.load("messages")["dock"]["offer"].cohorts == ()


def test_a_file_is_known_by_what_it_holds_not_by_its_name(team, capsys):
    Path("export.csv").write_bytes(workbook(sheets=3))
    options = ("--variant", "offer", "--rep", "kim", "--yes")
    told = run(capsys, "import", "dock", "export.csv", *options)
    assert "has 3 sheets; 'Sheet' was read" in told
    assert len(reader.load("messages")["dock"]["offer"].cohorts) == 1


def test_an_archive_made_to_fill_the_disk_is_not_unpacked(team, capsys):
    Path("export.xlsx").write_bytes(bomb())
    told = run(capsys, "import", "dock", "export.xlsx", "--yes", code=1)
    assert "unpacks to more than 1 GB" in told


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_usual_encodings_are_read(team, capsys, encoding):
    text = "email,sent at,replied,rep\njosé@x.example,2026-11-02,yes,Zoë\n"
    Path("export.csv").write_bytes(text.encode(encoding))
    run(capsys, "import", "dock", "export.csv", "--variant", "offer", "--yes")
    (cohort,) = reader.load("messages")["dock"]["offer"].cohorts
    assert (cohort.rep, cohort.sent) == ("Zoë", 1)


def test_names_that_are_sql_or_markup_are_names(team, capsys):
    hostile = "x'); DROP TABLE events; --"
    Path("export.csv").write_text(
        f'email,sent at,replied,"rep"\n"a\'b@x.example",2026-11-02,yes,"{hostile}"\n'
    )
    run(capsys, "import", "dock", "export.csv", "--variant", "offer", "--yes")
    (cohort,) = reader.load("messages")["dock"]["offer"].cohorts
    assert cohort.rep == hostile


def test_control_characters_do_not_reach_the_terminal(team, capsys):
    Path("export.csv").write_text(
        "email,sent at,replied,\x1b[31mred\na@x.example,2026-11-02,yes,1\n"
    )
    options = ("--variant", "offer", "--rep", "kim", "--yes")
    assert "\x1b" not in run(capsys, "import", "dock", "export.csv", *options)


def test_a_symbolic_link_in_the_content_is_not_followed(team, capsys):
    Path("export.csv").write_bytes(GOOD)
    Path("elsewhere.md").write_text(Path("messages/dock/offer.md").read_text())
    Path("messages/dock/offer.md").unlink()
    Path("messages/dock/offer.md").symlink_to(team / "elsewhere.md")
    before = Path("elsewhere.md").read_bytes()
    run(capsys, "import", "dock", "export.csv", "--variant", "offer", "--rep", "kim", code=1)
    assert Path("elsewhere.md").read_bytes() == before
