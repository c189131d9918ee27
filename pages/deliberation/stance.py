"""Record our stance: read, choose, check, confirm; then the receipt."""

import streamlit as st

from coalition.domain.deliberation.ballots import NotOnTheRoll
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import ballots, proposals
from coalition.ui import address, document, entry, feedback, forms, parts
from coalition.ui.deliberation import (
    clearance_card,
    evidence_views,
    phrases,
    reconfirm,
    stance_cards,
    stance_deeds,
    stance_form,
    stance_news,
)
from coalition.words import t

here = entry.require(Permission.CAST_BALLOT)
round_id = RoundId(address.item() or 0)
try:
    offer = ballots.offer(here.db, actor=here.actor, now=here.now, round_id=round_id)
    detail = proposals.detail(
        here.db, actor=here.actor, now=here.now, proposal_id=offer.round.proposal_id
    )
except CoalitionError as refusal:
    st.title(t("Record our stance"))
    feedback.tell(refusal)
    stance_cards.way_back()
    entry.end()

this, before = offer.round, offer.standing
st.title(phrases.answering(this))
document.title(t("Record our stance"), detail.proposal.text.title)
name, again, leaving = f"stance-{round_id}", f"reconfirm-{round_id}", f"withdraw-{round_id}"
with parts.reading():
    stance_cards.about(detail, this, here)
    if not offer.on_roll:
        feedback.tell(NotOnTheRoll())
    if not offer.on_roll or not this.is_open(here.now):
        stance_cards.closed(detail, this, here, before)
        if not forms.was_opened(name):  # else it closed meanwhile: what was written stays
            entry.end()
asked = stance_cards.asked(offer, here, name)
last = before.ballot.id if before else None
is_new = stance_news.tell(offer, detail, name)
above, place, below = st.container(), stance_cards.place(name, again, leaving), st.container()
with place.box:
    evidence_views.ours(before, here)
    authority = reconfirm.draw(offer, detail, here, again)
    with parts.reading():
        st.header(stance_cards.question(asked))
        filled = stance_form.fields(asked)
        if filled.pressed:
            stance_form.complain(filled)
        confirmed = filled.is_complete and stance_form.review(
            filled,
            asked,
            about=stance_cards.which(detail, this),
            until=stance_cards.until(this, here),
        )
        withdrawn = bool(asked.replaces) and stance_cards.withdrawal(leaving)
        clearance_card.draw(round_id, here)

done = None
with below, feedback.told(**stance_form.labels()):
    if confirmed and not is_new:  # nothing is sent in a run that brings news
        done = stance_deeds.record(this, filled, last, here, name)
    elif authority and not is_new:
        done = stance_deeds.confirm(offer, authority, here, again, form=name)
    elif withdrawn and not is_new:
        done = stance_deeds.withdraw(this, here, leaving, form=name)
if done:
    place.clear()
    with above, parts.reading():
        stance_cards.recorded(done, this, asked.organisation, here)
