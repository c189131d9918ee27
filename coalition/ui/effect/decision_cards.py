"""What travels with a decision: dissent, what followed, what took its place. Nothing acts here."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.dissents import Dissent
from coalition.domain.effect.outcomes import OutcomeStatement
from coalition.domain.ground.permissions import OrganisationId
from coalition.services.effect.aftermath import Aftermath, Link
from coalition.ui import address, safe, screens
from coalition.ui.deliberation import phrases
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Visit
from coalition.words import moments, t, tn

PUBLIC, MEMBERS = "positions", "proposal"  # the screen a link to another decision leads to


def note(after: Aftermath) -> str:
    """Return in one line what travels with a decision, for a card in a list; "" for nothing."""
    told = []
    if newer := after.superseded_by:
        reference = safe.label(newer.proposal.reference)
        told.append(t("Superseded by {reference}", reference=reference))
    if n := len(after.statements):
        told.append(tn("{n} minority statement", "{n} minority statements", n))
    if n := len(after.dissociations):
        told.append(tn("{n} organisation has dissociated", "{n} organisations have dissociated", n))
    return " · ".join(told)


def notes(found: Mapping[RoundId, Aftermath]) -> dict[RoundId, str]:
    """Return the line of each decision that has one."""
    told = {number: note(after) for number, after in found.items()}
    return {number: line for number, line in told.items() if line}


def since(after: Aftermath) -> dict[str, int]:
    """Return what changed since the close in numbers, for the foot of the table of a count."""
    told = (
        (t("Minority statements"), len(after.statements)),
        (t("Has dissociated since"), len(after.dissociations)),
    )
    return {label: n for label, n in told if n}


def marks(after: Aftermath, here: Visit) -> dict[OrganisationId, str]:
    """Return what stands beside an organisation's answer on a roll; only where something does."""
    told: dict[OrganisationId, str] = {}
    for one in after.statements:
        told[one.organisation_id] = t("Minority statement")
    for one in after.dissociations:
        left = t("Has dissociated, {day}", day=moments.day(one.at, here.table.zone))
        before = told.get(one.organisation_id)
        told[one.organisation_id] = f"{before} · {left}" if before else left
    return told


def superseded(after: Aftermath, here: Visit, *, screen: str) -> None:
    """Say first of all that a newer decision took this one's place, or which places it took."""
    if after.superseded_by:
        _related(after.superseded_by, here, screen, t("Superseded by a newer decision"))
    for link in after.supersedes:
        _related(link, here, screen, t("Takes the place of an older decision"))


def dissociated(found: Sequence[Dissent], here: Visit) -> None:
    """Draw who has left the position, on which day and why."""
    if found:
        st.header(t("Who has dissociated from it?"))
        st.markdown(t("The count is that of the close. These organisations support it no longer."))
        _said(found, here)


def statements(found: Sequence[Dissent], here: Visit) -> None:
    """Draw the minority statements, each under the name of its organisation."""
    if found:
        st.header(t("Who sees it otherwise?"))
        _said(found, here)


def outcomes(found: Sequence[OutcomeStatement], here: Visit) -> None:
    """Draw what followed: the current statement in full, earlier ones folded."""
    if not found:
        return
    st.header(t("What has followed?"))
    current, *earlier = found
    _outcome(current, here)
    if current.review_on:
        day = moments.date_only(current.review_on)
        st.caption(t(":material/event_repeat: To be looked at again on {day}.", day=day))
    if earlier:
        label = tn("{n} earlier statement", "{n} earlier statements", len(earlier))
        with st.expander(label, type="compact"):
            for one in earlier:
                _outcome(one, here)


def export(after: Aftermath, here: Visit, *, name: str) -> None:
    """Offer everything that travels with the decision as a file, where there is anything."""
    table = frame(after, here)
    if len(table):
        csv_button(table, f"since-{name}", key=f"csv-since-{name}")


def frame(after: Aftermath, here: Visit) -> pd.DataFrame:
    """Return what travels with the decision as a table: what, who or which, day, words."""
    stated, left = t("Minority statement"), t("Has dissociated")
    rows = [(stated, one.organisation, one.at, one.words) for one in after.statements]
    rows += [(left, one.organisation, one.at, one.words) for one in after.dissociations]
    rows += [(t("What has followed"), "", one.at, one.words) for one in after.outcomes]
    if after.superseded_by:
        rows.append((t("Superseded by"), *_cells(after.superseded_by)))
    rows += [(t("Takes the place of"), *_cells(link)) for link in after.supersedes]
    told = [(what, who, moments.day(at, here.table.zone), words) for what, who, at, words in rows]
    return pd.DataFrame(told, columns=[t("What"), t("Who or which"), t("Day"), t("Words")])


def _said(found: Sequence[Dissent], here: Visit) -> None:
    for one in found:
        day = moments.day(one.at, here.table.zone)
        with st.container(border=True, gap="xsmall"):
            st.markdown(f"**{safe.label(one.organisation)}** · :small[{day}]")
            st.markdown(safe.md(one.words))


def _outcome(one: OutcomeStatement, here: Visit) -> None:
    st.markdown(safe.md(one.words))
    st.caption(t("Stated on {day}", day=moments.day(one.at, here.table.zone)))


def _related(link: Link, here: Visit, screen: str, told: str) -> None:
    """Draw the other decision of a supersession: what it is, why, and the way to it."""
    item = link.round.id if screen == PUBLIC else link.proposal.id
    with st.container(border=True, gap="xsmall", key=f"titled-related-{link.round.id}"):
        st.badge(told, icon=":material/swap_horiz:", color="violet")
        st.page_link(
            screens.page(screen),
            label=f"**{phrases.heading(link.proposal)}**",
            icon="",
            query_params=address.query(id=item),
        )
        st.markdown(safe.md(link.reason))
        st.caption(moments.day(link.at, here.table.zone))


def _cells(link: Link) -> tuple[str, datetime, str]:
    return f"{link.proposal.reference} {link.proposal.text.title}", link.at, link.reason
