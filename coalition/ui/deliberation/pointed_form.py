"""What an objection points at: the words it is about, and what they should say instead."""

import streamlit as st

from coalition.domain.deliberation.objections import Pointed
from coalition.domain.deliberation.passages import LONGEST
from coalition.ui import safe
from coalition.words import mark, t

WHOLE_TEXT = Pointed()
LABELS = {
    "quote": mark("The words it is about"),
    "wording": mark("What they should say instead"),
}


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    return {name: t(label) for name, label in LABELS.items()}


def fields(key: str) -> Pointed:
    """Draw the fields and return what they hold."""
    quote = st.text_area(
        t("The words it is about, copied from the text; empty means the text as a whole"),
        max_chars=LONGEST,
        height=80,
        key=f"quote-{key}",
    )
    wording = st.text_area(
        t("What they should say instead, if you can say it"),
        max_chars=LONGEST,
        height=80,
        key=f"wording-{key}",
    )
    st.caption(
        t("If the text is adopted over it, the objection is published with the answer to it.")
    )
    named = st.checkbox(t("We may be named there."), key=f"named-{key}")
    return Pointed(quote or "", wording or "", named)


def told(pointed: Pointed) -> None:
    """Draw what was filled in, for checking."""
    if pointed.quote:
        st.markdown(t("**About these words:** {quote}", quote=safe.md(pointed.quote)))
    if pointed.wording:
        st.markdown(t("**Proposed instead:** {wording}", wording=safe.md(pointed.wording)))
