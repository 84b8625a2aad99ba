"""One change each to the good team, and what must be said of it.

A row is the file, what stands there, what stands there instead, and the code; the finding names the
first line that changed, unless a number says otherwise (0: any line). The code None stands for
"nothing wrong at all".
"""

# One case a line, however long the line.
# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from typing import NamedTuple

from content_trees import EXPERIMENT, OFFER, PLAN, QUESTION, REVIEW, TREE


class Edit(NamedTuple):
    """One change, and the code that must be told of it, at which line."""

    path: str
    old: str
    new: str
    code: str | None
    line: int | None = None


_TITLE = "title: Ask who plans January"
QUESTION_TEXT = TREE[QUESTION]
_ROW = "    - {date: 2026-10-12, sent: 20, responses: 1, trials: 1, studio_size: small}\n"
_EVA = "    - {date: 2026-10-06, sent: 25, responses: 3}\n"


def _title(code: str | None, *texts: str) -> list[Edit]:
    return [Edit(QUESTION, _TITLE, f"title: {text}", code) for text in texts]


def _row(code: str | None, *texts: str) -> list[Edit]:
    return [Edit(QUESTION, _EVA, f"    - {text}\n", code) for text in texts]


def _values(code: str | None, *texts: str) -> list[Edit]:
    return _row(code, *(f"{{date: 2026-10-06, {text}}}" for text in texts))


def _question(code: str | None, *texts: str) -> list[Edit]:
    return [Edit(EXPERIMENT, "control: offer\n", f"control: offer\n{t}\n", code) for t in texts]


def _plan(code: str | None, *texts: str) -> list[Edit]:
    return [Edit(PLAN, "target: 10%\n", f"target: 10%\n{text}\n", code) for text in texts]


