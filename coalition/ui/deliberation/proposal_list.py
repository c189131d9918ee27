"""The list of proposals: what it is narrowed to, its rows, and the same rows as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.pillars import Pillar
from coalition.services.deliberation.answers import Answer
from coalition.services.deliberation.proposals import Listed
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import phrases
from coalition.ui.entry import Entry
from coalition.words import codes, t, tn

Answers = Mapping[RoundId, Answer]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; the address keeps it."""

    words: str
    pillar: str | None
    stage: Stage | None
    waiting: bool

    @property
    def any(self) -> bool:
        """Whether the list is narrowed at all."""
        return bool(self.words or self.pillar or self.stage or self.waiting)

    @property
    def key(self) -> str:
        """What tells one narrowed list from another, so that each begins at its first page."""
        return f"{self.words}-{self.pillar}-{self.stage}-{self.waiting}"


def filters(*, has_seat: bool) -> Filters:
    """Draw the search and the filters and return what they hold."""
    words = st.text_input(
        t("Search in titles, asks and summaries"),
        type="search",
        placeholder=t("Search"),  # else Streamlit says it, in English
        max_chars=100,
        key="search",
        bind="query-params",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        pillar = pillars()
        stage = st.segmented_control(
            t("Stage"),
            list(Stage),
            default=address.choice("stage", list(Stage)),
            format_func=codes.stage,
            key="stage",
            wrap=True,
        )
        waiting = has_seat and st.toggle(t("Waiting for us"), key="waiting", bind="query-params")
    address.keep("stage", stage)
    return Filters(words or "", pillar, Stage(stage) if stage else None, waiting)


def pillars() -> str | None:
    """Draw the choice of one pillar, kept in the address, and return the one chosen."""
    pillar = st.pills(
        t("Pillar"),
        list(Pillar),
        default=address.choice("pillar", list(Pillar)),
        format_func=codes.pillar,
        key="pillar",
        wrap=True,
    )
    address.keep("pillar", pillar)
    return pillar


def rows(items: Sequence[Listed], answers: Answers, here: Entry) -> None:
    """Draw one card a proposal: its title leads to it, one line says how it stands."""
    for item in items:
        with st.container(border=True, gap="xxsmall", key=f"titled-{item.proposal.id}"):
            st.page_link(
                screens.page("proposal"),
                label=f"**{safe.label(item.proposal.text.title)}**",
                icon="",
                query_params=address.query(id=item.proposal.id),
            )
            st.markdown(_line(item, answers, here))


def frame(items: Sequence[Listed], answers: Answers) -> pd.DataFrame:
    """Return the rows shown as a table, one row a proposal, in the order shown.

    Columns: reference, title, pillar, stage, deadline (ISO, UTC), our stance; all text.
    """
    headings = [t("Reference"), t("Title"), t("Pillar"), t("Stage"), t("Closes"), t("Our stance")]
    told = [
        [
            item.proposal.reference,
            item.proposal.text.title,
            codes.pillar(item.proposal.text.pillar),
            codes.stage(item.stage),
            item.round.closes_at.isoformat() if item.round else "",
            _said(answers.get(item.round.id) if item.round else None),
        ]
        for item in items
    ]
    return pd.DataFrame(told, columns=headings)


def nothing(wanted: Filters) -> None:
    """Say why the list is empty and what to do about it."""
    if wanted.waiting and not (wanted.words or wanted.pillar or wanted.stage):
        parts.empty(
            t("Nothing waits for you"), t("Your organisation has answered every open round.")
        )
    elif wanted.any:
        parts.empty(
            t("No proposal fits"),
            t("There are proposals, but none with all of these filters."),
            t("Take one filter away, or search for fewer words."),
        )
    else:
        parts.empty(
            t("No proposals yet"),
            t("Here you will find what members put to the table."),
            t("Whoever holds a seat can begin with New proposal."),
        )


def found(total: int) -> str:
    """Return how many proposals were found."""
    return tn("{n} proposal", "{n} proposals", total)


def _line(item: Listed, answers: Answers, here: Entry) -> str:
    text, this = item.proposal.text, item.round
    told = [item.proposal.reference, codes.pillar(text.pillar)]
    badges = [phrases.stage_badge(item.stage)]
    if this:
        told.append(phrases.short_deadline(this, here.now, here.table.zone))
        answer = answers.get(this.id)
        if answer and answer.awaited and this.is_open(here.now):
            badges.append(f":orange-badge[{t('Waits for us')}]")
        elif answer and answer.stance:
            told.append(t("we said: {stance}", stance=phrases.stance(answer.stance)))
    return f"{' '.join(badges)} :small[{safe.label(' · '.join(told))}]"


def _said(answer: Answer | None) -> str:
    return codes.stance(answer.stance) if answer and answer.stance else ""
