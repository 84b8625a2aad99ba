"""What the rules look for in words that no list holds: found by grammar and by place."""

from __future__ import annotations

import pytest

from abtest.critique.asks import asks
from abtest.critique.closings import closes, is_earlier
from abtest.critique.names import is_named
from abtest.critique.rules.vm013 import price
from abtest.critique.text import Text
from abtest.critique.ways_out import is_footer, is_way_out
from abtest.critique.words import phones

WAYS_OUT = """\
Reply "off the list" and you're off it.
"Stop" gets me to stop.
If you would rather not get mail from us, tell me and that is the end of it.
To hear no more from us, just answer "no more".
To be left alone, write "bin it".
Should you prefer not to receive such letters, kindly reply "unsubscribe".
Prefer silence? One word and you'll have it.
Tell me to go away and I'm gone.
Text "pass" and you won't hear from me.
Would you rather have no more of these? Say so.
If you'd like off this list, say the word.
If mules aren't your job, tell me and I won't write again.
Don't want these? One word from you is enough.
Got the wrong person, or had enough of me? A word will do."""

NO_WAYS_OUT = """\
Say the word and I'll stop by on Friday.
Could yours stop at our dock on the way home?
Tell me when the losses stop.
Reply with a yes and I'll send it.
Who is on your list of carriers?
The tag on the door said "out of order".
Would you rather give those 25 pallets than dump them?
You would rather not pay twice, so open page three.
Reply "yes" and I'll send the page.
I won't bother you with the whole list.
Got enough chargers for November?
Do you have enough of these?"""


@pytest.mark.parametrize("sentence", WAYS_OUT.split("\n"))
def test_a_way_out_is_known_by_what_follows_from_it(sentence: str) -> None:
    parts = sentence.replace("? ", "?\n").split("\n")
    assert is_way_out(sentence) or any(map(is_way_out, parts))


@pytest.mark.parametrize("sentence", NO_WAYS_OUT.split("\n"))
def test_an_ask_is_no_way_out(sentence: str) -> None:
    assert not is_way_out(sentence)


@pytest.mark.parametrize(
    "sentence",
    ['Had enough wine mail? Reply "corked".', 'Say "whoa" and I quit.', '"off" ends these'],
)
def test_below_the_signature_any_word_may_be_a_way_out(sentence: str) -> None:
    assert any(map(is_footer, sentence.replace("? ", "?\n").split("\n")))


CLOSINGS = """\
I won't chase you past that.
I'll not write any more about it.
That's it from me on sprinklers.
This is my sixth word about forty-one inches of wire, and my last.
If your draper is fine, I'll quit pestering you.
I'll leave you be."""

NO_CLOSINGS = """\
I won't be there on Monday.
I'll leave you a bottle at the host stand.
That's it: two lines and a date.
My last trip to Lima took nine hours.
The last van out of Dayton leaves at two."""


@pytest.mark.parametrize("text", CLOSINGS.split("\n"))
def test_a_last_message_says_so_in_its_grammar(text: str) -> None:
    assert closes(text)


@pytest.mark.parametrize("text", NO_CLOSINGS.split("\n"))
def test_other_things_may_be_last(text: str) -> None:
    assert not closes(text)


def test_an_earlier_message_closes_nothing() -> None:
    text = "In my last note I wrote about the map."
    assert is_earlier(text, text.index("last"))
    assert is_earlier(text, text.index("my last"))
    assert not is_earlier("This is my last note.", 8)


MEETINGS = """\
Could we grab half an hour on Thursday or Friday morning?
Could we find fifteen minutes on Thursday?
Are you around for a quick call next week?
Can I get on your calendar for next Tuesday?
How does Tuesday at 10 look?
Could I stop by on Wednesday afternoon?
Would you join me for coffee next week?
May I have a half-hour of your time?
What does your Thursday look like?
Would it make sense to meet?
Would 2 pm on Friday suit?
Please find time for a chat on Friday.
Find me half an hour on Friday."""

NO_MEETINGS = """\
Do your drivers wait an hour on Tuesdays?
Is Saturday the day when the dock opens?
Would a page on the fifteen minutes at the gate help?
Does it still take thirty minutes to weigh a truck?
Is there a night this winter when you could spare the line for two hours?
Is a call from the county on Tuesday what you expect?
Do your people meet on Mondays?
Would a talk with Mesa Trust help you?
Shall I leave a bottle at your host stand on Thursday?
Read the first page, and find the terms on the second."""


@pytest.mark.parametrize("question", MEETINGS.split("\n"))
def test_a_question_asks_for_time(question: str) -> None:
    assert "meet" in {ask.kind for ask in asks(Text(question, "email"))}


@pytest.mark.parametrize("question", NO_MEETINGS.split("\n"))
def test_time_that_is_not_asked_for_is_no_meeting(question: str) -> None:
    assert "meet" not in {ask.kind for ask in asks(Text(question, "email"))}


PRICES = """\
I can do fifteen percent off your first order.
It's just ninety-nine dollars a month.
The first month is on us.
I have a Quincy at $168 a case.
There's no setup fee if you sign by Friday.
Our packages start at $199.
Until Friday you'd get a set for $6,900 a truck."""

NO_PRICES = """\
Each late truck costs you about eighty dollars in detention.
The county charges ninety dollars a permit.
Two yards near you saved four thousand dollars a month.
The Sancerre that you pour goes up four dollars a bottle in January.
Some policies call it wear and pay nothing.
At the port you'd be charged $90 a day for it."""


@pytest.mark.parametrize("text", PRICES.split("\n"))
def test_a_price_of_ours_is_a_price(text: str) -> None:
    assert price(text)


@pytest.mark.parametrize("text", NO_PRICES.split("\n"))
def test_what_others_pay_is_no_price_of_ours(text: str) -> None:
    assert price(text) is None


@pytest.mark.parametrize(
    "number",
    [
        "02 5550 4417",
        "(08) 5550 1234",
        "089 / 5550 142",
        "01134960182",
        "1300 555 014",
        "0800 555 0100",
    ],
)
def test_a_number_is_known_wherever_it_is_dialed(number: str) -> None:
    assert [found[0] for found in phones(f"Call {number}.")] == [number]


@pytest.mark.parametrize(
    "text",
    ["Is that worth a reply?", "I'd be glad of an answer to that.", "A short reply there is fine."],
)
def test_a_reply_is_asked_for_without_a_request(text: str) -> None:
    assert {ask.kind for ask in asks(Text(text, "voicemail"))} == {"reply"}


def test_what_others_ask_is_no_question_of_ours() -> None:
    text = Text('The form asks: "Who can reset it?" He said "call me now". Does yours?', "email")
    assert [question.text for question in text.questions] == ["Does yours?"]
    assert {ask.kind for ask in asks(text)} == {"interest"}


@pytest.mark.parametrize(
    ("words", "text", "name"),
    [
        ("Last Chance", "Last Chance auction, Saturday", True),
        ("Last Chance", "Last Chance To Save", False),
        ("Last chance", "Last chance to save", False),
        ("LAST CHANCE", "LAST CHANCE for docks", False),
        ("Hurry", "Hurry up the hill", False),
    ],
)
def test_a_name_is_written_like_one(words: str, text: str, name: bool) -> None:
    assert is_named(words, text) is name