SHAPE = [
    *_title("FM004", "'Rui's question'", "Ask: who plans", "@owner", "`Ask`", "%off", "- ask", "? ask", "[Ask] who", "{Ask} who", "|ask", ">ask"),
    *_title("FM004", "{{first_name}}, who plans?", "{{company}}", '"Ask" the "owner"', "'Ask' the 'owner'", '"Ask", then'),
    *_title("FM007", "*Ask* who", "*ask", "&ask who", "!ask who", "!!str Ask", '!!python/object/apply:os.system ["x"]', "!<!x> y"),
    *_title("FM006", "[Ask who", '"Ask who', "'Ask who", "{Ask"),
    *_title("FM010", "Plan #1 for January", "Ask who #not a comment", "Ask ##x"),
    *_title("EN003", '"Ask\\u202ewho"', '"Ask\\0"', '"Ask\\u200b"', "Ask\u200bwho", "Ask \u202eohw", "Ask\u2066who", "Ask\u00adwho"),
    *_title("FM004", '"Ask\\ud83d x"', '"Ask\\q"'),
    *_title("VL001", "[Ask, who]", "{ask: who}"),
    *_title("VL008", '"Ask\\nwho"', '"' + "long " * 100 + '"'),
    *_title(None, '"Ask: who"', "'It''s who'", "Ask who # a note", "Ask who   #  a note", "Ask C#-coders", "2026", "NO", "1:30", "1.10", "null", "~", ">-\n  Ask who\n  plans", "Ask\n  who plans", "Müller & Söhne", "a%b", "x*y", "a&b", "=1+1", '"<script>x</script>"'),
    Edit(QUESTION, "author: rui\n", "author: rui\nauthor: eva\n", "FM008"),
    Edit(QUESTION, "author: rui\n", "author: rui\n  more: x\n", "FM005"),
    Edit(QUESTION, "author: rui\n", "author: rui\n\tmore: x\n", "FM005"),
    Edit(QUESTION, "author: rui\n", "author rui\n", "FM004"),
    Edit(QUESTION, "author: rui\n", "author:rui\n", "FM004"),
    Edit(QUESTION, "author: rui\n", "<<: {author: rui}\n", "FM007"),
    Edit(QUESTION, "author: rui\n", "? [a, b]\n: 1\n", "FM012"),
    Edit(QUESTION, "author: rui\n", "{a: 1}: 2\n", "FM012"),
    Edit(QUESTION, "author: rui\n", "factors: &f {a: b}\nignore: *f\n", "FM007"),
    Edit(QUESTION, "author: rui\n", "x: " + "[" * 50_000 + "\n", "FM009"),
    Edit(QUESTION, "author: rui\n", "x: " + "{a: " * 9000 + "\n", "FM009"),
    Edit(QUESTION, "author: rui\n", "x: " + "- " * 9000 + "\n", "FM004"),
    Edit(QUESTION, "author: rui\n", "".join(" " * n + "a:\n" for n in range(40)), "FM009", 9),
    Edit(QUESTION, "author: rui\n", "".join(f"k{n}: 1\n" for n in range(6000)), "KY001"),
    Edit(QUESTION, "author: rui\n", "".join(f"k{n}: 1\n" for n in range(6000)), "SZ003", 0),
    Edit(QUESTION, "author: rui\n", "author: " + "x" * 70_000 + "\n", "SZ002", 0),
    Edit(QUESTION, "  eva:\n", "\u00a0\u00a0eva:\n", "KY001"),
    Edit(QUESTION, _EVA, "\u00a0\u00a0\u00a0\u00a0- {date: 2026-10-06, sent: 25}\n", "FM005"),
    Edit(QUESTION, "  eva:\n", "  rui:\n", "FM008"),
    Edit(QUESTION, "---\n## Voicemail", "## Voicemail", "FM002", 10),
    Edit(OFFER, "---\n## Voicemail\nHi {{first_name}}, Rui Sa at Fitboard, 555-0164. I have a January checklist for you.\n", "", "FM002", 8),
    Edit(EXPERIMENT, "---\ntitle:", "----\ntitle:", "FM001"),
    Edit(EXPERIMENT, "---\ntitle:", "—-\ntitle:", "FM001"),
    Edit(EXPERIMENT, "---\ntitle:", "+++\ntitle:", "FM001"),
    Edit(EXPERIMENT, "---\ntitle:", "title:", "FM001"),
    Edit(EXPERIMENT, "---\ntitle:", "\n---\ntitle:", "FM001"),
    Edit(PLAN, "target: 10%\n", "target: 10%\n---\nalpha: 1%\n", "FM011"),
    Edit(PLAN, "target: 10%\n", "%YAML 1.2\n---\ntarget: 10%\n", "FM011"),
    Edit(PLAN, "target: 10%\n", "---\ntarget: 10%\n", None),
    Edit(PLAN, "target: 10%\n", "# ours\n\n", None),
    Edit(PLAN, "  names: [Rui Sa]\n", "  names: [Rui Sa\n", "FM006"),
]

