"""What forms share: a place that is cleared once a deed is done."""

from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from coalition.ui import forms

place = forms.place("send")
with place.box:
    pressed = st.button("Send", key="send")
if pressed:
    place.clear()
"""


def test_a_form_is_gone_in_the_run_of_its_deed_and_there_before():
    page = AppTest.from_string(SCRIPT).run()
    assert [one.label for one in page.button] == ["Send"]

    page.button("send").click().run()
    assert not page.exception
    assert not page.button
