"""What a convener does with meetings: call one, change it, cancel it."""

from dataclasses import replace
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground import text
from coalition.domain.notices.meetings import (
    LINK,
    LONGEST,
    SHORTEST,
    Meeting,
    MeetingChanged,
    MeetingForm,
)
from coalition.services.notices import meetings
from coalition.ui import feedback, forms
from coalition.ui.entry import Visit
from coalition.words import mark, moments, t

USUAL = 60  # minutes
PUBLIC, MEMBERS = "public", "members"
READERS = {
    PUBLIC: mark("Everybody, with place and link"),
    MEMBERS: mark("Only those who are signed in"),
}
LABELS = {
    "title": mark("What the meeting is called"),
    "day": mark("Day of the meeting"),
    "hour": mark("It begins at"),
    "minutes": mark("How many minutes"),
    "place": mark("Where it is"),
    "link": mark("Link to join (may be left out)"),
    "about": mark("What it is about (may be left out)"),
    "public": mark("Who may see it?"),
    "reason": mark("Why it is cancelled (whoever sees the meeting reads this)"),
}


def calling(here: Visit, said: DeltaGenerator) -> None:
    """Draw the form that calls a meeting; say in ``said`` once it is called."""
    name = "call-meeting"
    key = forms.token(name)
    place = forms.place(f"send-{key}")
    with place.box:
        with (
            st.expander(t("Call a meeting")),
            forms.form(name, border=False, enter_to_submit=False),
        ):
            form = _fields(None, here)
            pressed = st.form_submit_button(t("Call it"), type="primary", key=f"send-{key}")
        if not pressed:
            return
        with feedback.told(**_labels()):
            meetings.call_meeting(here.db, here.clock, actor=here.actor, form=form, token=key)
            said.success(t("It is called, and stands in the calendars of those who may see it."))
            forms.renew(name)
            place.clear()


def deeds(this: Meeting, here: Visit, said: DeltaGenerator) -> bool:
    """Draw what can be done with a meeting that is ahead; return whether it was done."""
    changed = _changing(this, here, said)
    return _cancelling(this, here, said) or changed


def _changing(this: Meeting, here: Visit, said: DeltaGenerator) -> bool:
    name = f"change-meeting-{this.id}"
    key = forms.token(name)
    if not _is_open(this, here, f"send-{key}"):
        return False
    seen = forms.opened_on(name, this)
    place = forms.place(f"send-{key}")
    with place.box:
        with st.expander(t("Change it")), forms.form(name, border=False, enter_to_submit=False):
            form = _fields(seen, here)
            pressed = st.form_submit_button(t("Save the change"), key=f"send-{key}")
        if not pressed:
            return False
        change = partial(meetings.change_meeting, here.db, here.clock, actor=here.actor)
        done = False
        with feedback.told(**_labels()):
            try:
                change(meeting_id=this.id, seen=seen.sequence, form=form, token=key)
            except MeetingChanged:  # the next time it takes the place of what the reader now sees
                forms.reopen(name, replace(seen, sequence=this.sequence))
                raise
            said.success(t("Changed. Calendars show it the next time they look."))
            forms.renew(name)
            place.clear()
            done = True
    return done


def _cancelling(this: Meeting, here: Visit, said: DeltaGenerator) -> bool:
    name = f"cancel-meeting-{this.id}"
    key = forms.token(name)
    if not _is_open(this, here, f"send-{key}"):
        return False
    place = forms.place(f"send-{key}")
    with place.box:
        with st.expander(t("Cancel it")), forms.form(name, border=False, enter_to_submit=False):
            st.markdown(t("It stays in the calendar, marked as cancelled. This is final."))
            reason = st.text_area(t(LABELS["reason"]), max_chars=text.PARAGRAPH, height=100)
            pressed = st.form_submit_button(t("Cancel the meeting"), key=f"send-{key}")
        if not pressed:
            return False
        cancel = partial(meetings.cancel_meeting, here.db, here.clock, actor=here.actor)
        done = False
        with feedback.told(**_labels()):
            cancel(meeting_id=this.id, reason=reason or "")
            said.success(t("It is cancelled."))
            forms.renew(name)
            place.clear()
            done = True
    return done


def _is_open(this: Meeting, here: Visit, button: str) -> bool:
    """Say whether a form is drawn: while its deed can be done, or was asked for just now."""
    can = not this.cancelled and this.plan.begins_at > here.now
    return can or forms.was_pressed(button)


def _fields(seen: Meeting | None, here: Visit) -> MeetingForm:
    """Draw the fields, filled with the meeting as it was when the form was opened."""
    plan = seen.plan if seen else None
    begins = plan.begins_at.astimezone(ZoneInfo(here.table.zone)) if plan else None
    title = st.text_input(
        t(LABELS["title"]), plan.title if plan else "", max_chars=text.LINE, autocomplete="off"
    )
    hour_label = f"{t(LABELS['hour'])} ({moments.zone_name(here.table.zone)})"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input(
            t(LABELS["day"]), begins.date() if begins else None, format="YYYY-MM-DD"
        )
        hour = st.time_input(hour_label, begins.time() if begins else None, step=300)
        minutes = st.number_input(
            t(LABELS["minutes"]), SHORTEST, LONGEST, plan.minutes if plan else USUAL, step=5
        )
    place = st.text_input(
        t(LABELS["place"]), plan.place if plan else "", max_chars=text.LINE, autocomplete="off"
    )
    link = st.text_input(
        t(LABELS["link"]), plan.link if plan else "", max_chars=LINK, autocomplete="off"
    )
    about = st.text_area(
        t(LABELS["about"]), plan.about if plan else "", max_chars=text.PARAGRAPH, height=120
    )
    readers = st.radio(
        t(LABELS["public"]),
        list(READERS),
        index=(0 if plan.public else 1) if plan else None,
        format_func=lambda one: t(READERS[one]),
    )
    public = None if readers is None else readers == PUBLIC
    return MeetingForm(title, day, hour, minutes, place, link, about, public)


def _labels() -> dict[str, str]:
    return {name: t(words) for name, words in LABELS.items()}
