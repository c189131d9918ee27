"""Inquiries: the queue by age, and one of them opened."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.domain.people.inquiries import InquiryId
from coalition.services.deliberation import first_ballots
from coalition.services.people import applications, inquiries
from coalition.ui import address, entry, feedback, forms, screens
from coalition.ui.people import inquiry_file, inquiry_queue, onboarding_list
from coalition.words import t

here = entry.require(Permission.WORK_INQUIRY)
st.title(t("Inquiries"))
number = address.opened()
if number is None:
    closed = st.toggle(t("Show the closed ones"))
    queue = inquiries.queue(here.db, actor=here.actor, now=here.now, closed=closed)
    total = len(queue) if closed else inquiries.count_open(here.db, actor=here.actor)
    inquiry_queue.draw(queue, total, here, closed=closed)
    entry.end()

st.page_link(
    screens.page("inquiries"),
    label=t("All inquiries"),
    icon=":material/arrow_back:",
    query_params=address.query(),
)
number = InquiryId(number)
news, shown = st.container(), st.container()
with feedback.told():
    file = inquiries.read(here.db, actor=here.actor, inquiry_id=number, now=here.now)
    way = applications.way(here.db, actor=here.actor, inquiry_id=number, now=here.now)
    place, after = forms.place(*inquiry_file.buttons(file, way)), st.container()
    with place.box:
        done = inquiry_file.deeds(file, way, here, news)
    if done:
        place.clear()
        file = inquiries.read(here.db, actor=here.actor, inquiry_id=number, now=here.now)
        way = applications.way(here.db, actor=here.actor, inquiry_id=number, now=here.now)
        with after:
            st.success(t("Done."))
            inquiry_file.deeds(file, way, here, news)
    with shown:
        inquiry_file.draw(file, way, here)
    if way and way.decision and way.decision.organisation_id:
        made = way.decision.organisation_id
        first = first_ballots.first_ballot_at(here.db, actor=here.actor, organisation_id=made)
        onboarding_list.section(number, first, here)
