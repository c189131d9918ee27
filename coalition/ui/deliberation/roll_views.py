"""What happened to the roll of a round since it was opened, for everybody to read."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.deliberation.rolls import Change, RollChange
from coalition.ui import safe
from coalition.ui.entry import Entry
from coalition.words import moments, t


def changes(found: Sequence[RollChange], here: Entry) -> None:
    """Draw each change since the opening, with its reason."""
    if not found:
        return
    st.markdown(t("**Changed since the opening**"))
    lines = (f"- {moments.when(one.at, here.zone)} · {safe.label(told(one))}" for one in found)
    st.markdown("\n".join(lines))


def told(one: RollChange) -> str:
    """Return one change as plain text."""
    if one.change is Change.ADDED:
        return t("{who} was added to the roll: {why}", who=one.organisation, why=one.reason)
    return t("{who} was taken off the roll: {why}", who=one.organisation, why=one.reason)
