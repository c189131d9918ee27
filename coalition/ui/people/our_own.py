"""Our organisation: what is said of it, and what it can do without a vote."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from coalition.domain.people.organisations import Organisation, OrganisationStatus
from coalition.ui import safe
from coalition.ui.people import standings
from coalition.words import codes, people, t


def profile(this: Organisation, siblings: Sequence[str], day: date) -> None:
    """Draw what everybody reads of the organisation, and whether it votes.

    Args:
        siblings: The names of the others of the same parent.
        day: Today, on the table's clock.
    """
    mine = this.profile
    vote = t("has a vote") if mine.votes else t("has no vote")
    told = [people.kind(mine.kind or ""), vote, standings.told(this, day)]
    st.markdown(" · ".join(told))
    for label, words in (
        (t("Formerly"), "; ".join(mine.former_names)),
        (t("Speaks for"), "; ".join(mine.conditions)),
        (t("Pillars"), ", ".join(codes.pillar(pillar) for pillar in mine.pillars)),
        (t("Website"), mine.website),
        (t("Dues"), mine.dues_tier),
        (t("Belongs to"), mine.parent),
        (t("Others of the same parent, each with its own seat"), "; ".join(siblings)),
    ):
        if words:
            st.markdown(t("{label}: {words}", label=label, words=safe.label(words)))


def without_vote(this: Organisation) -> None:
    """Say why an organisation is asked for no stance, and what it can do; nothing if it votes."""
    if this.votes_now:
        return
    if this.status is OrganisationStatus.ACTIVE:
        kind = people.kind(this.profile.kind or "")
        why = t("Your organisation has no vote here. Its class: {kind}.", kind=kind)
    else:
        why = t("Your organisation takes no part now, so it is on no new roll.")
    st.info(
        t(
            "{why} No round asks you for a stance. You can comment, suggest changes, bring "
            "proposals and write what you know to the champion. Who votes is decided by class; "
            "ask a convener if yours is wrong.",
            why=why,
        ),
        icon=":material/info:",
    )
