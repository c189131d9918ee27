"""Today: what waits for our organisation, and what was decided lately."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.discussion import mentions
from coalition.services.table import today
from coalition.ui import address, entry, parts, screens
from coalition.ui.people import absence_card
from coalition.ui.table import today_cards
from coalition.words import t, tn

here = entry.require(Permission.READ_TABLE)
found = today.today(here.db, actor=here.actor, now=here.now)
st.title(t("Today"))
st.caption(today_cards.whose(here.actor))
if stands_in := absence_card.stands_in(here):
    st.info(stands_in, icon=":material/swap_horiz:")

if here.actor.seat or found.waiting:
    st.header(t("What waits for us?"))
    today_cards.cards(found.waiting, here)
    if not found.waiting:
        parts.empty(
            t("Nothing waits for you"),
            t("Your organisation has answered every open round."),
            t("When a convener opens a round, it stands here."),
        )
    if found.waiting_total > len(found.waiting):
        more = tn("All {n} that wait", "All {n} that wait", found.waiting_total)
        query = address.query(waiting="true")
        st.page_link(screens.page("proposals"), label=more, query_params=query)

if found.withdrawn:
    st.header(t("What was withdrawn after we answered?"))
    today_cards.withdrawn(found.withdrawn)

if not here.actor.seat:
    st.header(t("What is open now?"))
    today_cards.cards(found.reading, here)
    if not found.reading:
        parts.empty(t("No round is open"), t("The proposals can be read at any time."))

if called := mentions.mentioned(here.db, actor=here.actor, now=here.now):
    st.header(t("You were mentioned"))
    today_cards.mentions(called, here)

st.header(t("What was decided lately?"))
today_cards.news(found.news, here)
if not found.news:
    st.markdown(t("Nothing was decided in the last days."))
