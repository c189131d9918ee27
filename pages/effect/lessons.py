"""Lessons: what was tried and what came of it; one in full by ?id=."""

import streamlit as st

from coalition.domain.effect.lessons import LessonId, LessonNotFound, may_write
from coalition.services.effect import learned
from coalition.services.effect.learned import EVERY, PAGE
from coalition.ui import address, document, entry
from coalition.ui.deliberation import proposal_list
from coalition.ui.downloads import csv_button
from coalition.ui.effect import lesson_cards, lesson_forms
from coalition.words import t, tn

here = entry.visit()
number = address.opened()
if number is not None:
    wanted = LessonId(number)
    try:
        found = learned.one(here.db, actor=here.actor, now=here.now, lesson_id=wanted)
    except LessonNotFound:
        lesson_cards.missing()
        entry.end()
    told, shelf = st.container(), st.container()
    if done := lesson_forms.deeds(found, here):
        told.success(done)
        found = learned.one(here.db, actor=here.actor, now=here.now, lesson_id=wanted)
        lesson_forms.deeds(found, here)
    document.title(t("Lessons"), found.lesson.text.title)
    with shelf:
        lesson_cards.draw(found, here)
    lesson_cards.everything()
    entry.end()

st.title(t("Lessons"))
st.markdown(t("What members tried and what came of it, so that nobody has to start from nothing."))
pillar = proposal_list.pillars() or ""
writes = may_write(here.actor)
if writes and (done := lesson_forms.writing(here)):
    st.success(done)
    lesson_forms.writing(here)


def page(number: int, size: int = PAGE) -> learned.Page:
    """Return one page of what was asked for."""
    return learned.page(
        here.db, actor=here.actor, now=here.now, pillar=pillar, number=number, size=size
    )


listing = page(1)
if not listing.items:
    lesson_cards.nothing(pillar, writes=writes)
    entry.end()

st.markdown(t("[Feed of positions and lessons](positions.atom)"))
st.caption(tn("{n} lesson", "{n} lessons", listing.total))
shelf = st.container()
pages = -(-listing.total // PAGE)
turned = st.pagination(pages, key=f"page-{pillar}") if pages > 1 else 1
if turned > 1:
    listing = page(turned)
with shelf:
    lesson_cards.cards(listing.items, here)
csv_button(lambda: lesson_cards.frame(page(1, EVERY).items, here), "lessons", key="lessons-csv")
