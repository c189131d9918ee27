"""Accounts and seats: who is let in, which organisations there are, who sits for which."""

import streamlit as st

from coalition.domain.ground.permissions import Permission
from coalition.ui import entry
from coalition.ui.notices import undelivered
from coalition.ui.table import keepers
from coalition.words import t

here = entry.require(Permission.INVITE_ACCOUNT)
st.title(t("Accounts and seats"))
parts = {
    "accounts": (t("Accounts"), keepers.people),
    "organisations": (t("Organisations"), keepers.groups),
    "seats": (t("Seats"), keepers.places),
}
chosen = st.segmented_control(
    t("Part"),
    list(parts),
    default="accounts",
    required=True,
    format_func=lambda part: parts[part][0],
    label_visibility="collapsed",
)
parts[chosen or "accounts"][1](here)
undelivered.draw(here)
