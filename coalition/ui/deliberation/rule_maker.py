"""Making a rule of the table's own: from one there is, with other numbers, or written as data."""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.rules import MalformedRule, Rule
from coalition.services.deliberation import presets
from coalition.services.deliberation.presets import NAME, Choice, OwnRule
from coalition.ui import feedback, forms, parts
from coalition.ui.deliberation import rule_editor
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import moments, t
from coalition.words.malformed import malformed
from coalition.words.rules import preset_name

FORM = "rule"
LONGEST = 5_000  # characters of a rule as data


@dataclass(frozen=True, slots=True)
class Made:
    """What an administrator asked to keep."""

    base: str
    name: str
    rule: Rule


def pick(choices: tuple[Choice, ...]) -> Choice:
    """Return the rule to look at, the table's default unless the reader picks another."""
    by_code = {one.code: one for one in choices}
    code = st.selectbox(
        t("Rule"),
        list(by_code),
        format_func=lambda one: rule_editor.called(by_code[one]),
        key="rule-shown",
    )
    return by_code[code]


def fields(base: Choice, rule: Rule, roll: int) -> Made | None:
    """Draw the numbers to change and what they lead to; return what was asked to be kept."""
    key = f"{forms.token(FORM)}-{base.code}-{base.number}"
    name = st.text_input(t("Name of the rule"), base.name, max_chars=NAME, key=f"{key}-name")
    changed = _changed(rule, key)
    if changed is None:
        return None
    if changed != rule:
        with st.container(border=True):
            st.markdown(t("**The rule as it would be**"))
            rule_editor.in_words(changed)
            with st.expander(t("Try it"), type="compact"):
                rule_editor.tried(changed, roll, name="changed")
    label = t("Keep as the next version") if base.number else t("Keep as a new rule")
    if st.button(label, type="primary", key=f"{key}-keep"):
        return Made(base.code, name, changed)
    return None


def kept(made: Made, here: Entry) -> None:
    """Keep a rule and say under which name and number conveners find it."""
    with feedback.told(name=t("Name of the rule"), rule=t("Rule")):
        done = presets.add_preset(
            here.db,
            here.clock,
            actor=here.actor,
            base=made.base,
            name=made.name,
            rule=made.rule,
            token=forms.token(FORM),
        )
        forms.renew(FORM)
        st.success(
            t(
                "Kept as version {n}. Conveners can choose it from now on; rounds that are open "
                "keep the rule they were opened with.",
                n=done.number,
            )
        )


def versions(found: tuple[OwnRule, ...], here: Entry) -> None:
    """Draw every version of the table's own rules, and the same as a file."""
    if not found:
        parts.empty(
            t("No rule of this table's own yet"),
            t("Conveners choose from the built-in rules, and may change the numbers of one round."),
        )
        return
    headings = [t("Rule"), t("Version"), t("Made from"), t("Made by"), t("When"), t("As data")]
    rows = [
        (
            one.name,
            one.number,
            preset_name(one.code.partition(".")[0]),
            one.made_by,
            moments.when(one.at, here.table.zone),
            json.dumps(one.rule.to_json()),
        )
        for one in found
    ]
    frame = pd.DataFrame(rows, columns=headings)
    with st.container(key="wide-table-versions"):
        parts.table(frame.drop(columns=t("As data")))
        csv_button(frame, "rules", key="csv-rules")


def _changed(rule: Rule, key: str) -> Rule | None:
    """Return the rule with what its fields hold; None, and why, where that is no rule."""
    try:
        with st.expander(t("Change its numbers"), expanded=True, type="compact"):
            changed = rule_editor.numbers(rule, key)
        with st.expander(t("Write it as data (advanced)"), type="compact"):
            return _as_data(changed, key)
    except MalformedRule as fault:
        st.error(malformed(fault))
    except (ValueError, RecursionError):
        st.error(t("This cannot be read as JSON. Nothing was changed."))
    return None


def _as_data(rule: Rule, key: str) -> Rule:
    """Return the rule as written, or the one given where writing is not chosen.

    Raises:
        MalformedRule: with the field that cannot be read.
        ValueError, RecursionError: it is no JSON at all.
    """
    writes = st.toggle(t("Use what is written here instead of the numbers"), key=f"{key}-writes")
    as_numbered = json.dumps(rule.to_json(), indent=1)
    told = st.text_area(
        t("The rule as JSON"),
        as_numbered,
        height=280,
        max_chars=LONGEST,
        disabled=not writes,
        key=f"{key}-data-{as_numbered}",  # other numbers, another text to begin with
    )
    if not writes:
        return rule
    return Rule.from_json(json.loads(told, object_pairs_hook=_object, parse_constant=_refuse))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    repeated = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if repeated is not None:
        raise MalformedRule(field=ascii(repeated)[1:-1], finding="repeated")
    return dict(pairs)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