ROWS = [
    *_values("CT001", "sent: -5", "sent: 12.5", "sent: many", "sent: 007", "sent: 0x1f", "sent: 1_000", "sent: 1e2", "sent: 12:30", "sent: .inf", "sent: .nan", "sent: yes", "sent: ", "sent: 20%", "sent: ٢٠", "sent: 10+10", "sent: 10-20", "sent: [10, 10]", "sent: {a: 1}", "sent: 2k", "sent: " + "9" * 13, 'sent: "20 "', "sent: ~", "sent: 1 000"),
    *_values("KY004", "sent: 1,000", "sent: 25, responses:3", "sent: 25, and more"),
    *_values("DM001", "sent: 25, opens: 9", "sent: 25, open_rate: 10%", "sent: 25, unique_opens: 3", "sent: 25, clicks: 9", "sent: 25, dials: 30", "sent: 25, calls_made: 30", "sent: 25, activities: 3", "sent: 25, Opened: 3"),
    *_values("PD001", "sent: 25, name: Pat", "sent: 25, email: p@q.example", "sent: 25, phone: 1", "sent: 25, linkedin: x", "sent: 25, first_name: Pat", "sent: 25, prospect_email: x"),
    *_values("KY001", "sent: 25, respones: 3", "sent: 25, bounces: 3", "sent: 25, Responses: 3", "sent: 25, accepted: 3", "sent: 25, region: west", "sent\u00a0: 25"),
    *_values("DM002", "sent: 2, responses: 3", "sent: 20, bounced: 15, responses: 6", "sent: 20, bounced: 21", "sent: 20, responses: 2, positive: 3", "sent: 20, responses: 2, negative: 3", "sent: 20, responses: 3, positive: 2, negative: 2", "sent: 20, meetings: 1, second_meetings: 2", "sent: 20, second_meetings: 1", "sent: 20, opportunities: 1, wins: 2", "sent: 20, meetings: 21", "sent: 20, optouts: 21", "sent: 20, responses: 2, responses_by_touch: [3]", "sent: 0, responses: 1"),
    *_values("CT005", "sent: 20, responses: 3, responses_by_touch: [1, 2]"),
    *_values("CT001", "sent: 20, responses_by_touch: 2", "sent: 20, responses_by_touch: []", "sent: 20, responses_by_touch: [a]", "sent: 20, responses_by_touch: [[1]]"),
    *_values("CT003", "responses: 3"),
    *_values("VL002", "sent: 20, batch: "),
    *_values("FM006", "sent: 20 responses: 3", "sent: 20; responses: 3", "sent: 20, title: Plan #1"),
    *_values("FM008", "sent: 20, sent: 20"),
    *_values("FM007", "sent: !!int 20", "<<: {batch: 1}, sent: 20", "sent: &n 20"),
    *_row("CT003", "{sent: 20}"),
    *_row("CT002", "2026-10-06 sent 20", "[2026-10-06, 20]", "- {date: 2026-10-06, sent: 20}", "20", ""),
    *_row("CT004", "{date: 2026-10-06, sent: 25}\n    - {date: 2026-10-06, sent: 5}")[0:0],
    *_row("FM006", "{date: 2026-10-06, sent: 20"),
    *_row("DT001", *(f"{{date: {day}, sent: 20}}" for day in ("2026-02-30", "2025-02-29", "2026-13-01", "06.10.2026", "10/06/2026", "6 October", "2026-10-6", "2026-10-06T10:00", "46301", "0000-01-01", "0026-10-06", "2026-W41", "٢٠٢٦-10-06", "2026-10-06..08", "yesterday"))),
    *_row("DT002", "{date: 2026-11-21, sent: 20}", "{date: 9999-12-31, sent: 20}"),
    *_row("VL002", "{date: , sent: 20}"),
    *_row("VL001", "{date: [2026-10-06], sent: 20}"),
    *_row(None, "{date: 2026-10-06, sent: 20}", '{date: "2026-10-06", sent: "20"}', "{date: 2026-10-06, sent: 20,}", "date: 2026-10-06\n      sent: 20", "{date: 2026-10-06, sent: 0}", "{date: 2026-11-20, sent: 20}", "{date: 2024-02-29, sent: 999999999999}", "{date: 2026-10-06, sent: 20, batch: 1}\n    - {date: 2026-10-06, sent: 20, batch: 2}", "{date: 2026-10-06, sent: 20, responses: 3, responses_by_touch: [2]}", "{date: 2026-10-06, sent: 20, title: NO, location: 010}"),
    Edit(QUESTION, "  eva:\n" + _EVA, "  eva:\n", None),
    Edit(QUESTION, "  eva:\n", "  no:\n", None),
    Edit(QUESTION, "  eva:\n", "  Rui:\n", "RF005", 0),
    Edit(QUESTION, "  eva:\n", f"  {'e' * 64}:\n", "CT002"),
    Edit(QUESTION, "  eva:\n" + _EVA, "  eva: 25\n", "CT002"),
    Edit(QUESTION, "  eva:\n" + _EVA, "  sent: 25\n", "CT002"),
    Edit(QUESTION, "  eva:\n" + _EVA, "  eva: {date: 2026-10-06, sent: 20}\n", "CT002"),
    Edit(QUESTION, _ROW, _ROW + _ROW, "CT004", 8),
    Edit(QUESTION, _ROW, _ROW + "    - {date: 2026-10-12, sent: 9, studio_size: small}\n", "CT004", 8),
    Edit(OFFER, "results:\n  rui:\n    - {date: 2026-10-05, sent: 30, bounced: 1, responses: 2}\n", "results: none yet\n", "CT002"),
    Edit(OFFER, "results:\n  rui:\n    - {date: 2026-10-05, sent: 30, bounced: 1, responses: 2}\n", "results: [1]\n", "CT002"),
    Edit(OFFER, "results:\n  rui:\n    - {date: 2026-10-05, sent: 30, bounced: 1, responses: 2}\n", "results:\n", None),
    Edit(OFFER, "results:\n", "sent: 30\nresponses: 2\nresults:\n", "CT006"),
    Edit(OFFER, "author: rui\nresults:\n", "sent: 30\nresults:\n", "CT006"),
]

