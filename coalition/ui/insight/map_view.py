"""Who stands where: organisations down, rounds across, a glyph and a colour a cell."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.insight.wishes import Wish
from coalition.domain.people.organisations import Organisation
from coalition.services.insight import stance_map
from coalition.services.insight.stance_map import StanceMap
from coalition.ui import address, frames, palette, parts, safe, screens
from coalition.ui.charts.heat import Cells, Label
from coalition.ui.downloads import all_buttons
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.ui.insight.stance_bars_view import hidden_rounds
from coalition.words import t, tn

ROWS, COLUMNS = 25, 24  # on one picture; the files hold them all
NAMED = 3  # objections; more are only counted


def draw(here: Entry, wish: Wish) -> None:
    """Draw the map of the rounds whose stances may be seen, a page at a time."""
    found = shared.ask(stance_map.stance_map, here, wish)
    st.header(t("Who stands where?"))
    if not found.columns:
        st.markdown(t("No round here shows its stances yet."))
        return
    st.markdown(answer(found))
    picture = st.container()
    rows, columns = _labels(found)
    down, across = -(-len(rows) // ROWS), -(-len(columns) // COLUMNS)
    row = exhibit.pager(down, t("Organisations"), key=f"map-rows-{down}")
    column = exhibit.pager(across, t("Rounds"), key=f"map-columns-{across}")
    with picture:
        these = rows[(row - 1) * ROWS : row * ROWS]
        those = columns[(column - 1) * COLUMNS : column * COLUMNS]
        cells = _cells(found, these, those)
        parts.heat_map(these, those, cells, name="board", is_part=max(down, across) > 1)
        _open(found)
    if max(down, across) > 1:
        st.caption(t("The files below hold every organisation and round, not only this page."))
    whole = partial(_whole, found, rows, columns)
    all_buttons(whole, "stances-all")


def answer(found: StanceMap) -> str:
    """Return how many answers of which kind there are, and who objects to what."""
    missing = found.counts.get(None, 0)
    asked = sum(found.counts.values())
    spoken = frames.words()
    given = [code for code in palette.ORDER if code != palette.MISSING]
    counted = ((code, found.counts.get(Stance(code), 0)) for code in given)
    told = [f"{spoken[code].lower()} {n}" for code, n in counted if n]
    answers = (
        t("{given} of {all} answers given so far: {told}.", given=asked - missing, all=asked,
          told=", ".join(told))
        if told
        else t("Nobody has answered yet in the rounds that show their stances.")
    )  # fmt: skip
    return " ".join(filter(None, (answers, _objections(found), hidden_rounds(found.hidden))))


def _objections(found: StanceMap) -> str:
    """Name who objects, the first few."""
    pairs = [
        t("{organisation} to {reference}", organisation=f"**{safe.label(who.name)}**",
          reference=safe.label(proposal.reference))
        for who, proposal in found.objecting[:NAMED]
    ]  # fmt: skip
    more = len(found.objecting) - len(pairs)
    pairs += [tn("{n} more", "{n} more", more)] if more else []
    return t("Objections: {pairs}.", pairs="; ".join(pairs)) if pairs else ""


def _open(found: StanceMap) -> None:
    """Lead by keyboard where the names and the cells lead: to an organisation, to a ballot."""
    told = t("Open an organisation or a proposal's answers")
    with parts.fold(told, key="open-from-map") as is_open:
        if is_open:
            _openers(found)


def _openers(found: StanceMap) -> None:
    by_name = {one.name: one for one in found.rows}
    by_round = {this.id: proposal for this, proposal in found.columns}
    titles = safe.apart({one: f"{it.reference} · {it.text.title}" for one, it in by_round.items()})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        who = st.selectbox(
            t("Organisation"), list(by_name), index=None, placeholder=t("Choose one"), width=300
        )
        if who:
            query = address.query(search=who)
            st.page_link(screens.page("members"), label=t("Open it"), query_params=query)
        what = st.selectbox(
            t("Proposal"),
            list(by_round),
            index=None,
            format_func=titles.__getitem__,
            placeholder=t("Choose one"),
            width=300,
        )
        if what:
            query = address.query(id=by_round[what].id, view="stances", round=what)
            st.page_link(screens.page("proposal"), label=t("Open its answers"), query_params=query)
    if who and what:
        _ballot_opener(found, by_name[who], what, by_round[what])


def _ballot_opener(found: StanceMap, who: Organisation, what: RoundId, proposal: Proposal) -> None:
    """Lead to what one organisation answered to one proposal."""
    told = {"organisation": safe.label(who.name), "reference": safe.label(proposal.reference)}
    if (who.id, what) not in found.cells:
        st.caption(t("{organisation} is not on the roll of {reference}.", **told))
        return
    query = address.query(id=proposal.id, view="stances", round=what, organisation=who.id)
    label = t("Open the answer of {organisation} to {reference}", **told)
    st.page_link(screens.page("proposal"), label=label, query_params=query)


def _labels(found: StanceMap) -> tuple[list[Label], list[Label]]:
    rows = [
        Label(str(one.id), one.name, one.name, address.link("members", search=one.name))
        for one in found.rows
    ]
    columns = [
        Label(str(this.id), proposal.reference, proposal.text.title, _answers(this, proposal))
        for this, proposal in found.columns
    ]
    return rows, columns


def _answers(this: Round, proposal: Proposal) -> str:
    """Return the address of a round's answers, up to where the organisation's number belongs."""
    asked = address.link("proposal", id=proposal.id, view="stances", round=this.id)
    return f"{asked}&organisation="


def _cells(found: StanceMap, rows: Sequence[Label], columns: Sequence[Label]) -> Cells:
    """Return the answers of these rows and columns: of two hundred, a page shows twenty-five."""
    pairs = (
        (row.key, column.key, (OrganisationId(int(row.key)), RoundId(int(column.key))))
        for row in rows
        for column in columns
    )
    return {
        (row, column): stance.value if (stance := found.cells[pair]) else palette.MISSING
        for row, column, pair in pairs
        if pair in found.cells
    }


def _whole(found: StanceMap, rows: Sequence[Label], columns: Sequence[Label]) -> pd.DataFrame:
    return frames.heat_frame(rows, columns, _cells(found, rows, columns))
