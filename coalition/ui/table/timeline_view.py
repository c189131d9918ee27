"""The history of a proposal: its events day by day, narrowed by kind, page by page."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import pandas as pd
import streamlit as st

from coalition.domain.table.timelines import Event, Kind, Place
from coalition.services.deliberation.proposals import Detail
from coalition.services.table import timelines
from coalition.services.table.timelines import PAGE, Timeline
from coalition.ui import address, parts, safe, screens
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import moments, t, timeline, tn

KIND = "kind"  # what the choice of kinds is called in the address
GLYPHS = {
    Kind.PROPOSAL: ":material/description:",
    Kind.TEXT: ":material/edit_note:",
    Kind.SUGGESTION: ":material/lightbulb:",
    Kind.OBJECTION: ":material/front_hand:",
    Kind.ROUND: ":material/hourglass_empty:",
    Kind.STANCE: ":material/how_to_vote:",
    Kind.INTEREST: ":material/balance:",
    Kind.DECISION: ":material/gavel:",
    Kind.DISCUSSION: ":material/forum:",
}
_SHOWN = {Place.TEXT: "change", Place.DISCUSSION: "thread", Place.STANCES: "round"}


def draw(detail: Detail, here: Entry) -> None:
    """Draw what happened to a proposal, newest first, as far as the reader may see it."""
    asked = address.choices(KIND, Kind)
    found = _page(detail, here, asked, 1)
    st.header(t("What happened?"))
    if not found.kinds:
        parts.empty(
            t("Nothing has happened yet"), t("The history begins when the draft is submitted.")
        )
        return
    chosen = _choose(found)
    if chosen != asked:
        found = _page(detail, here, chosen, 1)
    told = tn("{n} entry, newest first", "{n} entries, newest first", found.total)
    zone = moments.zone_name(here.zone)
    st.caption(t("{rounds} · times in {zone}", rounds=told, zone=zone))
    shelf = st.container()
    pages = -(-found.total // PAGE)
    key = f"timeline-{'-'.join(chosen)}"
    number = st.pagination(pages, key=key) if pages > 1 else 1
    if number > 1:
        found = _page(detail, here, chosen, number)
    with shelf, parts.reading():
        _days(found.events, detail, here)
    csv_button(partial(_file, detail, here, chosen), "history", key="csv-history")


def _page(detail: Detail, here: Entry, kinds: Sequence[Kind], number: int) -> Timeline:
    proposal_id = detail.proposal.id
    return timelines.timeline(
        here.db, actor=here.actor, now=here.now, proposal_id=proposal_id, kinds=kinds, page=number
    )


def _choose(found: Timeline) -> list[Kind]:
    """Draw the choice of kinds, kept in the address, and return those chosen; none is all."""
    chosen = st.pills(
        t("Show only"),
        list(found.kinds),
        selection_mode="multi",
        default=address.choices(KIND, found.kinds),
        format_func=lambda one: f"{timeline.kind(one)} {found.kinds[one]}",
        key="kinds",
    )
    address.keep(KIND, ",".join(chosen) or None)
    return [one for one in Kind if one in chosen]


def _days(events: Sequence[Event], detail: Detail, here: Entry) -> None:
    place = 0
    for day, those in groupby(events, lambda one: moments.day(one.at, here.zone)):
        st.subheader(day)
        for one in those:
            with st.container(key=f"titled-event-{place}", gap="xxsmall"):
                _event(one, detail, here)
            place += 1


def _event(one: Event, detail: Detail, here: Entry) -> None:
    """Draw one event as a link to what it speaks of, with who, when and why under it."""
    screen, query = _leads(one, detail)
    st.page_link(
        screens.page(screen),
        label=safe.label(timeline.sentence(one, here.table.zone)),
        icon=GLYPHS[one.kind],
        query_params=address.query(**query),
    )
    told = (timeline.kind(one.kind), moments.hour(one.at, here.zone), one.person)
    lines = [f":small[{safe.label(' · '.join(filter(None, told)))}]"]
    if also := timeline.more(one):
        lines.append(f":small[{safe.label(also)}]")
    if one.facts.words:
        lines.append(f"“{safe.label(one.facts.words)}”")
    st.markdown("  \n".join(lines))


def _leads(one: Event, detail: Detail) -> tuple[str, dict[str, str | int]]:
    """Return the screen an event leads to, and what to ask of it."""
    if one.place in {Place.STANCE, Place.POSITION}:
        return "stance" if one.place is Place.STANCE else "positions", {"id": one.item or 0}
    query: dict[str, str | int] = {"id": detail.proposal.id, "view": one.place.value}
    if one.item is not None:
        query[_SHOWN[one.place]] = one.item
    return "proposal", query


def _file(detail: Detail, here: Entry, kinds: Sequence[Kind]) -> pd.DataFrame:
    """Return every event of the kinds shown as a table, newest first.

    Columns: when (ISO, UTC), kind, what happened, organisation, person, more, in their words.
    """
    events = timelines.whole(
        here.db, actor=here.actor, now=here.now, proposal_id=detail.proposal.id, kinds=kinds
    )
    headings = [t("When ({zone})", zone=t("UTC")), t("Kind"), t("What happened")]
    headings += [t("Organisation"), t("Person"), t("More"), t("In their words")]
    rows = [
        (
            one.at.isoformat(),
            timeline.kind(one.kind),
            timeline.sentence(one, here.table.zone),
            one.organisation,
            one.person,
            timeline.more(one),
            one.facts.words,
        )
        for one in events
    ]
    return pd.DataFrame(rows, columns=headings)
