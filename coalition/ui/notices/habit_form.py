"""The form in which a person says how they want to be told."""

import streamlit as st
from babel.dates import get_day_names

from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import WEEK, Pace, concerning
from coalition.services.notices import choosing
from coalition.ui import feedback, forms
from coalition.ui.entry import Entry
from coalition.words import language, notices, t

NAME = "notices"


def draw(here: Entry) -> None:
    """Draw the choice of a pace for each kind that may concern the person, and of quiet days."""
    habit = choosing.habit(here.db, actor=here.actor)
    said = st.container()
    with forms.form(NAME):
        paces = {kind: _pace(kind, habit.pace(kind)) for kind in concerning(here.actor.role)}
        days = get_day_names("wide", locale=language())
        quiet = st.multiselect(
            t("Days without mail"),
            range(WEEK),
            default=sorted(habit.quiet),
            format_func=lambda day: days[day],
            placeholder=t("None"),
        )
        sent = st.form_submit_button(t("Keep this"), type="primary")
    if sent:
        with said, feedback.told(quiet=t("Days without mail")):
            choosing.save_habit(here.db, here.clock, actor=here.actor, paces=paces, quiet=quiet)
            st.success(t("Kept. It counts from the next notice on."))


def _pace(kind: NoticeKind, now: Pace) -> Pace:
    """Ask how soon, beginning at what holds now."""
    paces = list(Pace)
    chosen: Pace = st.selectbox(
        notices.kind(kind), paces, index=paces.index(now), format_func=notices.pace
    )
    return chosen
