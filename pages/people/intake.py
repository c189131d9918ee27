"""Checklist and replies: what is asked of every applicant, and what is often answered."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.people import screening, templates
from coalition.ui import address, entry, forms, screens
from coalition.ui.people import screening_list, template_list
from coalition.words import t

here = entry.require(Permission.WORK_INQUIRY)
st.title(t("Checklist and replies"))
st.page_link(
    screens.page("inquiries"),
    label=t("All inquiries"),
    icon=":material/arrow_back:",
    query_params=address.query(),
)
st.header(t("Joining checklist"))
shown, news = st.container(), st.container()
place, after = forms.place(each=screening_list.BUTTONS), st.container()
items = screening.checklist(here.db, actor=here.actor)
with place.box:
    changed = screening_list.deeds(items, here)
if changed:
    place.clear()
    items = screening.checklist(here.db, actor=here.actor)
    news.success(t("Done."))
    with after:
        screening_list.deeds(items, here)
with shown:
    screening_list.draw(items)

st.header(t("Reply templates"))
news = st.container()
place, after = forms.place(each=template_list.BUTTONS), st.container()
with place.box:
    changed = template_list.deeds(templates.templates(here.db, actor=here.actor), here)
if changed:
    place.clear()
    news.success(t("Done."))
    with after:
        template_list.deeds(templates.templates(here.db, actor=here.actor), here)
