"""The numbers behind a verdict, one to a line, so that anyone can add them up again."""

from collections.abc import Mapping

import pandas as pd

from coalition.ui import parts
from coalition.ui.downloads import csv_button
from coalition.words import mark, t

NUMBERS = {  # in the order in which a reader adds them up
    "roll": mark("Organisations on the roll"),
    "base": mark("Of these in the base (all but those recused, unless the rule says otherwise)"),
    "missing": mark("Not heard from"),
    "heard": mark("Heard from"),
    "quorum_needed": mark("Needed for a quorum"),
    "yes": mark("In support, with or without reservations"),
    "objections": mark("Objections that count"),
    "objections_without_reason": mark("Objections without a reason, which do not count"),
    "votes_cast": mark("Votes cast: support and objections"),
    "base_whole": mark("Organisations the support is held against"),
    "roll_whole": mark("Organisations on the roll the support is held against"),
    "returned": mark("Answers the support is held against"),
    "ballots_counted": mark("Ballots the support is held against"),
    "ballots_weighed": mark("Ballots that weigh against the support"),
    "approval_needed": mark("Support needed"),
    "support_needed": mark("Support needed, however the votes fall"),
    "over_whole": mark("Organisations that count where an objection stands"),
    "over_needed": mark("Support needed to adopt over an objection"),
}


def draw(numbers: Mapping[str, int]) -> None:
    """Draw the numbers of a verdict, and the same as a file."""
    told = frame(numbers)
    parts.table(told)
    csv_button(told, "numbers", key="csv-numbers")


def frame(numbers: Mapping[str, int]) -> pd.DataFrame:
    """Return the numbers of a verdict as a table, in the order in which they are added up.

    Columns: what is counted, how many; headings translated.
    """
    rows = [(t(label), numbers[key]) for key, label in NUMBERS.items() if key in numbers]
    return pd.DataFrame(rows, columns=[t("What is counted"), t("How many")])