KEYS = [
    Edit(QUESTION, "author: rui\n", "auther: rui\n", "KY001"),
    Edit(QUESTION, "author: rui\n", "Author: rui\n", "KY001"),
    Edit(QUESTION, "author: rui\n", "xyz: rui\n", "KY001"),
    Edit(QUESTION, "author: rui\n", "author:\n", "VL002"),
    Edit(QUESTION, "author: rui\n", 'author: " "\n', "VL002"),
    Edit(QUESTION, "author: rui\n", "phone: 555-0188\n", "PD001"),
    Edit(QUESTION, "author: rui\n", "opens: 12\n", "DM001"),
    Edit(QUESTION, "title: Ask who plans January\n", "", "KY002", 1),
    Edit(QUESTION, "author: rui\n", "factors: {Approach: cold}\n", "KY003"),
    Edit(QUESTION, "author: rui\n", "factors: cold\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "factors: [cold]\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "factors: {approach: [cold]}\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "factors: {approach: cold}\n", None),
    Edit(QUESTION, "author: rui\n", "ignore: {voicemails: we like them long}\n", "KY003"),
    Edit(QUESTION, "author: rui\n", "ignore: {VM001: }\n", "VL002"),
    Edit(QUESTION, "author: rui\n", "ignore: [VM001]\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "ignore: {VM001: long on purpose}\n", None),
    Edit(QUESTION, "author: rui\n", "text_change: typo\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "text_change: [typo]\n", "VL001"),
    Edit(QUESTION, "author: rui\n", "text_change: {date: 2026-10-09}\n", "KY002"),
    Edit(QUESTION, "author: rui\n", "text_change: {date: 2026-10-09, why: Said hi, then bye}\n", "KY004"),
    Edit(QUESTION, "author: rui\n", "text_change: {date: 2026-10-09, why: typo}\n", None),
    Edit(EXPERIMENT, "profile:\n  industry: Fitness studios\n  location: Ohio\n  title: Owner\n", "", "PR001", 1),
    Edit(EXPERIMENT, "profile:\n", "profil:\n", "KY001"),
    Edit(EXPERIMENT, "profile:\n", "Profile:\n", "KY001"),
    Edit(EXPERIMENT, "profile:\n  industry: Fitness studios\n  location: Ohio\n  title: Owner\n", "profile: gyms\n", "VL001"),
    Edit(EXPERIMENT, "profile:\n  industry: Fitness studios\n  location: Ohio\n  title: Owner\n", "profile:\n", "PR001", 4),
    Edit(EXPERIMENT, "  industry: Fitness studios\n", "", "PR001", 5),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location:\n", "PR001"),
    Edit(EXPERIMENT, "  location: Ohio\n", '  location: ""\n', "PR001"),
    Edit(EXPERIMENT, "  location: Ohio\n", '  location: "  "\n', "PR001"),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: [Ohio, Iowa]\n", "VL001"),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: Ohio\n  email: p@q.example\n", "PD001"),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: Ohio\n  studio_size:\n", "VL002"),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: any\n", None),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: NO\n", None),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: Que\u0301bec\n", None),
    Edit(EXPERIMENT, "  location: Ohio\n", "  location: Ohio\n  studio_size: 1 to 3\n", None),
    Edit(EXPERIMENT, "title: Do gym owners rather answer a question or an offer?\nstatus: running\n", "status: running\n", "KY002", 1),
    Edit(EXPERIMENT, "status: running\n", "", None),
]

