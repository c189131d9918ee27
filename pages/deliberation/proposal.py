"""Proposal: where it stands, what it says, who stands where, what happened."""

import streamlit as st

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import answers, proposals, standings
from coalition.ui import address, document, entry, feedback, parts
from coalition.ui.deliberation import (
    objection_views,
    proposal_deeds,
    proposal_views,
    stance_cards,
    supplement_form,
    text_view,
)
from coalition.ui.deliberation.proposal_views import (
    DISCUSSION,
    OBJECTIONS,
    STANCES,
    SUMMARY,
    TEXT,
    Shelf,
)
from coalition.ui.discussion import suggestions_view, threads
from coalition.ui.effect import decision_views, rounds_view
from coalition.ui.safe import label
from coalition.ui.table import timeline_view
from coalition.words import t

here = entry.require(Permission.READ_TABLE)
try:
    detail = proposals.detail(
        here.db, actor=here.actor, now=here.now, proposal_id=ProposalId(address.item() or 0)
    )
except CoalitionError as refusal:
    st.title(t("Proposal"))
    feedback.tell(refusal)
    stance_cards.way_back()
    entry.end()

this = detail.round
stand = answer = None
if this:
    stand = standings.standing(here.db, actor=here.actor, now=here.now, round_id=this.id)
    answer = answers.ours(here.db, actor=here.actor, rounds=[this.id]).get(this.id)

st.title(label(detail.proposal.text.title))
document.title(t("Proposal"), detail.proposal.text.title)
proposal_views.status(Shelf(detail, stand, answer), here)
said_since = st.container()
view = proposal_views.choose()
if view == SUMMARY:
    proposal_views.summary(detail.proposal.text, detail.proposal.champion)
    with parts.reading():
        supplement_form.champion_interest(detail, here)
        supplement_form.supplement(detail, here)
        proposal_deeds.withdrawal(detail, here)
elif view == TEXT:
    text_view.draw(detail, here)
    suggestions_view.draw(detail, here)
elif view == OBJECTIONS:
    objection_views.draw(detail, here)
elif view == DISCUSSION:
    threads.draw(detail, here)
elif view == STANCES:
    rounds_view.stances(detail, stand, here)
else:
    timeline_view.draw(detail, here)
if this:
    with said_since:
        decision_views.heading(this, here)
