"""The forms of suggested changes: to make one, to answer it, to take it back or further."""

import streamlit as st

from coalition.domain.deliberation.passages import LONGEST, Field
from coalition.domain.deliberation.proposals import ProposalId, Stage, may_edit
from coalition.domain.discussion.suggestions import State, Suggestion
from coalition.domain.discussion.wishes import ANSWERS, Answer, Wish
from coalition.domain.ground.permissions import Permission, Role, may
from coalition.domain.ground.text import PARAGRAPH
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import promoting, suggestions
from coalition.ui import address, feedback, forms, safe, screens
from coalition.ui.entry import Entry
from coalition.words import mark, t
from coalition.words import suggestions as words

LABELS = {
    "field": mark("Where the passage is"),
    "quote": mark("The passage"),
    "wording": mark("The new wording"),
    "reason": mark("The reason"),
    "answer": mark("The answer"),
    "agreed": mark("The agreed wording"),
}
CHANGES = {Stage.SUBMITTED, Stage.OPEN}  # in which a text can still change
ANSWERING = {
    State.ACCEPTED: mark("Accept: its words go into the next version"),
    State.IN_PART: mark("Accept in part: the wording agreed on below goes in"),
    State.DECLINED: mark("Decline: the text stays as it is"),
}


def make(detail: Detail, here: Entry) -> bool:
    """Offer to suggest a change; return whether one was sent now."""
    seated = here.actor.seat is not None or here.actor.role is not Role.MEMBER
    allowed = seated and may(here.actor, Permission.SUGGEST_CHANGE)
    if detail.stage not in CHANGES or not allowed:
        return False
    name = f"suggest-{detail.proposal.id}"
    with (
        st.expander(t("Suggest a change")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        key = forms.token(name)
        part = st.radio(
            t("Where is the passage?"),
            [one.value for one in Field],
            index=None,
            format_func=words.field,
            captions=[safe.label(detail.versions[-1].ask), ""],
            key=f"field-{key}",
        )
        quote = _area(t("The passage, copied from the text above"), f"quote-{key}", LONGEST)
        wording = _area(
            t("What should it say instead? Leave this empty to take the passage out."),
            f"wording-{key}",
        )
        reason = _area(t("Why?"), f"reason-{key}")
        pressed = st.form_submit_button(t("Send the suggestion"), key=f"send-{key}")
        if not pressed:
            return False
        done = False
        with feedback.told(**labels()):
            suggestions.suggest(
                here.db,
                here.clock,
                actor=here.actor,
                proposal_id=detail.proposal.id,
                wish=Wish(Field(part) if part else None, quote, wording, reason),
                token=key,
            )
            forms.renew(name)
            st.success(t("Sent. Whoever brings the proposal answers it here, with a reason."))
            done = True
    return done


def act(one: Suggestion, detail: Detail, here: Entry) -> bool:
    """Offer what this person may do with a suggestion; return whether it was done now."""
    answered = _answer(one, detail, here)
    mine = one.made_by == here.actor.account_id
    if mine and one.state is State.OPEN:
        return _withdraw(one, here) or answered
    if mine and one.state is State.DECLINED and one.became_id is None:
        _promote(one, here)
    return answered


def labels() -> dict[str, str]:
    """Return what the forms call each field, for refusals."""
    return {name: t(label) for name, label in LABELS.items()}


def open_proposal(number: ProposalId) -> None:
    """Go to a proposal's text, drawn anew."""
    st.switch_page(screens.page("proposal"), query_params=address.query(id=number, view="text"))


def _answer(one: Suggestion, detail: Detail, here: Entry) -> bool:
    """Offer to answer; the form is drawn once it is asked for, on the answer that stood then."""
    if one.is_settled or not may_edit(here.actor, detail.proposal):
        return False
    name = f"answer-{one.id}"
    if not forms.was_opened(name) and not forms.was_pressed(f"open-{name}"):
        asked = t("Answer it") if one.answered_at is None else t("Change the answer")
        st.button(asked, key=f"open-{name}")
        return False
    seen = forms.opened_on(name, one.answered_at)
    place = forms.place(forms.button_key(name))
    with place.box, forms.form(name, border=False, enter_to_submit=False):
        given = _answer_fields(one, forms.token(name), can_change=detail.stage in CHANGES)
        pressed = st.form_submit_button(t("Record the answer"), key=forms.button_key(name))
    if not pressed:
        return False
    done = False
    with feedback.told(**labels()):
        if seen != one.answered_at:
            forms.reopen(name, one.answered_at)
        suggestions.answer(
            here.db, here.clock, actor=here.actor, suggestion_id=one.id, given=given, seen=seen
        )
        forms.renew(name)
        place.clear().success(t("The answer is recorded."))
        done = True
    return done  # noqa: RET504 (a refusal leaves it False)


def _answer_fields(one: Suggestion, key: str, *, can_change: bool) -> Answer:
    offered = ANSWERS if can_change else (State.DECLINED,)
    chosen = st.radio(
        t("What is the answer?"),
        [state.value for state in offered],
        index=None,
        format_func=lambda code: t(ANSWERING[State(code)]),
        key=f"answer-{key}",
    )
    agreed = ""
    if can_change:
        agreed = _area(
            t("The wording agreed on, where you accept in part"),
            f"agreed-{key}",
            kept=one.agreed or one.wording,
        )
    reason = _area(t("Why? The author and all members read this."), f"reason-{key}")
    return Answer(State(chosen) if chosen else None, reason, agreed)


def _withdraw(one: Suggestion, here: Entry) -> bool:
    key = f"withdraw-suggestion-{one.id}"
    place = forms.place(key)
    if not place.box.button(t("Withdraw my suggestion"), key=key):
        return False
    done = False
    with feedback.told():
        suggestions.withdraw(here.db, here.clock, actor=here.actor, suggestion_id=one.id)
        place.clear().success(t("It is withdrawn."))
        done = True
    return done  # noqa: RET504 (a refusal leaves it False)


def _promote(one: Suggestion, here: Entry) -> None:
    """Offer to make a proposal of one's own declined suggestion, and go to its draft."""
    if not may(here.actor, Permission.DRAFT_PROPOSAL) or one.erased_at:
        return
    if st.button(t("Make it a proposal of its own"), key=f"promote-{one.id}"):
        with feedback.told():
            made = promoting.promote(here.db, here.clock, actor=here.actor, suggestion_id=one.id)
            st.switch_page(screens.page("draft"), query_params=address.query(id=made))


def _area(label: str, key: str, limit: int = PARAGRAPH, kept: str = "") -> str:
    return st.text_area(label, kept, max_chars=limit, height=80, key=key) or ""