DESIGN = [
    *_question("VL003", "lead_type: lukewarm", "lever: words", "design: peeking", "status: paused")[:3],
    Edit(EXPERIMENT, "status: running", "status: paused", "VL003"),
    Edit(EXPERIMENT, "status: running", "status: Running", "VL003"),
    Edit(EXPERIMENT, "control: offer", "control: offers", "RF001"),
    Edit(EXPERIMENT, "control: offer", "control: ../x/offer", "RF001"),
    Edit(EXPERIMENT, "control: offer", "control: [offer]", "VL001"),
    *_question("VL001", "design: {fixed: [400]}", "lead_type: [cold, warm]", "design: [fixed, 20]", "decision: question", "allocation: [1, 1]", "allocation: half", "target: [10%]", "smallest_effect: [4pp]", "sample: [true]", "lang: [en]"),
    *_question("VL004", "target: ten", "target: 10", "target: 110%", "target: 0%", "target: 0", "target: 1", "target: -5%", "target: 12,5%", "target: 10 percent", "target: .5%", "target: 100%", "target: 1e-1"),
    *_question("VL005", "smallest_effect: big", "smallest_effect: 4%", "smallest_effect: 4", "smallest_effect: 0pp", "smallest_effect: -4pp", "smallest_effect: 100pp", "smallest_effect: 2,5pp"),
    *_question("VL006", "design: {fixed: 0}", "design: {fixed: many}", "design: {fixed: -4}", "design: {fixed: 4.5}"),
    *_question("KY001", "design: {fixd: 20}", "decision: {date: 2026-10-20, keep: offer, because: x}"),
    *_question("VL007", "sample: maybe", "sample: yes", "sample: 1", "sample: True"),
    *_question("VL009", "lang: English", "lang: e"),
    *_question("VL010", "allocation: {offer: 1, question: -1}", "allocation: {offer: 0, question: 1}", "allocation: {offer: half, question: half}", "allocation: {offer: 1e9, question: 1}"),
    *_question("VL002", "target:", "lead_type: ", "allocation: {offer: , question: 1}"),
    *_question("KY002", "design: {fixed: }"),
    *_question("RF001", "allocation: {offer: 1, question: 1, third: 1}", "decision: {date: 2026-10-20, keep: third}", "decision: {date: 2026-10-20, keep: NONE}"),
    *_question("RF002", "metric: happiness", "metric: meeting", "metric: sent", "metric: amount"),
    *_question("RF006", "allocation: {offer: 2}"),
    *_question("KY002", "decision: {keep: offer}", "decision: {date: 2026-10-20}"),
    *_question("KY003", "allocation: {Offer: 1, question: 1}"),
    *_question("DT001", "decision: {date: 2026-02-31, keep: offer}"),
    *_question("DT002", "decision: {date: 2026-12-24, keep: offer}"),
    *_question("VL001", "decision: {date: 2026-10-20, keep: [offer, question]}"),
    *_question("VL008", "source: " + "x" * 4001),
    *_question(None, "target: 8%", "target: 12.5 %", "target: 0.08", "target: .08", "smallest_effect: 2.5pp", "smallest_effect: 0.025", "design: sequential", "design: {fixed: 400}", "allocation: {offer: 1, question: 2}", "allocation: {offer: 0.5, question: 0.5}", "lang: pt-BR", "lever: message", "sample: true", "sample: false", "metric: trials", "metric: meetings", "decision: {date: 2026-10-20, keep: none}", "decision:\n  date: 2026-10-20\n  keep: question\n  why: |\n    More answered.\n    More met us.", "source: Table 2"),
    *_plan("VL004", "alpha: 0", "alpha: 1.5", "alpha: -0.05", "alpha: five", "metrics: {trial_rate: {count: trials, target: much}}"),
    *_plan("VL005", "smallest_effect: large"),
    *_plan("VL006", "response_window: -3", "response_window: 2 weeks", "response_window: 400"),
    *_plan("VL001", "metrics: [trials]", "counts: 5", "counts: {a: 1}", "metrics: {trial_rate: trials}", "critique: strict", "rubric: [fit]", "critique: {disable: VM001}", "dimensions: region"),
    Edit(PLAN, "counts: [trials]\n", "counts: 5\n", "VL001"),
    *_plan("RF002", "metric: happiness", "metrics: {rate: {count: tirals}}", "metrics: {rate: {count: trials, per: people}}"),
    *_plan("DM001", "metrics: {rate: {count: opens}}", "metrics: {rate: {count: trials, per: dials}}"),
    *_plan("KY002", "metrics: {rate: {per: reached}}"),
    *_plan("KY003", "metrics: {Trial rate: {count: trials}}", "critique: {severity: {loud: info}}", "rubric: {what: {Big fit: x}}"),
    *_plan("VL003", "critique: {severity: {VM001: loud}}", "critique: {profile: My Style}"),
    *_plan("VL009", "critique: {disable: [vm1]}"),
    *_plan("FM008", "target: 12%"),
    *_plan("FM007", "alpha: !!float 0.05", "alpha: &a 0.05"),
    *_plan("KY001", "alfa: 0.05", "sender_name: x", "metrics: {rate: {count: trials, goal: 5%}}"),
    *_plan(None, "alpha: 1%", "response_window: 21", "smallest_effect: 3pp", "metric: trials", "metrics: {trial_rate: {count: trials, per: responses, target: 50%}}", "critique: {profile: gong, disable: [VM001], severity: {VM002: info}}", "rubric: {what: {fit: x, ask: x}, how: {pace: x}}"),
    Edit(PLAN, "counts: [trials]\n", "counts: [trials, opens]\n", "DM001"),
    Edit(PLAN, "counts: [trials]\n", "counts: [trials, meetings]\n", "RF004"),
    Edit(PLAN, "counts: [trials]\n", "counts: [trials, trials]\n", "RF004"),
    Edit(PLAN, "counts: [trials]\n", "counts: [trials, Free Trials]\n", "VL009"),
    Edit(PLAN, "counts: [trials]\n", "counts: [trials, reached]\n", "RF004"),
    Edit(PLAN, "dimensions: [studio_size]\n", "dimensions: [studio_size, trials]\n", "RF004"),
    Edit(PLAN, "dimensions: [studio_size]\n", "dimensions: [studio_size, email]\n", "PD001"),
    Edit(PLAN, "dimensions: [studio_size]\n", "dimensions: [studio_size, [a]]\n", "VL001"),
    Edit(PLAN, "  company: Fitboard\n", "  company: Fitboard\n  email: rui@fitboard.example\n", "PD001"),
    Edit(PLAN, "  company: Fitboard\n", "\tcompany: Fitboard\n", "FM005"),
]

