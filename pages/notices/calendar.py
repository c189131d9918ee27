"""Calendar: what closes, what is looked at again and when the table meets; one by ?id=."""

import streamlit as st

from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission, may
from coalition.domain.notices.meetings import MeetingId
from coalition.services.notices import dates, meetings
from coalition.ui import address, document, entry, parts
from coalition.ui.notices import calendar_list, meeting_forms, meeting_view
from coalition.ui.safe import label
from coalition.words import t

here = entry.visit()
calls = may(here.actor, Permission.CALL_MEETING)
number = address.opened()
if number is None:
    st.title(t("Calendar"))
    with parts.reading():
        if calls:
            meeting_forms.calling(here, st.container())
        calendar_list.draw(dates.agenda(here.db, actor=here.actor, now=here.now), here)
        calendar_list.subscribing(here)
    entry.end()

try:
    this = meetings.read(here.db, actor=here.actor, meeting_id=MeetingId(number))
except CoalitionError:
    st.title(t("Calendar"))
    meeting_view.missing(here)
    entry.end()
document.title(t("Calendar"), this.plan.title)
st.title(label(this.plan.title))
with parts.reading():
    said, shown = st.container(), st.container()
    if calls and meeting_forms.deeds(this, here, said):
        this = meetings.read(here.db, actor=here.actor, meeting_id=this.id)
    with shown:
        meeting_view.draw(this, here)
    meeting_view.way_back()
