"""Our organisation: what is said of it."""

import streamlit as st

from coalition.domain.people.organisations import Organisation
from coalition.ui import safe
from coalition.words import codes, people, t


def profile(this: Organisation) -> None:
    """Draw what everybody reads of the organisation, and whether it votes."""
    mine = this.profile
    vote = t("has a vote") if mine.votes else t("has no vote")
    told = [people.kind(mine.kind or ""), vote, people.standing(this.status)]
    st.markdown(" · ".join(told))
    for label, words in (
        (t("Formerly"), "; ".join(mine.former_names)),
        (t("Speaks for"), "; ".join(mine.conditions)),
        (t("Pillars"), ", ".join(codes.pillar(pillar) for pillar in mine.pillars)),
        (t("Website"), mine.website),
    ):
        if words:
            st.markdown(t("{label}: {words}", label=label, words=safe.label(words)))