_BODY = QUESTION_TEXT[QUESTION_TEXT.index("## Voicemail") : QUESTION_TEXT.index("## Notes")]

TEXTS = [
    Edit(QUESTION, _BODY, "", "TX001", 11),
    Edit(QUESTION, _BODY, "\n \n", "TX001", 11),
    Edit(QUESTION, "## Voicemail\n", "## Voice mail\n", "TX004"),
    Edit(QUESTION, "## Voicemail\n", "# Voicemail\n", "TX004"),
    Edit(QUESTION, "## Voicemail\n", "##Voicemail\n", "TX004"),
    Edit(QUESTION, "## Voicemail\n", "## VOICEMAIL\n", "TX004"),
    Edit(QUESTION, "## Voicemail\n", "## Voicemail #1 (Day 2)\n", "TX004"),
    Edit(QUESTION, "## Email\n", "## E-Mail\n", "TX004"),
    Edit(QUESTION, "## Email\n", "## Emails\n", "TX004"),
    Edit(QUESTION, "## Email\n", "### Email\n", "TX004"),
    Edit(QUESTION, "## Notes\n", "## Note\n", "TX004"),
    Edit(QUESTION, "## Notes\n", "## For us\n", "TX006"),
    Edit(QUESTION, "## Voicemail\n", "Dear team\n## Voicemail\n", "TX005"),
    Edit(QUESTION, "Subject: Who plans January?\n", "", "SB001", 14),
    Edit(QUESTION, "Subject: Who plans January?\n", "Subject:\n", "SB001"),
    Edit(QUESTION, "Subject: Who plans January?\n", "Subject:   \n", "SB001"),
    Edit(QUESTION, "Subject: Who plans January?\n", "Hi\nSubject: Who plans January?\n", "SB001", 14),
    Edit(QUESTION, "Hi {{first_name}}, Rui Sa at Fitboard, 555-0164. Who at your studio plans January?\n", "", "TX002", 11),
    Edit(QUESTION, "## Notes\n", "## Email\nSubject: x\n\ny\n", "TX003"),
    Edit(QUESTION, "## Notes\n", "## Email 1\nSubject: x\n\ny\n", "TX003"),
    Edit(QUESTION, "## Notes\n", "## Email 3\nSubject: x\n\ny\n", "TX008", 11),
    Edit(QUESTION, "kept more members.", "kept\u200b more members.", "TX007"),
    Edit(QUESTION, "kept more members.", "kept more \u202emembers.", "TX007"),
    Edit(QUESTION, "kept more members.", "kept more members; call Pat on 555-0188.", "PD002"),
    Edit(QUESTION, "kept more members.", "kept more members; write to pat@gym.example.", "PD003"),
    Edit(QUESTION, "Only the last question differs.", "<script>alert(1)</script>", "MD001"),
    Edit(QUESTION, "Only the last question differs.", ">" * 99 + " x", "MD002"),
    Edit(QUESTION, "kept more members.", "kept more members.\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs", "MG001", 20),
    Edit(QUESTION, "kept more members.", "kept more members.\n>>>>>>> theirs", "MG001", 20),
    Edit(QUESTION, "kept more members.", "kept more members.\n||||||| base", "MG001", 20),
    Edit(QUESTION, "kept more\u0020members.", "kept\x07 more members.", "EN002"),
    Edit(QUESTION, "kept more members.", "kept\x85 more members.", "EN002"),
    Edit(QUESTION, "kept more members.", "kept\u2028more members.", "EN002"),
    Edit(QUESTION, "kept more members.", "kept\rmore members.", "EN002"),
    Edit(QUESTION, "kept more members.", "kept \x1b[1mmore\x1b[0m members.", "EN002"),
    Edit(QUESTION, "## Voicemail\n", "## Voicemail \n", None),
    Edit(QUESTION, "## Voicemail\n", "## Voicemail 1 (day 0)\n", None),
    Edit(QUESTION, "## Notes\n", "## Email 2 (day 4)\nsubject: Still you?\n\nStill you?\n\n## Notes\n## Not a touch\n", None),
    Edit(QUESTION, "Subject: Who plans January?\n", "\nSubject: Who plans January?\n", None),
    Edit(QUESTION, "kept more members.", "kept more members.\n# 1 of all\n---\n--\n* x\n<b>x</b>\n=======\n<<<<<< x\n{% raw %}\n::error::x\n&amp;", None),
    Edit(QUESTION, "kept more members.", "kept 1,250 members since 2024-2025, up 40-48 % by 2026-10-05.", None),
    Edit(QUESTION, "Only the last question differs.", "مرحبا, `<b>`, [x](https://a.example), # 1", None),
]

