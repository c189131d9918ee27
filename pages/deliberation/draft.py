"""New proposal, and Edit draft: one question after the other."""

import streamlit as st

from coalition.domain.deliberation.proposals import (
    ProposalId,
    ProposalUnfinished,
    require_draft,
)
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission
from coalition.services.deliberation import proposals
from coalition.ui import address, entry, feedback, forms, parts, screens
from coalition.ui.deliberation import draft_form, draft_meeting, stance_cards
from coalition.ui.deliberation.draft_form import Opened
from coalition.ui.safe import label
from coalition.words import moments, t

here = entry.require(Permission.DRAFT_PROPOSAL)
number = address.item()
saved = None
try:
    if number is not None:
        saved = proposals.detail(
            here.db, actor=here.actor, now=here.now, proposal_id=ProposalId(number)
        ).proposal
        require_draft(saved)
except CoalitionError as refusal:
    st.title(t("Edit draft"))
    feedback.tell(refusal)
    stance_cards.way_back()
    entry.end()

name = f"draft-{number or 'new'}"
opened = forms.opened_on(name, Opened.on(saved))

with parts.reading():
    if saved is None:
        st.title(t("New proposal"))
        st.markdown(t("Start with a title and a pillar. The rest can follow later."))
    else:
        st.title(t("Edit draft {reference}", reference=label(saved.reference)))
        when = moments.when(saved.updated_at, here.zone)
        st.caption(t("Saved {when}. Only your organisation and conveners see it.", when=when))
        opened = draft_meeting.settle(name, opened, saved)
    sent = draft_form.fields(name, opened)
    below = st.container()

if sent.saved or sent.submitted:
    with below, feedback.told(**draft_form.labels()):
        draft_form.name_missing(sent)
        if sent.text is None:
            raise ProposalUnfinished(field="pillar")
        if saved is None:
            made = proposals.start_draft(
                here.db, here.clock, actor=here.actor, text=sent.text, token=forms.token(name)
            )
            forms.renew(name)
            st.switch_page(screens.page("draft"), query_params=address.query(id=made))
        proposals.edit_draft(
            here.db,
            here.clock,
            actor=here.actor,
            proposal_id=saved.id,
            revision=opened.revision,
            text=sent.text,
        )
        forms.reopen(name, Opened(opened.revision + 1, opened.text, sent.text.checked()))
        st.success(t("Saved as a draft."))
        if sent.submitted:
            proposals.submit_proposal(here.db, here.clock, actor=here.actor, proposal_id=saved.id)
            forms.renew(name)
            st.switch_page(screens.page("proposal"), query_params=address.query(id=saved.id))
