"""Adopted positions: what the coalition agreed on, and by how many; one in full by ?id=."""

import streamlit as st

from coalition.domain.deliberation.rounds import RoundId
from coalition.services.deliberation import positions
from coalition.services.deliberation.positions import PAGE
from coalition.ui import address, document, entry, parts, screens
from coalition.ui.deliberation import position_cards, proposal_list
from coalition.ui.effect import public_decision
from coalition.ui.safe import label
from coalition.words import t, tn

here = entry.visit()
number = address.item()
if number is not None:
    found = positions.one(here.db, now=here.now, round_id=RoundId(number))
    st.title(label(found.position.proposal.text.title) if found else t("Adopted positions"))
    if found is None:
        position_cards.missing()
        entry.end()
    document.title(t("Adopted positions"), found.position.proposal.text.title)
    public_decision.draw(found, here)
    st.page_link(
        screens.page("positions"), label=t("All adopted positions"), query_params=address.query()
    )
    entry.end()

st.title(t("Adopted positions"))
st.markdown(t("What our members agreed on, under a rule that was fixed before anyone answered."))
pillar = proposal_list.pillars() or ""
page = positions.page(here.db, now=here.now, pillar=pillar)
if not page.items:
    parts.empty(
        t("Nothing adopted under this pillar yet") if pillar else t("Nothing adopted yet"),
        t("A position stands here once members have adopted it and a convener has published it."),
    )
    entry.end()

st.markdown(t("[Feed of positions and lessons](positions.atom) · [Calendar](calendar/public.ics)"))
st.caption(tn("{n} adopted position", "{n} adopted positions", page.total))
shelf = st.container()
pages = -(-page.total // PAGE)
turned = st.pagination(pages, key=f"page-{pillar}") if pages > 1 else 1
if turned > 1:
    page = positions.page(here.db, now=here.now, pillar=pillar, number=turned)
with shelf:
    position_cards.cards(page.items, here, notes=public_decision.notes(page.items, here))
