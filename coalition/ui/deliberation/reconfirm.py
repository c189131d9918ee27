"""One step for whoever answered already: see what changed, and confirm."""

import streamlit as st

from coalition.domain.deliberation.proposals import TextVersion, VersionId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import Capacity
from coalition.services.deliberation.ballots import Entry, Offer
from coalition.services.deliberation.proposals import Detail
from coalition.ui import address, forms, parts, safe, screens
from coalition.ui.deliberation import phrases, stance_cards, text_compare
from coalition.ui.deliberation.stance_form import AUTHORITY, LONGEST_NAME
from coalition.ui.entry import Entry as Here
from coalition.words import t


def draw(offer: Offer, detail: Detail, here: Here, name: str) -> str:
    """Draw the answer that stands, if any; one that is unconfirmed with what changed since.

    Returns:
        The statement of authority once the answer was confirmed, else "".
    """
    before = offer.standing
    if before is None or before.ballot.stance is None:
        return ""
    if offer.unconfirmed:
        return _unconfirmed(offer, before, detail, here, name)
    with parts.reading():
        st.header(t("What we have said so far"))
        stance_cards.standing(before, here)
    return ""


def _unconfirmed(offer: Offer, before: Entry, detail: Detail, here: Here, name: str) -> str:
    recorded = before.ballot.capacity is Capacity.RECORDED
    st.header(t("Does this answer stand?") if recorded else t("Does our answer still stand?"))
    if recorded:
        st.markdown(
            t("A convener recorded this for us. Until one of us confirms it, it is unconfirmed.")
        )
    changes(detail, before.ballot.version_id, offer.round.version_id)
    stance_cards.standing(before, here)
    if before.ballot.stance is Stance.OBJECT:
        st.page_link(
            screens.page("proposal"),
            label=t("What was answered to our objection"),
            query_params=address.query(id=offer.round.proposal_id, view="objections"),
        )
    if offer.round.rule is not None and not offer.disclosed:
        st.markdown(t("Please answer below: we are asked about our interests first."))
        return ""
    with forms.form(name, border=False, enter_to_submit=False):
        said = t(AUTHORITY, organisation=before.organisation[:LONGEST_NAME])
        may_speak = st.checkbox(safe.label(said), key=f"authority-{forms.token(name)}")
        pressed = st.form_submit_button(
            t("Confirm: {stance}", stance=phrases.stance(before.ballot.stance)),
            type="primary",
            key=f"reconfirm-{forms.token(name)}",
        )
    st.caption(t("Or change or withdraw the answer below."))
    if pressed and not may_speak:
        st.warning(t("Please tick the box first. Nothing was changed."))
    return said if pressed and may_speak else ""


def changes(detail: Detail, given_on: VersionId, now_on: VersionId) -> None:
    """Draw what changed between the text an answer was given on and the one in force."""
    if given_on == now_on:
        return
    by_id = {one.id: one for one in detail.versions}
    before, after = by_id[given_on], by_id[now_on]
    st.markdown(
        t(
            "It was given on version {before}. Version {after} is in force now.",
            before=before.number,
            after=after.number,
        )
    )
    for one in _between(detail, before, after):
        if one.note:
            told = t("**Version {n}:** {note}", n=one.number, note=safe.md(one.note))
            st.markdown(told)
    text_compare.legend()
    text_compare.side_by_side(before, after)


def _between(detail: Detail, before: TextVersion, after: TextVersion) -> list[TextVersion]:
    return [one for one in detail.versions if before.number < one.number <= after.number]
