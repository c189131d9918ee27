"""How we decide, to look at and to try: the stances, the rule, what if, a practice vote."""

import pandas as pd
import streamlit as st

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.stances import STANCES, Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.ui import forms, frames, palette, parts
from coalition.ui.deliberation import distances, phrases, stance_form, sums
from coalition.ui.deliberation.stance_form import Asked
from coalition.words import codes, mark, t
from coalition.words.rules import rule_in_words
from coalition.words.verdicts import explanation, still_needed_in_words

COUNTS_AS = {
    "support": mark("yes"),
    "support_with_reservations": mark("yes"),
    "abstain": mark("heard, no side"),
    "stand_aside": mark("heard, no side"),
    "object": mark("no; it may block"),
    "recused": mark("left out of the count"),
    "missing": mark("not heard from; never taken for a yes"),
}
EXAMPLE = {  # what stands in the fields at first: one objection among 20
    Stance.SUPPORT: 10,
    Stance.SUPPORT_WITH_RESERVATIONS: 2,
    Stance.ABSTAIN: 3,
    Stance.STAND_ASIDE: 1,
    Stance.OBJECT: 1,
    Stance.RECUSED: 1,
}
ROLL = 20  # organisations in the example
MOST = 500  # organisations anybody needs to try


def stances() -> None:
    """Draw each stance with its glyph, its meaning and what it counts as."""
    rows = [(phrases.stance(one), codes.meaning(one), t(COUNTS_AS[one])) for one in STANCES]
    rows.append((phrases.stance(None), t("No answer was given."), t(COUNTS_AS["missing"])))
    headings = [t("Stance"), t("What it means"), t("Counts as")]
    parts.table(pd.DataFrame(rows, columns=headings))


def rule() -> None:
    """Draw the rule used unless a convener chooses another, and the words it needs."""
    sentences = rule_in_words(presets.get(presets.DEFAULT).rule)
    st.markdown("\n".join(f"- {one}" for one in sentences))
    st.markdown(
        t(
            "**Quorum** means that enough organisations were heard from for there to be a "
            "decision at all. Who **abstains** was heard, and takes no side. Who is **recused** "
            "has a conflict of interest and is left out of the count. Silence is never a yes."
        )
    )


def what_if() -> None:
    """Let the reader set a count for each stance, and say what the rule makes of it."""
    with st.container(horizontal=True, gap="small"):
        roll = _number(t("On the roll"), ROLL, key="roll")
        counts = {one: _number(_short(one), EXAMPLE[one], key=one) for one in STANCES}
    again = st.toggle(t("An objection already sent this text round once"), key="again")
    if sum(counts.values()) > roll:
        st.warning(
            t(
                "That is {n} answers from {roll} organisations. Please take some away.",
                n=sum(counts.values()),
                roll=roll,
            )
        )
        return
    asked = presets.get(presets.DEFAULT).rule
    if asked is None:
        return
    tally = Tally.of(counts, eligible=roll)
    case = Case(tally, hours_open=asked.window_hours or 0, recirculated=again)
    verdict = decide(asked, case)
    parts.badge(verdict.outcome, codes.outcome(verdict.outcome))
    needed = still_needed_in_words(verdict.still_needed)
    told = f"{explanation(verdict)}."
    parts.stance_bar(
        distances.counted(tally),
        roll=roll,
        needed=distances.needed(verdict),
        sentence=f"{told} {t('Still needed: {list}.', list=', '.join(needed))}" if needed else told,
        name="what-if",
    )
    with st.expander(t("Add the numbers up again")):
        sums.draw(verdict.numbers)


def practice() -> None:
    """Draw the real form over an invented proposal; nothing of it is kept anywhere."""
    st.info(
        t("This is practice. Nothing you choose or write here is kept or counted."),
        icon=":material/school:",
    )
    st.markdown(t("**Invented proposal:** every waiting room should have a water tap."))
    asked = Asked("practice", STANCES, t("your organisation"))
    place = forms.place(f"confirm-{forms.token(asked.name)}")
    with place.box:
        filled = stance_form.fields(asked)
        if filled.pressed:
            stance_form.complain(filled)
        confirmed = filled.is_complete and stance_form.review(
            filled,
            asked,
            about=t("Invented proposal, text version 1"),
            until=t("In a real round you could change it until the close."),
        )
    if confirmed:
        forms.renew(asked.name)
        place.clear()
        st.success(
            t("A real round would now show a receipt. Nothing was recorded."),
            title=t("Well done: that is all there is to it"),
        )


def _number(label: str, value: int, *, key: str) -> int:
    return st.number_input(label, 0, MOST, value, 1, key=f"if-{key}", width=140)


def _short(stance: Stance) -> str:
    ((_, word),) = frames.legend([stance])
    return f"{palette.GLYPHS[stance]} {word}"
