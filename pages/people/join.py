"""Ask to join: a stranger writes, and takes a code away."""

import streamlit as st

from coalition.domain.people.inquiries import FormFaulty
from coalition.services.people import asking, promises
from coalition.ui import entry, feedback, forms, login
from coalition.ui.people import joining
from coalition.words import language, t

here = entry.visit()
st.title(t("Ask to join"))
earlier = forms.place(joining.AGAIN)
form = forms.place(forms.button_key(joining.FORM))
thanks = st.container(width=joining.WIDTH)
sent = asking.sent_with(here.db, token=forms.token(joining.FORM))
if sent:
    with earlier.box, st.container(width=joining.WIDTH):
        again = joining.thanks(sent, here)
    if not again:
        entry.end()
    forms.renew(joining.FORM)
    earlier.clear()
    sent = None

with form.box, st.container(width=joining.WIDTH):
    joining.before(promises.measured(here.db, now=here.now))
    asked = joining.draw()
if asked.form:
    with asked.summary, feedback.told():
        try:
            sent = asking.send_inquiry(
                here.db,
                here.clock,
                form=asked.form,
                source_key=login.source(),
                token=forms.token(joining.FORM),
                language=language(),
            )
        except FormFaulty as faulty:
            asked.tell(faulty)
if sent:
    form.clear()
    with thanks:
        joining.thanks(sent, here)
