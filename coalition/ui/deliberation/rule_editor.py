"""A rule on the screen: in words, with its numbers to change, and tried on telling tallies."""

from typing import Any

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.rules import Rule
from coalition.domain.deliberation.stances import STANCES
from coalition.domain.deliberation.tallies import Tally
from coalition.domain.deliberation.what_ifs import Trial, what_ifs
from coalition.services.deliberation.presets import Choice
from coalition.ui import palette, parts, safe
from coalition.ui.downloads import csv_button
from coalition.words import codes, mark, t, tn, verdicts
from coalition.words.rules import preset_name, rule_in_words

LARGEST = 10_000  # organisations or hours a field takes; the engine itself knows no limit
SHARES = {  # in the order in which the engine asks
    "quorum": mark("Quorum"),
    "stand_aside_cap": mark("Most stand-asides"),
    "min_support": mark("Least support"),
    "approval": mark("Support needed"),
    "max_negative": mark("Most objections"),
    "over_objection": mark("To adopt over an objection"),
}
COUNTS = {
    "max_objections": mark("Objections allowed"),
    "min_support": mark("Least number of supports"),
    "window_hours": mark("Hours it stays open at least"),
}
INNER = {  # numbers that stand inside a part of the rule
    ("quorum", "at_least"): mark("Quorum: organisations heard from"),
    ("review", "max_outstanding"): mark("Most organisations still out"),
}
TRIALS = {
    Trial.EVERYONE: mark("Everyone supports it"),
    Trial.JUST_ENOUGH: mark("Just enough support it, the others abstain"),
    Trial.ONE_SHORT: mark("One support fewer"),
    Trial.ONE_OBJECTION: mark("One objects with a reason, the others support it"),
    Trial.OBJECTION_AGAIN: mark("The same when the text went round a second time"),
    Trial.CONTESTED: mark("As many object as it can bear, the second time"),
    Trial.NO_QUORUM: mark("Only so many answer, all in support"),
    Trial.SILENCE: mark("Nobody answers"),
}


def called(choice: Choice) -> str:
    """Return the name of a rule on offer as one harmless line."""
    if not choice.number:
        return preset_name(choice.code)
    return t("{name}, version {n}", name=safe.label(choice.name), n=choice.number)


def in_words(rule: Rule | None) -> None:
    """Draw the rule sentence by sentence, with a warning where silence could adopt."""
    if rule is None or rule.needs_support:
        st.markdown("\n".join(f"- {one}" for one in rule_in_words(rule)))
        return
    *sentences, careful = rule_in_words(rule)
    st.markdown("\n".join(f"- {one}" for one in sentences))
    st.warning(careful)


def numbers(rule: Rule, key: str) -> Rule:
    """Draw the numbers of a rule as fields and return the rule with what they hold.

    Args:
        key: Tells these fields from others; another rule takes another.

    Raises:
        MalformedRule: what was written is no rule, such as three of two.
    """
    told = rule.to_json()
    with st.grid(3, min_column_width=180):
        for name, label in SHARES.items():
            if isinstance(told.get(name), dict) and "num" in told[name]:
                told[name] = _share(told[name], t(label), f"{key}-{name}")
        for (name, inner), label in INNER.items():
            if isinstance(told.get(name), dict) and inner in told[name]:
                number = _number(t(label), told[name][inner], f"{key}-{name}-{inner}")
                told[name] = told[name] | {inner: number}
        for name, label in COUNTS.items():
            if isinstance(told.get(name, 0), int) and (name in told or name == "window_hours"):
                told[name] = _number(t(label), told.get(name, 0), f"{key}-{name}")
    if not told["window_hours"]:
        del told["window_hours"]
    return Rule.from_json(told)


def tried(rule: Rule, roll: int, *, name: str) -> None:
    """Draw what the rule makes of telling tallies of a roll of this size, and the same as a file.

    Args:
        name: Plain letters that tell this table from others on the page.
    """
    if not roll:
        return
    rows = [
        (
            t(TRIALS[one.trial]),
            _told(one.tally),
            f"{codes.outcome(one.verdict.outcome)}: {verdicts.explanation(one.verdict)}.",
        )
        for one in what_ifs(rule, roll)
    ]
    headings = [t("If"), t("Ballots"), t("Then")]
    frame = pd.DataFrame(rows, columns=headings)
    told = tn(
        "With {n} organisation on the roll, once the window has passed:",
        "With {n} organisations on the roll, once the window has passed:",
        roll,
    )
    st.caption(told)
    with st.container(key=f"wide-table-{name}"):
        parts.table(frame)
        csv_button(frame, "what-if", key=f"csv-{name}")


def _share(told: dict[str, Any], label: str, key: str) -> dict[str, Any]:
    """Draw a share as two whole numbers, so that two thirds stay exactly two thirds."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        num = st.number_input(label, 0, LARGEST, told["num"], key=f"{key}-num")
        den = st.number_input(t("of"), 1, LARGEST, told["den"], key=f"{key}-den")
    return told | {"num": num, "den": den}


def _number(label: str, value: int, key: str) -> int:
    return st.number_input(label, 0, LARGEST, value, key=key)


def _told(tally: Tally) -> str:
    """Return a tally as glyphs, numbers and words: nothing that is 0."""
    given = [
        f"{tally.counts[one]} {palette.GLYPHS[one.value]} {codes.stance(one)}"
        for one in STANCES
        if tally.counts[one]
    ]
    missing = f"{tally.missing} {palette.GLYPHS[palette.MISSING]} {codes.stance(palette.MISSING)}"
    return " · ".join([*given, *([missing] if tally.missing else [])])
