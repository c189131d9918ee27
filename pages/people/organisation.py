"""Our organisation: what is said of it, who acts for it, and what it has said."""

import streamlit as st

from coalition.domain.ground import moments
from coalition.domain.ground.permissions import Permission
from coalition.services.people import organisations, profiles, seats
from coalition.ui import address, entry, parts, safe, screens
from coalition.ui.deliberation import our_record, receipt_finder
from coalition.ui.people import absence_card, interest_list, our_own, own_profile, seat_list
from coalition.words import t

here = entry.require(Permission.CAST_BALLOT)
seat = here.actor.seat
if seat is None:
    st.title(t("Our organisation"))
    parts.empty(
        t("You hold no seat"),
        t("This page shows the organisation you act for as delegate or alternate."),
        t("A convener can appoint you. Every organisation stands under Members."),
    )
    st.page_link(screens.page("members"), query_params=address.query())
    entry.end()

this = organisations.read(here.db, actor=here.actor, organisation_id=seat.organisation_id)
st.title(t("Our organisation"))
st.header(safe.label(this.name))
our_own.without_vote(this)
shelf = st.container()
if own_profile.draw(this, here):
    this = organisations.read(here.db, actor=here.actor, organisation_id=this.id)
with shelf:
    day = moments.day_at(here.now, here.table.zone)
    our_own.profile(this, profiles.of_parent(here.db, actor=here.actor, this=this), day)
st.header(t("Who acts for it"))
st.caption(
    t("The last stance counts, whoever recorded it; replacing a colleague's is asked first.")
)
seat_list.draw(
    seats.seat_holders(here.db, actor=here.actor, organisation_id=this.id, now=here.now),
    here,
    name="ours",
)
absence_card.draw(here)
st.header(t("Our interests"))
st.caption(t("What we declare here, every member sees under Members."))
interest_list.draw(here)
st.header(t("What we have said"))
our_record.stances(here)
st.header(t("Do you have a receipt?"))
receipt_finder.draw(here)
