"""What may be filled in while a text is before the table: who was heard, the Spanish summary."""

import streamlit as st

from coalition.domain.deliberation.proposals import (
    ProposalChanged,
    ProposalId,
    ProposalText,
    Stage,
    may_edit,
)
from coalition.domain.ground import text as limits
from coalition.services.deliberation import checklists, disclosures
from coalition.services.deliberation.checklists import Supplement
from coalition.services.deliberation.proposals import Detail
from coalition.ui import feedback, forms, parts
from coalition.ui.deliberation import draft_form, interest_form
from coalition.ui.entry import Entry
from coalition.words import t

STAGES = {Stage.SUBMITTED, Stage.OPEN, Stage.DECIDED}


def supplement(detail: Detail, here: Entry) -> None:
    """Offer to fill in what members do not vote on, to the champion and conveners."""
    this = detail.proposal
    if detail.stage not in STAGES or not may_edit(here.actor, this):
        return
    name, stands = f"supplement-{this.id}", (this.revision, this.text)
    told = t("Equity note, who was heard, and the Spanish summary")
    with parts.fold_form(told, key=name) as is_made:
        if not is_made:
            return
        opened = forms.opened_on(name, stands)
        if opened[0] != stands[0]:
            feedback.tell(ProposalChanged(reference=this.reference))
            if st.button(t("Show the saved text instead of mine"), key=f"drop-{name}"):
                forms.renew(name)
                opened = forms.opened_on(name, stands)
        _fields(this.id, opened, here, name)


def _fields(
    proposal_id: ProposalId, opened: tuple[int, ProposalText], here: Entry, name: str
) -> None:
    revision, kept = opened
    with forms.form(name, border=False, enter_to_submit=False):
        st.markdown(t("None of this is voted on. The text itself changes by a new version only."))
        given = Supplement(
            revision,
            equity_note=_paragraphs("equity_note", kept.equity_note),
            heard=_paragraphs("heard", kept.heard),
            perspectives=draft_form.perspectives(kept.perspectives),
            summary_es=_paragraphs("summary_es", kept.summary_es),
            summary_es_by=st.text_input(
                t(draft_form.QUESTIONS["summary_es_by"]), kept.summary_es_by, max_chars=limits.LINE
            )
            or "",
        )
        if st.form_submit_button(t("Save"), key=f"save-{forms.token(name)}"):
            with feedback.told(**draft_form.labels()):
                checklists.supplement(
                    here.db, here.clock, actor=here.actor, proposal_id=proposal_id, given=given
                )
                forms.renew(name)
                st.success(t("Saved. Members see it on this page."))


def champion_interest(detail: Detail, here: Entry) -> None:
    """Ask the champion, before a round opens, whether it has an interest; the others vote first."""
    this, seat = detail.proposal, here.actor.seat
    if detail.stage is Stage.WITHDRAWN or seat is None or seat.organisation_id != this.champion_id:
        return
    name = f"our-interest-{this.id}"
    with parts.fold_form(t("Our organisation's interest in this"), key=name) as is_made:
        if not is_made:
            return
        asked = disclosures.our_interest(
            here.db, actor=here.actor, now=here.now, proposal_id=this.id
        )
        key = forms.token(name)
        answer = interest_form.choose(asked, key, recusal=False)
        if not answer.needed:
            return
        words = interest_form.statement(answer, asked, key)
        if st.button(t("Put it on record"), key=f"disclose-{key}"):
            with feedback.told(**interest_form.labels()):
                disclosures.disclose(
                    here.db,
                    here.clock,
                    actor=here.actor,
                    proposal_id=this.id,
                    form=disclosures.DisclosureForm(answer.interest, words),
                    token=key,
                )
                forms.renew(name)
                st.success(t("It is on record."))


def _paragraphs(field: str, kept: str) -> str:
    question = t(draft_form.QUESTIONS[field])
    return st.text_area(question, kept, max_chars=limits.PARAGRAPH, height=draft_form.LOW) or ""
