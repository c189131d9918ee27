"""Practice vote: answer a made-up question, and see what the rule makes of it."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.people import onboarding
from coalition.ui import entry, feedback, parts
from coalition.ui.deliberation import practice_vote
from coalition.words import moments, t

here = entry.require(Permission.CAST_BALLOT)
st.title(t("Practice vote"))
with parts.reading():
    before = onboarding.practised_at(here.db, actor=here.actor)
    if before:
        st.caption(t("You practised on {day}.", day=moments.day(before, here.zone)))
    stance = practice_vote.ask(here.actor)
if stance:
    with feedback.told():
        onboarding.record_practice(here.db, here.clock, actor=here.actor)
        practice_vote.verdict(stance)
