"""What a round follows and what it leads to, in words."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.successions import NextRound, suggested
from coalition.services.deliberation import sequels
from coalition.services.deliberation.standings import Standing
from coalition.ui.entry import Entry
from coalition.words import round_life, t


def follows(rounds: Sequence[Round], here: Entry, *, chosen: Round | None = None) -> None:
    """Say how a round comes after an earlier one of its proposal; nothing for the first.

    Args:
        rounds: All of the proposal, oldest first.
        chosen: Which of them; the latest unless said.
    """
    this = chosen or rounds[-1]
    earlier = [one for one in rounds if one.id < this.id]
    how = sequels.follows(here.db, actor=here.actor, this=this, earlier=earlier)
    if how is not None:
        st.caption(f":material/history: {round_life.follows(how)}")


def suggestion(stand: Standing) -> NextRound | None:
    """Say what comes after a round that has ended, and return the round to prepare, if any."""
    found = suggested(stand.round, stand.verdict.outcome if stand.verdict else None)
    if found is not None:
        st.markdown(round_life.next_round(found.how))
    return found


def label(found: NextRound | None) -> str:
    """Return what the switch says that opens the form for another round."""
    names = {
        "second_round": t("Prepare the second round"),
        "fallback": t("Prepare the fallback round"),
    }
    return names.get(found.how, "") if found and found.how in names else t("Prepare another round")