REVIEWS = [
    Edit(REVIEW, "of: question", "of: questions", "RF001"),
    Edit(REVIEW, "of: question", "of: ../offer", "RF001"),
    Edit(REVIEW, "of: question\n", "", "KY002", 1),
    Edit(REVIEW, "by: ana\n", "", "KY002", 1),
    Edit(REVIEW, "kind: read", "kind: roleplay", "VL003"),
    Edit(REVIEW, "date: 2026-10-02", "date: soon", "DT001"),
    Edit(REVIEW, "fit: 4", "fit: 6", "VL006"),
    Edit(REVIEW, "fit: 4", "fit: 0", "VL006"),
    Edit(REVIEW, "fit: 4", "fit: good", "VL006"),
    Edit(REVIEW, "fit: 4", "fitt: 4", "RF003"),
    Edit(REVIEW, "fit: 4", "zzz: 4", "RF003"),
    Edit(REVIEW, "scores: {fit: 4, ask: 5, pace: 3}", "scores: [4, 5]", "VL001"),
    Edit(REVIEW, "scores: {fit: 4, ask: 5, pace: 3}", "scores: 4", "VL001"),
    Edit(REVIEW, "state: open", "state: later", "VL003"),
    Edit(REVIEW, "state: open", "state: declined", "KY002"),
    Edit(REVIEW, "state: open", "state: declined, why: It says so.", None),
    Edit(REVIEW, "line: 12", "line: twelve", "VL006"),
    Edit(REVIEW, "{text: Say which January., line: 12, state: open}", "{line: 12}", "KY002"),
    Edit(REVIEW, "{text: Say which January., line: 12, state: open}", "{text: Say it, then stop.}", "KY004"),
    Edit(REVIEW, "{text: Say which January., line: 12, state: open}", "Say which January.", "VL001"),
    Edit(REVIEW, "must_fix:\n  - {text: Say which January., line: 12, state: open}\n", "must_fix: 3\n", "VL001"),
    Edit(REVIEW, "must_fix:\n  - {text: Say which January., line: 12, state: open}\n", "must_fix: {text: x}\n", "VL001"),
    Edit(REVIEW, "must_fix:\n  - {text: Say which January., line: 12, state: open}\n", "must_fix:\n", None),
    Edit(REVIEW, "kind: read\n", "kind: role-play\nscenario: In a hurry\nplayed_by: eva\ntakes: 3\ndecision: use\n", None),
    Edit(REVIEW, "kind: read\n", "kind: role-play\ntakes: 0\n", "VL006", 6),
    Edit(REVIEW, "kind: read\n", "kind: role-play\ndecision: ship\n", "VL003", 6),
    Edit(REVIEW, "kind: read\n", "kind: recording\nrecording: recordings/gone.mp3\n", "RC003", 6),
    Edit(REVIEW, "kind: read\n", "kind: recording\nrecording: ../x.mp3\n", "RC001", 6),
    Edit(REVIEW, "---\nShort", "Short", "FM002", 1),
    Edit(REVIEW, "Short, and *easy* to answer.", "<img src=x onerror=alert(1)>", "MD001"),
    Edit(REVIEW, "Short, and *easy* to answer.", "a\n\n[x](javascript:alert(1))", "MD001", 12),
    Edit(REVIEW, "Short, and *easy* to answer.", "[" * 5000, "MD002"),
    Edit(REVIEW, "Short, and *easy* to answer.", "".join("    " * n + "- a\n" for n in range(90)), "MD002", 0),
    Edit(REVIEW, "Short, and *easy* to answer.", "Write `<script>` so:\n\n    <script>x</script>\n\n## Fine {: #x }\n\n--8<-- \"a\"", None),
]

EDITS = [*SHAPE, *ROWS, *KEYS, *DESIGN, *TEXTS, *REVIEWS]
