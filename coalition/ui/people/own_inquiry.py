"""An inquiry as its sender sees it."""

import streamlit as st

from coalition.domain.people.applications import Ending
from coalition.domain.people.inquiries import InquiryState
from coalition.services.people.asking import OwnApplication, OwnInquiry
from coalition.ui import safe
from coalition.ui.entry import Visit
from coalition.ui.people import stepper
from coalition.words import moments, people, t


def draw(this: OwnInquiry, here: Visit) -> None:
    """Draw state, next step, by when, and the answers."""
    st.header(t("Inquiry {receipt}", receipt=this.receipt))
    zones = (here.table.zone, here.zone)
    st.markdown(
        t(
            "{topic} · sent {when}",
            topic=people.topic(this.topic),
            when=moments.when_both(this.created_at, *zones),
        )
    )
    st.markdown(t("State: **{state}**", state=people.state(this.state)))
    if this.joining:
        _joining(this.joining)
    if not (this.joining and this.joining.due_on):
        st.markdown(t("Next step: {step}", step=people.next_step(this.state)))
    if this.is_late:
        st.warning(
            t(
                "We promised an answer by {when} and are late. It stands first in our queue.",
                when=moments.when_both(this.due_at, *zones),
            )
        )
    elif this.state in {InquiryState.NEW, InquiryState.ASSIGNED} and not this.answers:
        st.markdown(t("By when: {when}", when=moments.when_both(this.due_at, *zones)))
    for answer in this.answers:
        with st.container(border=True):
            st.caption(t("Answered {when}", when=moments.when_both(answer.at, *zones)))
            st.markdown(safe.md(answer.words))


def _joining(this: OwnApplication) -> None:
    """Draw the way to a seat, and what happens next until when."""
    st.markdown(stepper.line(this.stage, this.ending))
    if this.ending is None and this.due_on:
        st.markdown(t("Next step: {step}", step=safe.label(this.next_step)))
        st.markdown(t("By when: {when}", when=moments.date_only(this.due_on)))
    if this.ending is Ending.REFUSED:
        st.markdown(t("The coalition declined, for this reason:"))
    elif this.ending is Ending.ACCEPTED:
        st.markdown(t("The coalition accepted your organisation, for this reason:"))
    if this.reason:
        with st.container(border=True):
            st.markdown(safe.md(this.reason))
    if this.reapply_on:
        st.markdown(t("You may ask again from {day}.", day=moments.date_only(this.reapply_on)))
    if this.ending is Ending.ACCEPTED:
        st.markdown(t("A convener hands each delegate a link by which their account begins."))
