"""What each code of the reader means: a title, why it matters, and the cure.

`abtest rule CODE` prints them. A code keeps its meaning for good; a new problem gets a new code.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Explanation(NamedTuple):
    """One code, explained.

    Attributes:
        title: The problem, in a few words.
        why: Why it is not accepted.
        cure: What to do.
    """

    title: str
    why: str
    cure: str


_SHAPE = {
    "FM001": (
        "No front matter",
        (
            "A file begins with its keys between two lines of three dashes; without them nobody "
            "can tell what the file is."
        ),
        "Begin the file with ---, write the keys one a line, end them with ---.",
    ),
    "FM002": (
        "Front matter that is not closed",
        "Without its closing line, the message itself would be read as keys.",
        "Put a line --- below the last key.",
    ),
    "FM003": (
        "No keys where keys belong",
        "An empty, listed or wordy front matter says nothing that a key could be found in.",
        "Write each as key: value, one a line.",
    ),
    "FM004": (
        "A value that needs quotes",
        (
            "Some signs mean something to YAML: a colon with a space behind it, { [ @ ` % - at the "
            "start, quotes that end early."
        ),
        'Put the whole value in quotes: title: "Ask: who".',
    ),
    "FM005": (
        "Indentation",
        "What belongs to what is told by spaces at the start of the line, and only by spaces.",
        "Use spaces, as many as on the line above; never tabs.",
    ),
    "FM006": (
        "An open bracket or quote, or a wrong comma",
        (
            "A row in braces ends with its brace, and commas part its values; otherwise the lines "
            "below become part of it."
        ),
        "Compare the line with its neighbors: {date: 2026-11-02, sent: 40}.",
    ),
    "FM007": (
        "Anchors, aliases, tags and merge keys",
        "They let one place change the meaning of another, which no reader of a change sees.",
        "Write values out; a text that begins with &, * or ! needs quotes.",
    ),
    "FM008": (
        "A key given twice",
        "Most readers silently keep the last one, and lose the other.",
        "Keep one of them.",
    ),
    "FM009": (
        "Nested too deep",
        "No key needs more than six levels; deeper nesting makes many YAML readers crash.",
        "Write it flatter; `abtest schema` shows what there is.",
    ),
    "FM010": (
        "Words that a # would hide",
        "A # behind a space begins a comment: of `title: VP #1 Ops` only `VP` would be left.",
        "Put the value in quotes. A comment has a space behind its #.",
    ),
    "FM011": (
        "A second document",
        "Only the first document of a file would be read.",
        "Delete the line that begins the second one.",
    ),
    "FM012": (
        "A list or mapping as a key",
        "Keys are words.",
        "Write key: value.",
    ),
}

_KEYS = {
    "KY001": (
        "A key that does not exist",
        "A misspelt key would drop what stands behind it, a number as well as a date.",
        "Take the key that is offered, or declare a new count or dimension in plan.yml.",
    ),
    "KY002": (
        "A key is missing",
        "The file means nothing without it.",
        "Add the line that is shown.",
    ),
    "KY003": (
        "A name that cannot be one",
        (
            "Names of variants, metrics, dimensions and rules have a fixed form, so that they can "
            "be used everywhere."
        ),
        "Use the form that is shown.",
    ),
    "KY004": (
        "Text that a comma or colon in braces cuts off",
        "In braces, a comma begins the next key: of `sent: 1,000` only 1 would be left.",
        "Write numbers without commas, and put texts with commas in quotes.",
    ),
    "DM001": (
        "Opens, clicks and dials are not counted",
        (
            "They do not say whether anybody answered: mail programs open by themselves, filters "
            "click, and dials are effort, not outcome."
        ),
        "Count responses and meetings.",
    ),
    "PD001": (
        "A prospect's personal data as a key",
        "What is in git stays in git, on every clone.",
        "Delete it; industry, title, location or batch tell prospects apart.",
    ),
    "PR001": (
        "The profile's three basics",
        "Without industry, location and title nobody can say whether the right people were asked.",
        "Write all three; write any where it may be anything.",
    ),
}

_VALUES = {
    "VL001": (
        "A list or mapping where one value belongs, or the other way round",
        "The key takes another shape.",
        "Write the shape that is shown.",
    ),
    "VL002": (
        "A value left blank",
        "Nobody can tell whether it was forgotten or meant.",
        "Write it, or delete the line.",
    ),
    "VL003": (
        "A word that is not on the list",
        "The key takes one of a few words.",
        "Take one of those that are shown.",
    ),
    "VL004": (
        "Not a share",
        "Targets and error rates lie between 0 and 1.",
        "Write 10%, 12.5% or 0.1.",
    ),
    "VL005": (
        "Not a difference",
        "A difference of rates is told in percentage points; 4% of what would be open.",
        "Write 4pp, 2.5pp or 0.04.",
    ),
    "VL006": ("Not a whole number in range", "The key takes one.", "Write digits and no more."),
    "VL007": ("Neither true nor false", "Other words for them differ by reader.", "Write true."),
    "VL008": (
        "A text too long, or over several lines",
        "It is shown in tables and headings.",
        "Shorten it; what is longer goes below the front matter.",
    ),
    "VL009": ("A word of the wrong form", "The key takes a certain form.", "Use the form shown."),
    "VL010": (
        "A weight that is no number above 0",
        "The planned split is told by weights, one for each variant.",
        "Write 1 for each of equal parts.",
    ),
    "DT001": (
        "Not a day",
        "03/02/2025 is in March to some and in February to others.",
        "Write year, month and day: 2026-11-02.",
    ),
    "DT002": (
        "A day in the future",
        "What has not happened cannot be counted.",
        "Write the day on which it happened.",
    ),
}

_COUNTS = {
    "CT001": (
        "Not a count",
        "1,000, 010, 1e3, 40-50 and yes are different numbers to different readers.",
        "Write at most twelve digits, without a leading zero.",
    ),
    "CT002": (
        "Results of another shape",
        "Rows grouped by rep are what merges without losing a number.",
        "Below results:, write the rep, and below it a row for each send date.",
    ),
    "CT003": (
        "A row without a date or without sent",
        "A row is the prospects sent on one date; without both it has no rate.",
        "Add the key that is missing.",
    ),
    "CT004": (
        "A row given twice",
        "Two rows of one rep, one date and the same dimensions look like one that was added twice.",
        "Raise the first, or tell the two apart with batch.",
    ),
    "CT005": (
        "More touches counted than there are",
        "A voicemail and its email of one number are one touch.",
        "Write one number for each touch.",
    ),
    "CT006": (
        "A running total",
        "Totals of two branches overwrite each other in a merge, and sends are lost in silence.",
        "Write one row a send date, below results.",
    ),
    "DM002": (
        "A part larger than its whole",
        "Nobody who was not reached answered, and no second meeting comes without a first.",
        "Check both numbers; a late response is added to the row of its send date.",
    ),
}

_NAMES = {
    "ID001": (
        "A name that cannot be an id",
        "Ids are addresses of pages and words of commands, on every system.",
        "Use a to z, 0 to 9 and -, beginning with a letter or digit, at most 63.",
    ),
    "ID002": (
        "Two names that are one elsewhere",
        "On macOS and Windows one of the two files overwrites the other.",
        "Rename one of them.",
    ),
    "ID003": (
        "A name that Windows cannot store",
        "Colleagues with Windows could not check the repository out.",
        "Rename it.",
    ),
    "RF001": (
        "A variant that is not there",
        "The name points nowhere.",
        "Take one of those shown.",
    ),
    "RF002": ("A count or metric that is not there", "Nothing is counted by it.", "Declare it."),
    "RF003": (
        "A dimension that the rubric lacks",
        "Scores need anchors.",
        "Take one of those shown.",
    ),
    "RF004": ("A name declared that is taken", "A name is one thing.", "Choose another."),
    "RF005": (
        "One rep in two spellings",
        "They count as two people, and comparisons by rep go wrong.",
        "Write the name the same everywhere.",
    ),
    "RF006": (
        "A planned split without all variants",
        "The check of the split would compare with a plan that nobody made.",
        "Write a weight for every variant.",
    ),
    "RC001": (
        "A recording outside recordings/",
        "Only files there are published.",
        "Move it there.",
    ),
    "RC002": ("An unknown kind of recording", "Browsers could not play it.", "Save it as .mp3."),
    "RC003": ("A recording that is not there", "The player would be empty.", "Add the file."),
    "RC004": (
        "A file that is not what its name says",
        "It would be published, and no browser could play it.",
        "Save it again from the sound program; with Git LFS, run git lfs pull.",
    ),
    "RC005": ("A recording that nothing refers to", "It is not published.", "Refer to it."),
}

_TEXTS = {
    "TX001": ("A variant that says nothing", "There is nothing to test.", "Write a touch."),
    "TX002": ("A touch without text", "There is nothing to send.", "Write it, or delete it."),
    "TX003": ("A number given twice", "Touches are told apart by number.", "Number them afresh."),
    "TX004": (
        "A heading that is nearly one",
        "What stands below it would become part of the message above.",
        "Write ## Voicemail, ## Email or ## Notes, with a number and (day 3) where needed.",
    ),
    "TX005": ("Text that belongs to no message", "It would be lost.", "Put a heading above it."),
    "TX006": (
        "A line of a message that looks like a heading",
        "Prospects would get it as it stands, with its ##.",
        "Put what is for the team below ## Notes.",
    ),
    "TX007": (
        "A character that cannot be seen",
        "It comes along when text is copied, and mail filters distrust it.",
        "Delete it.",
    ),
    "TX008": ("Touches out of order", "A cadence runs 1, 2, 3.", "Number them in their order."),
    "SB001": ("An email without a subject", "Few answer one.", "Write Subject: on its first line."),
    "PD002": (
        "A phone number that is not the sender's",
        "A prospect's number does not belong into git.",
        "Take it out; your own goes into plan.yml, under sender.",
    ),
    "PD003": (
        "An address that is not the sender's",
        "A prospect's address does not belong into git.",
        "Take it out; addresses at the sender's website are known by name.",
    ),
    "PD004": (
        "A table with people's addresses in git",
        "What is in git stays in git, on every clone.",
        "Take it out of git, ignore it, and have the history cleared.",
    ),
    "MD001": (
        "Markup that pages leave out",
        "Contributed text must not act on a page: no scripts, pictures, styles or forms.",
        "Write Markdown; links begin with https://.",
    ),
    "MD002": ("Markdown beyond measure", "It would take minutes to render.", "Write it simpler."),
}

_FILES = {
    "FS001": ("No content folder", "There is nothing to read.", "Go where it is, or abtest init."),
    "FS002": (
        "A symbolic link",
        "A link can point at anything, also outside the repository.",
        "Put the file itself there.",
    ),
    "FS003": ("A folder without experiment.md", "Nobody knows the question.", "Write one."),
    "FS004": ("A file that nothing reads", "Perhaps it stands in the wrong place.", "Move it."),
    "FS005": ("A file that cannot be read", "The system refuses it.", "Check its permissions."),
    "FS006": (
        "A file that looks like content, and is not read",
        "What it counts would be missing from every report.",
        "Rename or move it as shown.",
    ),
    "FS007": ("An experiment without variants", "There is nothing to test yet.", "Add a variant."),
    "EN001": ("Not UTF-8 text", "Letters would turn into others.", "Save it as UTF-8."),
    "EN002": ("A control character", "It hides or breaks text in terminals.", "Delete it."),
    "EN003": (
        "A character in the front matter that cannot be seen",
        "Two keys or names could look the same and differ, or read in another order.",
        "Delete it, or type the line afresh.",
    ),
    "EN004": ("A byte order mark", "It is fine, and not needed.", "Nothing."),
    "EN005": ("Windows' line ends", "They are fine.", "Nothing; git can keep them alike."),
    "MG001": (
        "A merge conflict",
        "git could not tell which side to keep, and left both.",
        "Keep the rows of both sides, and delete the lines that git added.",
    ),
    "SZ001": ("A file too large", "It would slow down everyone.", "Shorten or split it."),
    "SZ002": ("Front matter too large", "It would slow down everyone.", "Start a new variant."),
    "SZ003": ("Too many problems to tell", "More would bury the first.", "Mend those first."),
}

#: Code → explanation, by family.
CODES: Mapping[str, Explanation] = MappingProxyType(
    {
        code: Explanation(*words)
        for family in (_SHAPE, _KEYS, _VALUES, _COUNTS, _NAMES, _TEXTS, _FILES)
        for code, words in family.items()
    }
)
