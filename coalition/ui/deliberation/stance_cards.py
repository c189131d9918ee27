"""What stands around the form for a stance: the proposal, the answer that stands, the receipt."""

import streamlit as st

from coalition.domain.deliberation.ballots import WITHDRAWN, Ballot
from coalition.domain.deliberation.rounds import Results, Round, RoundKind
from coalition.services.deliberation import disclosures
from coalition.services.deliberation.ballots import Entry, Offer
from coalition.services.deliberation.proposals import Detail
from coalition.ui import address, forms, parts, safe, screens
from coalition.ui.deliberation import phrases, stance_form
from coalition.ui.deliberation.stance_form import Asked
from coalition.ui.entry import Entry as Here
from coalition.words import codes, moments, t


def about(detail: Detail, this: Round, here: Here) -> None:
    """Draw the proposal in three lines, its deadline, and the text behind an expander."""
    text = detail.proposal.text
    st.markdown(f"**{phrases.heading(detail.proposal)}**")
    if text.summary:
        st.markdown(safe.md(text.summary))
    if asked := phrases.ask(text):
        st.markdown(asked)
    parts.deadline(phrases.deadline(this, here.now, here.table.zone, here.zone))
    if this.results is Results.HIDDEN:
        st.caption(t("Until it closes, only your own organisation sees your stance."))
    version = next(one for one in detail.versions if one.id == this.version_id)
    with st.expander(t("Read the text, version {number}", number=version.number)):
        st.markdown(safe.md(version.body))
        st.caption(t("Fingerprint of this text: {hash}", hash=version.content_hash[:16]))


def standing(entry: Entry, here: Here) -> None:
    """Draw the answer of the organisation that stands, and who gave it when."""
    ballot = entry.ballot
    with st.container(border=True):
        st.markdown(f"**{safe.label(entry.organisation)}: {phrases.stance(ballot.stance)}**")
        stance_form.words(entry.words)
        st.caption(
            t(
                "{person}, {capacity} · {when} · receipt {receipt}",
                person=safe.label(entry.cast_by),
                capacity=codes.capacity(ballot.capacity),
                when=moments.when(ballot.cast_at, here.zone),
                receipt=ballot.receipt,
            )
        )


def recorded(ballot: Ballot, this: Round, organisation: str, here: Here) -> None:
    """Say that it was recorded, until when it can be changed, and where to go from here."""
    name = safe.label(organisation)
    told = (
        t("Withdrawn for {organisation}", organisation=name)
        if ballot.stance is None
        else t("Recorded for {organisation}", organisation=name)
    )
    with st.container(border=True):
        st.success(_recorded(ballot, this, here), title=told)
        st.markdown(t("**Receipt:** `{receipt}`", receipt=ballot.receipt))
        st.caption(t("With this code your organisation and the convener find this answer again."))
        with st.container(horizontal=True):
            st.page_link(screens.page("today"), query_params=address.query())
            st.page_link(
                screens.page("proposal"),
                label=t("Back to the proposal"),
                query_params=address.query(id=this.proposal_id),
            )


def which(detail: Detail, this: Round) -> str:
    """Return the proposal and the text version an answer is about, as one harmless line."""
    heading = phrases.heading(detail.proposal)
    return t("{proposal}, text version {n}", proposal=heading, n=this.version)


def until(this: Round, here: Here) -> str:
    """Return how long an answer can be changed."""
    closing = moments.when_both(this.closes_at, here.table.zone, here.zone)
    return t("You can change or withdraw it until {when}.", when=closing)


def place(answer: str, again: str, leaving: str) -> forms.Place:
    """Make the place of the three forms on the page, which goes once one of them is acted on."""
    return forms.place(
        f"confirm-{forms.token(answer)}",
        f"reconfirm-{forms.token(again)}",
        f"withdraw-{forms.token(leaving)}",
    )


def withdrawal(name: str) -> bool:
    """Offer to take the answer back, with a tick to confirm; return whether to do it now."""
    with parts.fold_form(t("Withdraw our answer"), key=name) as is_made:
        return is_made and _leaving(name)


def _leaving(name: str) -> bool:
    with forms.form(name, border=False, enter_to_submit=False):
        st.markdown(
            t("Your organisation then counts as not heard from. The history keeps what it said.")
        )
        sure = st.checkbox(t("Yes, withdraw our answer"), key=f"sure-{forms.token(name)}")
        pressed = st.form_submit_button(t("Withdraw"), key=f"withdraw-{forms.token(name)}")
        if pressed and not sure:
            st.warning(t("Please tick the box first. Nothing was changed."))
    return pressed and sure


def asked(offer: Offer, here: Here, name: str) -> Asked:
    """Return what the form is about, for the person's own organisation."""
    seat = here.actor.seat
    before = offer.standing
    return Asked(
        name=name,
        stances=offer.round.stances,
        organisation=seat.organisation if seat else "",
        replaces=_replacing(before, here) if before and before.ballot.stance else "",
        is_binding=offer.round.kind is RoundKind.BINDING,
        is_second=offer.unconfirmed,
        interest=_interest(offer.round, here),
    )


def question(asked: Asked) -> str:
    """Return the one question of the form, as its heading."""
    if asked.is_signature:
        return t("Does our organisation sign?")
    return t("Change our answer") if asked.replaces else t("Where does our organisation stand?")


def closed(detail: Detail, this: Round, here: Here, before: Entry | None) -> None:
    """Say that no answer can be given here now, what was said, and show the way back."""
    parts.empty(
        t("Nothing can be recorded here now"),
        phrases.deadline(this, here.now, here.table.zone, here.zone),
    )
    if before:
        st.header(t("What we said"))
        standing(before, here)
    st.page_link(
        screens.page("proposal"),
        label=t("Open the proposal"),
        query_params=address.query(id=detail.proposal.id),
    )


def way_back() -> None:
    """Offer the list of proposals."""
    st.page_link(screens.page("proposals"), query_params=address.query(), label=t("All proposals"))


def _interest(this: Round, here: Here) -> disclosures.Asked | None:
    """Return what the form asks about an interest with; only binding rounds ask."""
    if this.kind is not RoundKind.BINDING:
        return None
    return disclosures.our_interest(
        here.db, actor=here.actor, now=here.now, proposal_id=this.proposal_id
    )


def _replacing(before: Entry, here: Here) -> str:
    if before.ballot.cast_by == here.actor.account_id:
        return t("Yes, replace what I answered before")
    return t("Yes, replace the answer that {person} gave", person=safe.label(before.cast_by))


def _recorded(ballot: Ballot, this: Round, here: Here) -> str:
    said = codes.stance(ballot.stance or WITHDRAWN)
    return t(
        "{stance} · {when}, changeable until {until}",
        stance=said,
        when=moments.when(ballot.cast_at, here.zone),
        until=moments.when_both(this.closes_at, here.table.zone, here.zone),
    )
