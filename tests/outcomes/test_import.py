"""`abtest import`: exports of many tools become rows, each prospect counted once."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest
import teams
from teams import run

from abtest.messages import reader

EXPORTS = Path(__file__).parent / "exports"
AS_OF = ("--as-of", "2026-11-22")


def write(text, name="export.csv", encoding="utf-8"):
    Path(name).write_bytes("\n".join(line.strip() for line in text.strip().splitlines()).encode(
        encoding) + "\n".encode(encoding))  # fmt: skip
    return name


def rows(variant="offer"):
    """(rep, date, values of dimensions …) → counts, as the files have them now."""
    return {
        (c.rep, str(c.date), *c.dimensions.values()): dict(c.counts)
        for c in reader.load("messages")["dock"][variant].cohorts
    }


def take(capsys, *arguments, code=0):
    return run(capsys, "import", "dock", *arguments, "--yes", *AS_OF, code=code)


def test_apollo_contacts(team, capsys):
    export = EXPORTS / "apollo.csv"
    told = take(capsys, export, "--variant", "offer")
    assert rows() == {
        ("kim", "2026-11-02"): {"sent": 3, "bounced": 1, "responses": 2, "meetings": 1}
    }
    assert "Email Open: left out; Mail programs open messages" in told
    assert "--keep industry" in told
    assert "ann@x.example" not in told
    assert "Lee" not in told


def test_a_dimension_is_kept_on_request_and_never_counts_twice(team, capsys):
    export = write("""
        email,owner,sent at,industry,replied
        a@x.example,kim,2026-11-02,Software,yes
        b@x.example,kim,2026-11-02,Retail,no
    """)
    take(capsys, export, "--variant", "offer", "--keep", "industry")
    assert rows() == {
        ("kim", "2026-11-02", "Retail"): {"sent": 1, "responses": 0},
        ("kim", "2026-11-02", "Software"): {"sent": 1, "responses": 1},
    }
    Path("messages/dock/.import.json").unlink()
    told = take(capsys, export, "--variant", "offer", code=1)
    assert "would count twice" in told


def test_a_dimension_that_holds_people_is_refused(team, capsys):
    export = write("email,sent at,replied,list\na@x.example,2026-11-02,yes,b@x.example")
    told = take(capsys, export, "--variant=offer", "--rep=kim", "--keep=source", code=1)
    assert "look like addresses" in told
    assert rows() == {}


def test_outreach_sequence_steps_with_the_misspelled_column(team, capsys):
    export = write("""
        sequenceName,sequenceStepId,date,deliverCount,bounceCount,openCount,clickCount,replyCount,positiveReplyCount,neutralReplyCount,negaitveReplyCount,optOutCount
        Offer,1,2026-11-02,38,2,20,3,4,2,1,1,1
        Offer,2,2026-11-02,30,0,15,3,2,1,0,1,0
    """)  # fmt: skip
    told = take(capsys, export, "--rep", "kim")
    assert rows() == {
        ("kim", "2026-11-02"):
        {"sent": 40, "bounced": 2, "responses": 6, "positive": 3, "negative": 2, "optouts": 1}
    }  # fmt: skip
    assert "Steps were taken together" in told


def test_outreach_mailings_with_times(team, capsys):
    export = write("""
        prospectId,template,sender,deliveredAt,bouncedAt,openedAt,repliedAt,state
        1,offer,kim,2026-11-02T10:00:00Z,,2026-11-02T11:00:00Z,2026-11-04T09:00:00Z,replied
        1,offer,kim,2026-11-09T10:00:00Z,,,,delivered
        2,offer,kim,2026-11-02T10:00:00Z,,,2026-11-01T09:00:00Z,replied
        3,question,kim,2026-11-03T10:00:00Z,,,,delivered
    """)
    take(capsys, export)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 1}}
    assert rows("question") == {("kim", "2026-11-03"): {"sent": 1, "responses": 0}}


def test_instantly_steps_without_automatic_replies(team, capsys):
    export = write("""
        step,variant,sent,opened,unique_opened,replies,unique_replies,replies_automatic,unique_replies_automatic,clicks,unique_clicks,opportunities,unique_opportunities
        1,offer,100,60,50,16,12,5,4,9,8,3,2
        2,offer,80,60,50,6,3,0,0,9,8,1,1
        1,question,101,60,50,9,9,0,0,9,8,0,0
    """)  # fmt: skip
    take(capsys, export, "--rep", "kim", "--date", "2026-11-02")
    assert rows() == {("kim", "2026-11-02"): {"sent": 100, "responses": 11, "opportunities": 3}}
    assert rows("question") == {("kim", "2026-11-02"): {"sent": 101, "responses": 9}}


def test_lemlist_steps(team, capsys):
    export = write("""
        sequence_id;index;step;type;ab_variant;subject;invited;sent;delivered;not_delivered;bounced;opened;clicked;replied;unsubscribed
        s1;0;1;email;offer;Hi;0;50;48;2;2;30;1;5;1
        s1;0;1;email;question;Hi;0;51;50;1;1;30;1;7;0
    """)  # fmt: skip
    told = take(capsys, export, "--rep", "kim", "--date", "2026-11-02")
    assert "separated by semicolons" in told
    assert rows() == {
        ("kim", "2026-11-02"): {"sent": 50, "bounced": 2, "responses": 5, "optouts": 1}
    }


def test_salesforce_tasks_are_grouped_by_person(team, capsys):
    export = write("""
        My Tasks Report

        Assigned To,Created Date,Name,WhoId,Call Result,Call Type,CallDurationInSeconds,Status
        Kim Ito,11/2/2026,Ann,001,Left Voicemail,Outbound,30,Completed
        Kim Ito,11/3/2026,Ann,001,Left Voicemail,Outbound,30,Completed
        Kim Ito,11/5/2026,Ann,001,Connected,Inbound,30,Completed
        Kim Ito,11/16/2026,Bob,002,No Answer,Outbound,30,Completed
        Kim Ito,11/16/2026,Cy,003,Left Voicemail,Outbound,30,Completed
        Copyright (c) salesforce.com
    """)
    told = take(capsys, export, "--variant", "offer", "--rep", "kim")
    assert rows() == {
        ("kim", "2026-11-02"): {"sent": 1, "responses": 1},
        ("kim", "2026-11-16"): {"sent": 1, "responses": 0},
    }
    assert "line 9" in told
    assert "line 1): it stands above the header" in told
    assert "event 'No Answer': left out: no message was left" in told
    assert "1 prospect was sent nothing" in told


def test_hubspot_codes_need_their_labels(team, capsys):
    code = "f240bbac-87c9-4f6e-bf70-924b57d47db{}"
    export = write(f"""
        hs_timestamp,hs_call_callee_object_id,hs_call_disposition,hs_call_direction,hubspot_owner_id
        1793620800000,1,{code.format(1)},OUTBOUND,kim
        1793620800000,2,{code.format(2)},OUTBOUND,kim
        1793707200000,2,{code.format(2)},INBOUND,kim
    """)
    told = take(capsys, export, "--variant", "offer", code=1)
    assert "--labels FILE" in told
    labels = write(
        f"id,label\n{code.format(1)},Left live message\n{code.format(2)},Left voicemail", "l.csv"
    )
    take(capsys, export, "--variant", "offer", "--labels", labels)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 1}}


def test_close_dispositions(team, capsys):
    export = write("""
        lead_id,date_created,user_name,disposition
        1,2026-11-02T10:00:00,kim,vm-left
        2,2026-11-02T10:00:00,kim,vm-answer
        3,2026-11-02T10:00:00,kim,no-answer
        4,2026-11-02T10:00:00,kim,vm-dropped
    """)
    told = take(capsys, export, "--variant", "offer")
    assert rows() == {("kim", "2026-11-02"): {"sent": 2}}
    assert "No column counts responses" in told


def test_orum_dispositions(team, capsys):
    export = write("""
        Contact Id,Activity Date,Rep,Disposition
        1,2026-11-02,kim,[Orum] Call - left voicemail - name match
        2,2026-11-02,kim,[Orum] Call - went to voicemail
        3,2026-11-02,kim,[Orum] Call - no answer
        4,2026-11-02,kim,[Orum] Call - left voicemail
    """)
    take(capsys, export, "--variant", "offer")
    assert rows()["kim", "2026-11-02"]["sent"] == 2


def test_salesforce_cadence_steps(team, capsys):
    export = write("""
        Cadence,AllCallsLeftVoicemail,AllCallsNotInterested,AllEmailsBouncedCount,AllEmailsDeliveredCount,AllEmailsLinkClickedCount,AllEmailsOpenedCount,AllEmailsOutOfOfficeCount,AllEmailsRepliedCount
        Offer,40,1,0,0,0,0,0,2
        Question,0,0,3,37,9,20,2,6
    """)  # fmt: skip
    take(capsys, export, "--rep", "kim", "--date", "2026-11-02")
    assert rows()["kim", "2026-11-02"] == {"sent": 40, "responses": 2, "negative": 1}
    assert rows("question")["kim", "2026-11-02"] == {"sent": 40, "bounced": 3, "responses": 4}


def test_mailchimp_has_no_replies(team, capsys):
    export = write("""
        campaign,emails_sent,opens,open_rate,clicks,send_time
        Offer,100,20,0.2,3,2026-11-02 09:00
    """)
    told = take(capsys, export, "--rep", "kim")
    assert "No column counts responses" in told
    assert rows() == {("kim", "2026-11-02"): {"sent": 100}}


def test_shares_without_counts_are_refused(team, capsys):
    export = write("""
        version,sent,openRate,Reply rate
        offer,100,20%,5%
    """)
    told = take(capsys, export, "--rep", "kim", code=1)
    assert "'Reply rate' is a share, and no column counts the responses" in told
    assert rows() == {}


def test_states_of_leads_imply_that_they_were_sent_something(team, capsys):
    export = write("""
        email,last contacted,lead status,owner
        a@x.example,2026-11-02,contacted,kim
        b@x.example,2026-11-02,hooked,kim
        c@x.example,2026-11-02,interested,kim
        d@x.example,2026-11-02,not interested,kim
        e@x.example,,imported,kim
        f@x.example,2026-11-02,bounced,kim
    """)
    told = take(capsys, export, "--variant", "offer")
    assert "a state such as replied counts as a send too" in told
    assert rows() == {
        ("kim", "2026-11-02"):
        {"sent": 5, "bounced": 1, "responses": 2, "positive": 1, "negative": 1}
    }  # fmt: skip


def test_a_send_of_nobody_is_left_out_and_an_answer_needs_no_rep(team, capsys):
    export = write("""
        email,date,event,rep
        a@x.example,2026-11-02,sent,kim
        a@x.example,2026-11-03,replied,
        b@x.example,2026-11-02,sent,
    """)
    told = take(capsys, export, "--variant", "offer")
    assert "(line 4): nothing tells whose send it is" in told
    assert rows() == {("kim", "2026-11-02"): {"sent": 1, "responses": 1}}


def test_a_call_sheet_comes_back_without_names(team, capsys):
    write("""
        Email,Title,Industry,Country,Owner
        a@x.example,VP Sales,Software,US,kim
        b@x.example,VP Sales,Software,US,kim
        c@x.example,VP Sales,Software,US,kim
        d@x.example,VP Sales,Software,US,kim
    """, "list.csv")  # fmt: skip
    run(capsys, "assign", "dock", "list.csv")
    (sheet,) = Path(".abtest/call-sheets/dock").glob("*.csv")
    lines = sheet.read_text(encoding="utf-8-sig").splitlines()
    filled = [lines[0], *(line.replace(",,,,,,", ",2026-11-20,,yes,,,") for line in lines[1:])]
    sheet.write_text("\n".join(filled) + "\n")
    take(capsys, sheet)
    assert rows() == {("kim", "2026-11-20"): {"sent": 2, "responses": 2}}
    assert rows("question") == {("kim", "2026-11-20"): {"sent": 2, "responses": 2}}


def test_the_ledger_tells_the_variant(team, capsys):
    write("""
        Email,Title,Industry,Country,Owner
        a@x.example,VP Sales,Software,US,kim
        b@x.example,VP Sales,Software,US,kim
    """, "list.csv")  # fmt: skip
    run(capsys, "assign", "dock", "list.csv")
    export = write("""
        Email,date,event,rep
        A@X.example,2026-11-20,Email sent,kim
        b@x.example,2026-11-20,Email sent,kim
        stranger@x.example,2026-11-20,Email sent,kim
    """)
    told = take(capsys, export)
    assert rows()["kim", "2026-11-20"]["sent"] == rows("question")["kim", "2026-11-20"]["sent"] == 1
    assert "its prospect is in no assignment" in told


def test_one_person_in_two_files_counts_once(team, capsys):
    mails = write("""
        email,date,event,rep
        a@x.example,2026-11-02,Email sent,kim
        a@x.example,2026-11-04,Replied,kim
        b@x.example,2026-11-02,Email sent,kim
        b@x.example,2026-11-02,Out of office,kim
        c@x.example,2026-11-02,Email sent,kim
        c@x.example,2026-11-02,Bounced,kim
    """, "mails.csv")  # fmt: skip
    calls = write("""
        contact email,call date,result,agent
        A@x.example,2026-11-02,Left voicemail,Kim
        a@x.example,2026-11-06,Called back,Kim
        b@x.example,2026-11-03,Left voicemail,Kim
    """, "calls.csv")  # fmt: skip
    take(capsys, mails, calls, "--variant", "offer", "--rep", "kim")
    assert rows() == {("kim", "2026-11-02"): {"sent": 3, "bounced": 1, "responses": 1}}


def test_files_that_name_people_differently_are_refused(team, capsys):
    mails = write("email,date,event\na@x.example,2026-11-02,sent", "mails.csv")
    calls = write("phone,date,event\n555-0100,2026-11-02,sent", "calls.csv")
    told = take(capsys, mails, calls, "--variant", "offer", "--rep", "kim", code=1)
    assert "would count twice" in told
    told = take(capsys, mails, mails, "--variant", "offer", "--rep", "kim", code=2)
    assert "are the same" in told


def test_running_twice_changes_nothing(team, capsys):
    export = write("""
        email,date,event,rep
        a@x.example,2026-11-02,sent,kim
        b@x.example,2026-11-03,sent,lee
        b@x.example,2026-11-04,replied,lee
    """)
    take(capsys, export, "--variant", "offer")
    before = {p: p.read_bytes() for p in Path("messages").rglob("*") if p.is_file()}
    told = take(capsys, export, "--variant", "offer")
    assert "Nothing to change: 2 rows are as they are" in told
    assert {p: p.read_bytes() for p in Path("messages").rglob("*") if p.is_file()} == before


def test_a_later_export_raises_and_never_lowers(team, capsys):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes\nb@x.example,2026-11-02,no")
    options = ("--variant", "offer", "--rep", "kim")
    take(capsys, export, *options)
    write("email,sent at,replied\na@x.example,2026-11-02,yes\nb@x.example,2026-11-02,yes")
    assert "1 changed" in take(capsys, export, *options)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 2}}
    before = Path("messages/dock/offer.md").read_bytes()
    write("email,sent at,replied\na@x.example,2026-11-02,no")
    told = take(capsys, export, *options, code=1)
    assert "sent is 2, and the import has 1" in told
    assert Path("messages/dock/offer.md").read_bytes() == before
    take(capsys, export, *options, "--replace")
    assert rows() == {("kim", "2026-11-02"): {"sent": 1, "responses": 0}}


def test_running_totals_are_told_from_periods(team, capsys):
    running = "".join(f"2026-11-{day:02},{10 * day},{day}\n" for day in range(1, 9))
    export = write(f"date,sent,replies\n{running}")
    take(capsys, export, "--variant", "offer", "--rep", "kim")
    assert len(rows()) == 8
    assert set(map(tuple, (counts.values() for counts in rows().values()))) == {(10, 1)}
    periods = write("date,sent,replies\n2026-11-09,30,2\n2026-11-10,20,2\n2026-11-11,40,1", "p.csv")
    take(capsys, periods, "--variant", "offer", "--rep", "kim")
    assert rows()["kim", "2026-11-11"] == {"sent": 40, "responses": 1}


def test_a_short_rise_is_asked_about(team, capsys):
    export = write("date,sent,replies\n2026-11-02,20,2\n2026-11-03,30,2\n2026-11-04,50,3")
    options = ("--variant", "offer", "--rep", "kim")
    told = take(capsys, export, *options, code=1)
    assert "everything so far, or each period by itself" in told
    assert "--cumulative or --per-period" in told
    take(capsys, export, *options, "--cumulative")
    assert [row["sent"] for row in rows().values()] == [20, 10, 20]


def test_totals_without_dates_add_what_is_new(team, capsys):
    options = ("--variant", "offer", "--rep", "kim")
    export = write("sent,replies\n100,10")
    run(capsys, "import", "dock", export, *options, "--yes", "--as-of", "2026-11-02")
    write("sent,replies\n180,15")
    told = run(capsys, "import", "dock", export, *options, "--yes", *AS_OF, code=1)
    assert "--cumulative or --per-period" in told
    for _ in range(2):
        take(capsys, export, *options, "--cumulative")
        assert rows() == {
            ("kim", "2026-11-02"): {"sent": 100, "responses": 10},
            ("kim", "2026-11-22"): {"sent": 80, "responses": 5},
        }
    write("sent,replies\n180,17")
    run(
        capsys, "import", "dock", export, *options, "--yes", "--as-of", "2026-11-24", "--cumulative"
    )
    assert rows()["kim", "2026-11-22"] == {"sent": 80, "responses": 7}


def test_days_in_doubt_are_asked_about(team, capsys):
    export = write("email,sent at,replied\na@x.example,3/4/2026,yes")
    options = ("--variant", "offer", "--rep", "kim")
    assert "--day-first or --month-first" in take(capsys, export, *options, code=1)
    take(capsys, export, *options, "--day-first")
    assert list(rows()) == [("kim", "2026-04-03")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("13/4/2026", "2026-04-13"), ("4/13/2026 9:30 PM", "2026-04-13"), ("13.04.26", "2026-04-13"),
     ("Apr 13, 2026", "2026-04-13"), ("13 April 2026", "2026-04-13"), ("20260413", "2026-04-13"),
     ("2026-04-13T23:59:59-07:00", "2026-04-13"), ("1776088800", "2026-04-13")],
)  # fmt: skip
def test_days_are_read_in_many_spellings(team, capsys, cell, day):
    export = write(f'email,sent at,replied\na@x.example,"{cell}",yes')
    take(capsys, export, "--variant", "offer", "--rep", "kim")
    assert list(rows()) == [("kim", day)]


def test_people_without_a_day_are_refused(team, capsys):
    export = write("email,email sent,replied\na@x.example,TRUE,yes")
    options = ("--variant", "offer", "--rep", "kim")
    assert "no column says when" in take(capsys, export, *options, code=1)
    take(capsys, export, *options, "--date", "2026-11-02")
    assert rows() == {("kim", "2026-11-02"): {"sent": 1, "responses": 1}}


def test_weeks_in_place_of_days(team, capsys):
    export = write("""
        email,sent at,replied
        a@x.example,2026-11-02,yes
        b@x.example,2026-11-08,no
        c@x.example,2026-11-09,no
    """)
    options = ("--variant", "offer", "--rep", "kim")
    take(capsys, export, *options, "--by", "week")
    assert rows() == {
        ("kim", "2026-11-02"): {"sent": 2, "responses": 1},
        ("kim", "2026-11-09"): {"sent": 1, "responses": 0},
    }
    write("email,sent at,replied\na@x.example,2026-11-04,yes")
    take(capsys, export, "--variant", "question", "--rep", "kim")
    assert "in the same week" in take(
        capsys, export, "--variant", "question", "--rep", "kim", "--by", "week", code=1
    )


def test_workbooks_parquet_and_tabs(team, capsys):
    text = "email\tsent at\treplied\na@x.example\t2026-11-02\tyes\nb@x.example\t2026-11-03\tno"
    table = [line.split("\t") for line in text.splitlines()]
    write(text, "export.tsv")
    book = openpyxl.Workbook()
    for line in table:
        book.active.append(line)
    book.save("export.xlsx")
    duckdb.sql(
        'copy (select email, "sent at"::timestamp as "sent at", replied = \'yes\' as replied '
        "from read_csv('export.tsv', all_varchar = true)) to 'export.parquet' (format parquet)"
    )
    for number, name in enumerate(("export.tsv", "export.xlsx", "export.parquet")):
        take(capsys, name, "--variant", "offer", "--rep", f"rep {number}")
    expected = [{"sent": 1, "responses": 1}, {"sent": 1, "responses": 0}]
    assert list(rows().values()) == expected * 3


def test_a_log_in_duckdb_by_its_table(team, capsys):
    with duckdb.connect("log.duckdb") as connection:
        connection.execute(
            "create table log as select 'p' || i as prospect_id, 'offer' as variant, 'kim' as rep, "
            "'sent' as event, date '2026-11-02' as day from range(30) as t(i)"
        )
    take(capsys, "--from", "log.duckdb", "--table", "log")
    assert rows()["kim", "2026-11-02"]["sent"] == 30
    assert "Name the files" in take(capsys, code=2)


def test_the_mapping_is_kept_and_nothing_personal_with_it(team, capsys):
    export = write("""
        who is it,when,what,whose
        a@x.example,2026-11-02,pinged,Kim Ito
        b@x.example,2026-11-02,pinged,Kim Ito
        b@x.example,2026-11-03,yay,Kim Ito
    """)
    columns = ("who is it=email", "when=date", "what=event", "whose=rep")
    said = [f"--column={column}" for column in columns]
    said += ["--value=event:pinged=sent", "--value=event:yay=responses", "--value=rep:Kim Ito=kim"]
    take(capsys, export, "--variant", "offer", *said)
    assert rows() == {("kim", "2026-11-02"): {"sent": 2, "responses": 1}}
    kept = Path("messages/dock/.import.json").read_text()
    assert "x.example" not in kept
    assert "Kim Ito" in kept
    assert "Nothing to change" in take(capsys, export, "--variant", "offer")
    Path("messages/dock/.import.json").write_text(json.dumps({"exports": [{"columns": 3}]}))
    assert "not as 'abtest import' wrote it" in take(capsys, export, code=1)


def test_without_yes_nothing_is_written(team, capsys):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes")
    told = run(capsys, "import", "dock", export, "--variant", "offer", "--rep", "kim", code=1)
    assert "Add --yes" in told
    told = run(
        capsys, "import", "dock", export, "--variant=offer", "--rep=kim", "--yes", "--dry-run"
    )
    assert "Nothing was written" in told
    assert rows() == {}
    assert not Path("messages/dock/.import.json").exists()


def test_a_person_is_asked_on_a_terminal(team):
    export = write("email,sent at,replied\na@x.example,2026-11-02,yes")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "abtest", "import", "dock", export]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"question\nkim\ny\n")
        out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, out
    assert "Which variant" in out
    assert rows("question") == {("kim", "2026-11-02"): {"sent": 1, "responses": 1}}


def test_declared_counts_and_dimensions(tmp_path, monkeypatch, capsys):
    plan = """
        counts: [accepted, handed_over]
        metrics: {acceptance: {count: accepted, per: handed_over}}
        dimensions: [company_size]
    """
    monkeypatch.chdir(teams.make_team(tmp_path, plan=plan))
    export = write("date,prospects,handed over,Accepted,# Employees\n2026-11-02,40,4,3,50")
    take(capsys, export, "--variant=offer", "--rep=kim", "--keep=company_size")
    assert rows() == {("kim", "2026-11-02", "50"): {"sent": 40, "accepted": 3, "handed_over": 4}}


def test_order_that_cannot_be_is_refused_before_anything_is_written(team, capsys):
    export = write("variant,date,sent,replies\noffer,2026-11-02,40,4\nquestion,2026-11-02,10,12")
    told = take(capsys, export, "--rep", "kim", code=1)
    assert "responses is 12, more than sent − bounced, which is 10" in told
    assert rows() == {}
