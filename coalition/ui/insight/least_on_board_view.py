"""Which group is least on board with what: declared groups, a line a proposal."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.insight.measures import FEWEST_IN_GROUP
from coalition.domain.insight.wishes import Grouping, Wish
from coalition.services.insight import conditions, least_on_board
from coalition.services.insight.least_on_board import Heard, Support, Supports
from coalition.ui import parts, safe
from coalition.ui.charts import groups as picture
from coalition.ui.charts.marks import Spec
from coalition.ui.downloads import all_buttons
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.ui.insight.stance_bars_view import left_out, nothing
from coalition.words import accords, people, t, tn

ROWS = 24  # proposals of one picture; the files hold them all
Word = Callable[[str], str]


def draw(here: Entry, wish: Wish) -> None:
    """Draw the groups of the rounds whose stances may be seen, a page at a time."""
    found = shared.ask(least_on_board.least_on_board, here, wish)
    question = t("Which group is least on board?")
    if not found.lines:
        st.header(question)
        nothing(found.hidden, wish, signed=found.signed)
        return
    word = words(here, wish.grouping)
    above = st.container()
    pages = -(-len(found.lines) // ROWS)
    number = st.pagination(pages, key=f"groups-page-{pages}") if pages > 1 else 1
    these = found.lines[(number - 1) * ROWS : number * ROWS]
    with above:
        exhibit.exhibit(
            question,
            answer(found, word),
            frame(these, word),
            name="groups",
            chart=_chart(these, word) if any(one.groups for one in these) else None,
            legend=_legend,
        )
    if pages > 1:
        st.caption(t("The files below hold every proposal, not only this page."))
        all_buttons(partial(frame, found.lines, word), "groups-all")


def words(here: Entry, grouping: Grouping) -> Word:
    """Return what turns the code of a group into its words, in the language spoken."""
    if grouping is Grouping.CONDITION:
        told = conditions.spoken_for(here.db, actor=here.actor)
        return lambda code: told.get(code, code)
    return {
        Grouping.SIZE: people.size,
        Grouping.REGION: people.region,
        Grouping.KIND: people.kind,
    }[grouping]


def answer(found: Supports, word: Word) -> str:
    """Return which group is least on board with what, with the numbers."""
    first = found.lines[0]
    if not first.groups:
        told = t(
            "No group can be compared yet: none has {n} organisations that support, stand "
            "aside or object.",
            n=FEWEST_IN_GROUP,
        )
        return f"{told} {left_out(found.hidden, found.signed)}".strip()
    told = t(
        "Least on board: {groups}, with {reference}, {title}.",
        groups=" / ".join(_bold(one, word) for one in lowest(first)),
        reference=safe.label(first.proposal.reference),
        title=safe.label(first.proposal.text.title),
    )
    others = len(least_on_board.lowest(found.lines)) - 1
    as_low = (
        tn("{n} other proposal is as low.", "{n} other proposals are as low.", others)
        if others
        else ""
    )
    return " ".join(filter(None, (told, as_low, left_out(found.hidden, found.signed))))


def lowest(one: Support) -> tuple[Heard, ...]:
    """Return the groups that support a proposal least: several where they do so alike."""
    least = one.least
    if least is None:
        return ()
    return tuple(heard for heard in one.groups if heard.group.share == least.group.share)


def frame(lines: Sequence[Support], word: Word) -> pd.DataFrame:
    """Return every group of every proposal as a table, one row a pair.

    Columns: reference, title, group, how many of it support the proposal, how many took a
    place on the scale, the share (per cent), whether it is the least, and the proposal's
    group-aware consensus (0 to 1). Groups of which few took a place have no numbers.
    """
    headings = [
        t("Proposal"),
        t("Title"),
        t("Group"),
        t("In support"),
        t("On the scale"),
        t("Share"),
        t("Least"),
        t("Group-aware consensus"),
    ]
    return pd.DataFrame([row for one in lines for row in _rows(one, word)], columns=headings)


def _rows(one: Support, word: Word) -> list[list[str]]:
    head, tail = [one.proposal.reference, one.proposal.text.title], [_consensus(one)]
    least = lowest(one)
    told = [
        [
            word(heard.code),
            str(heard.group.agree),
            str(heard.group.seen),
            accords.percent(heard.group.share),
            f"◆ {t('Least')}" if heard in least else "",
        ]
        for heard in one.groups
    ]
    under = t("under {n}", n=FEWEST_IN_GROUP)
    told += [[word(code), "–", under, "–", ""] for code in one.few]
    return [head + row + tail for row in told or [["–"] * 4 + [""]]]


def _chart(lines: Sequence[Support], word: Word) -> Spec:
    return picture.groups([_line(one, word) for one in lines], dark=parts.is_dark())


def _line(one: Support, word: Word) -> picture.Line:
    least = lowest(one)
    said = [one.proposal.reference]
    if least:  # the share first: on a phone the end of a long name is cut
        said += [accords.percent(least[0].group.share), _named(least, word)]
    else:
        said += [t("too few to compare")]
    dots = tuple(
        (_told(heard, word), float(heard.group.share), heard in least) for heard in one.groups
    )
    return picture.Line(" · ".join(said), _consensus(one), dots)


def _told(one: Heard, word: Word) -> str:
    return t(
        "{group}: {agree} of {seen} support it",
        group=word(one.code),
        agree=one.group.agree,
        seen=one.group.seen,
    )


def _bold(one: Heard, word: Word) -> str:
    return t(
        "**{group}** ({agree} of {seen} support it)",
        group=safe.label(word(one.code)),
        agree=one.group.agree,
        seen=one.group.seen,
    )


def _named(groups: Iterable[Heard], word: Word) -> str:
    return " / ".join(word(one.code) for one in groups)


def _consensus(one: Support) -> str:
    return "–" if one.consensus is None else f"{float(one.consensus):.2f}"


def _legend() -> None:
    st.caption(
        t(
            "◆ least supportive group, ○ the others, by what organisations have declared. The "
            "share is (support + 1) / (stances + 2), so that few answers weigh little; groups "
            "with fewer than {n} stances have none.",
            n=FEWEST_IN_GROUP,
        )
    )
    st.caption(
        t(
            "At the right edge: group-aware consensus, the product of all shares shown. It is "
            "high only where every group agrees."
        )
    )
