"""Rules: what each says, what it would do, and the table's own, version by version."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import presets
from coalition.ui import entry
from coalition.ui.deliberation import rule_editor, rule_maker
from coalition.words import t

here = entry.require(Permission.MANAGE_RULE)
st.title(t("Rules"))
st.caption(t("A round keeps the rule it was opened with. What you add here is for later rounds."))
said = st.container()
choices = presets.list_choices(here.db, actor=here.actor)
roll = presets.roll_size(here.db, actor=here.actor)

st.header(t("What does each rule say?"))
chosen = rule_maker.pick(choices)
rule_editor.in_words(chosen.rule)
made = None
if chosen.rule is not None:
    with st.expander(t("What would it do?"), type="compact"):
        rule_editor.tried(chosen.rule, roll, name="shown")
    st.header(t("Should the table have one like it?"))
    made = rule_maker.fields(chosen, chosen.rule, roll)
if made is not None:
    with said:
        rule_maker.kept(made, here)

st.header(t("Which rules has the table made?"))
rule_maker.versions(presets.list_versions(here.db, actor=here.actor), here)
