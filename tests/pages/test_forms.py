"""What forms share: a place that is cleared once a deed is done."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from coalition.domain.ground.permissions import Role
from coalition.domain.people.screening import Wording
from coalition.services.people import screening
from coalition.ui import forms
from tests.builders import a_comment, a_person, a_proposal, a_table

SCRIPT = """
import streamlit as st
from coalition.ui import forms

place = forms.place("send")
with place.box:
    pressed = st.button("Send", key="send")
    st.checkbox("Sure", key="sure")
if pressed:
    place.clear().success("Sent")
"""
ROWS = """
import streamlit as st
from coalition.ui import forms

place = forms.place(each="open-")
with place.box:
    pressed = [st.button(f"Open {n}", key=f"open-{n}") for n in (1, 2)]
    st.checkbox("Sure", key="sure")
st.button("Else", key="else")
if any(pressed):
    place.clear()
"""


@pytest.fixture
def emptied(monkeypatch):
    """Return a list that grows with every st.empty that is drawn."""
    drawn, empty = [], st.empty

    def noted():
        drawn.append(1)
        return empty()

    monkeypatch.setattr(st, "empty", noted)
    return drawn


def test_a_form_is_gone_in_the_run_of_its_deed_and_there_before():
    page = AppTest.from_string(SCRIPT).run()
    assert [one.label for one in page.button] == ["Send"]

    page.button("send").click().run()
    assert not page.exception
    assert not page.button
    assert [one.value for one in page.success] == ["Sent"]


def test_a_place_can_be_emptied_in_no_run_but_that_of_its_button(emptied):
    page = AppTest.from_string(SCRIPT).run()
    page.checkbox("sure").check().run()
    assert not emptied

    page.button("send").click().run()
    assert len(emptied) == 1


def test_a_list_can_be_emptied_in_the_run_of_any_row_s_button_and_no_other(emptied):
    page = AppTest.from_string(ROWS).run()
    page.checkbox("sure").check().run()
    page.button("else").click().run()
    assert [one.label for one in page.button] == ["Open 1", "Open 2", "Else"]
    assert not emptied

    page.button("open-2").click().run()
    assert not page.exception
    assert [one.label for one in page.button] == ["Else"]
    assert len(emptied) == 1


def test_a_place_is_not_cleared_in_a_run_without_its_button():
    with pytest.raises(RuntimeError, match="in which its button was pressed"):
        forms.Place(st.container(), None).clear()


def test_whoever_chooses_on_the_joining_checklist_keeps_the_form(visit, db, clock, emptied):
    convener = a_person(db, role=Role.CONVENER)
    wordings = [Wording("Do you pay no lobbyist?", required=True)]
    screening.add_items(db, clock, actor=convener, wordings=wordings, token="first")
    app = visit("intake", as_=convener)

    app.selectbox[0].select_index(0).run()
    assert "Save as a new version" in [one.label for one in app.button]
    app.checkbox[-1].check().run()
    assert not app.exception
    assert not emptied


def test_whoever_writes_in_a_discussion_keeps_the_form(visit, db, clock, emptied):
    convener, (delegate, *_) = a_table(db)
    subject = a_proposal(db, clock, convener)
    this = a_comment(db, clock, delegate, subject, "We see it in our clinic.")
    query = {"id": subject, "view": "discussion"}

    visit("proposal", as_=delegate, **query).text_area[0].input("So do we.").run()
    opened = visit("proposal", as_=delegate, **query, thread=this, comment=this)
    opened.text_area[0].input("We saw it in our clinic.").run()
    assert "Leave it as it is" in [one.label for one in opened.button]
    assert not opened.exception
    assert not emptied
