"""Welcome: who we are, what we work on, what we agreed on, how to join."""

import streamlit as st

from coalition.services.deliberation import positions
from coalition.ui import address, entry, parts, screens
from coalition.ui.deliberation import position_cards
from coalition.ui.effect import public_decision
from coalition.ui.safe import label
from coalition.ui.table import front
from coalition.words import t

here = entry.visit()
st.title(t("Welcome to {table}", table=label(here.table.name)))
with parts.reading():
    front.vision()
    front.doors(here.actor)

st.header(t("What do we work on?"))
front.pillars()

st.header(t("What have we agreed on lately?"))
latest = positions.page(here.db, now=here.now, size=front.LATEST)
if latest.items:
    position_cards.cards(latest.items, here, notes=public_decision.notes(latest.items, here))
    if latest.total > front.LATEST:
        st.page_link(
            screens.page("positions"),
            label=t("All adopted positions"),
            query_params=address.query(),
        )
else:
    parts.empty(
        t("Nothing adopted yet"),
        t("Positions stand here once members have adopted them and they are published."),
    )

with parts.reading():
    st.header(t("How do we decide?"))
    front.deciding()
