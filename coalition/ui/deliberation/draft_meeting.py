"""Two people at one draft: the second sees what the first changed, and loses nothing typed."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from coalition.domain.deliberation.proposals import Proposal, ProposalChanged, ProposalText
from coalition.ui import feedback, forms
from coalition.ui.deliberation import draft_form, text_compare
from coalition.ui.deliberation.draft_form import Opened
from coalition.words import codes, t

_CODES: dict[str, Callable[[str], str]] = {
    "pillar": codes.pillar,
    "ask_type": codes.ask_type,
    "instrument_type": codes.instrument,
}


def settle(name: str, opened: Opened, saved: Proposal) -> Opened:
    """Show what somebody else saved since a form was opened; return what it now stands on."""
    if opened.revision == saved.revision:
        return opened
    place = forms.place(f"mine-{name}", f"theirs-{name}")
    with place.box, st.container(border=True):
        feedback.tell(ProposalChanged(reference=saved.reference))
        _changes(opened.base, saved.text)
        with st.container(horizontal=True):
            mine = st.button(t("Go on with my text"), key=f"mine-{name}")
            theirs = st.button(t("Show the saved text instead of mine"), key=f"theirs-{name}")
    if mine:
        place.clear().success(t("Your text is kept below. Save it to put it in place of theirs."))
        opened = replace(opened, revision=saved.revision, base=saved.text)
        forms.reopen(name, opened)
    if theirs:
        place.clear()
        forms.renew(name)
        opened = forms.opened_on(name, Opened.on(saved))
    return opened


def _changes(before: ProposalText | None, after: ProposalText) -> None:
    """Draw each field that was changed, with what went and what came."""
    old = before or draft_form.BLANK
    text_compare.legend()
    for field, label in draft_form.labels().items():
        gone, come = (_told(field, text) for text in (old, after))
        if gone != come:
            st.markdown(f"**{label}**")
            st.markdown(text_compare.inline(gone, come))


def _told(field: str, text: ProposalText) -> str:
    value = getattr(text, field)
    word = _CODES.get(field)
    if isinstance(value, tuple):
        say = codes.perspective if field == "perspectives" else codes.pillar
        return ", ".join(say(one) for one in value)
    return word(value or "") if word else str(value)
