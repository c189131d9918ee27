"""What may be done with a proposal from its own page."""

import streamlit as st

from coalition.domain.deliberation.proposals import Proposal, Stage, may_edit
from coalition.domain.deliberation.rounds import Status
from coalition.services.deliberation import proposals
from coalition.services.deliberation.proposals import Detail
from coalition.ui import feedback, forms, parts
from coalition.ui.entry import Entry
from coalition.words import mark, t

STAGES = {Stage.DRAFT, Stage.SUBMITTED, Stage.OPEN}
LIVE = {Status.OPEN, Status.SCHEDULED}
LABELS = {"reason": mark("The reason")}


def withdrawal(detail: Detail, here: Entry) -> None:
    """Offer to take the proposal off the table, with a tick to confirm, to those who may."""
    proposal = detail.proposal
    if detail.stage not in STAGES or not may_edit(here.actor, proposal):
        return
    running = detail.round is not None and detail.round.status(here.now) in LIVE
    name = f"withdraw-proposal-{proposal.id}"
    with parts.fold_form(t("Withdraw this proposal"), key=name) as is_made:
        if is_made:
            _form(proposal, here, name, running=running)


def _form(proposal: Proposal, here: Entry, name: str, *, running: bool) -> None:
    key = forms.token(name)
    with forms.form(name, border=False, enter_to_submit=False):
        st.markdown(t("It leaves the table for good. Its number and its history stay."))
        reason = st.text_area(
            t("Why it is withdrawn (members read this)"), max_chars=2_000, key=f"reason-{key}"
        )
        tell = running and st.checkbox(
            t("Cancel the round that runs, and tell those who have answered"), key=f"tell-{key}"
        )
        sure = st.checkbox(t("Yes, take it off the table"), key=f"sure-{key}")
        pressed = st.form_submit_button(t("Withdraw"), key=f"withdraw-{key}")
        if pressed and not sure:
            st.warning(t("Please tick the box first. Nothing was changed."))
        if pressed and sure:
            with feedback.told(**{field: t(words) for field, words in LABELS.items()}):
                proposals.withdraw_proposal(
                    here.db,
                    here.clock,
                    actor=here.actor,
                    proposal_id=proposal.id,
                    reason=reason,
                    tell=tell,
                )
                forms.renew(name)
                st.success(t("It is withdrawn."))
