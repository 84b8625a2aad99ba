"""`abtest import`: exports of many tools become rows, each prospect counted once."""

from pathlib import Path

from teams import rows, run, take, write

EXPORTS = Path(__file__).parent / "exports"


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
