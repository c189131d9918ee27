"""How we decide: the stances, the rule, a what-if, and a vote that counts for nothing."""

import streamlit as st

from coalition.ui import entry, parts
from coalition.ui.deliberation import rule_lesson
from coalition.words import t

here = entry.visit()
st.title(t("How we decide"))
with parts.reading():
    st.markdown(
        t(
            "Each member organisation has one voice. A convener puts a proposal to all of them, "
            "each records a stance, and a rule that was fixed beforehand says how it ended."
        )
    )
    st.header(t("What can an organisation say?"))
    rule_lesson.stances()
    st.header(t("When is something adopted?"))
    st.markdown(t("Unless a convener chooses another rule before the round opens:"))
    rule_lesson.rule()
st.header(t("What if …?"))
st.markdown(t("Change the numbers and see what the rule makes of them."))
rule_lesson.what_if()
with parts.reading():
    st.header(t("Would you like to practise?"))
    rule_lesson.practice()
