"""What a convener may do with a decision: say what followed, mark it as superseded."""

from datetime import timedelta

import streamlit as st

from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.effect.outcomes import today
from coalition.services.effect import outcomes, supersessions
from coalition.services.effect.outcomes import OutcomeForm
from coalition.services.effect.supersessions import SupersessionForm
from coalition.ui import feedback, forms
from coalition.ui.deliberation import phrases
from coalition.ui.entry import Entry
from coalition.words import mark, t

LABELS = {
    "statement": mark("What has followed"),
    "review_on": mark("Look at it again on (may be left out)"),
    "successor": mark("The newer decision"),
    "reason": mark("Why it takes the place of this one"),
}


def stating(this: Round, here: Entry) -> str:
    """Draw the form of an outcome statement; return what was done in words, or ""."""
    name = f"outcome-{this.id}"
    place = forms.place(forms.button_key(name))
    with (
        place.box,
        st.expander(t("State what has followed")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        key = forms.token(name)
        st.markdown(
            t(
                "Members read it now, the public once the result is published. Earlier statements "
                "stay readable under the newest."
            )
        )
        words = st.text_area(
            t(LABELS["statement"]), max_chars=2_000, height=140, key=f"words-{key}"
        )
        tomorrow = today(here.now, here.table.zone) + timedelta(days=1)
        review_on = st.date_input(
            t(LABELS["review_on"]),
            None,
            min_value=tomorrow,
            format="YYYY-MM-DD",
            key=f"review-{key}",
        )
        pressed = st.form_submit_button(t("State it"), key=forms.button_key(name))
    if not pressed:
        return ""
    form, done = OutcomeForm(this.id, words or "", review_on, key), ""
    with feedback.told(**_labels()):
        outcomes.state_outcome(here.db, here.clock, actor=here.actor, form=form)
        done = t("It stands with the decision now.")
        forms.renew(name)
        place.clear()
    return done


def superseding(this: Round, here: Entry) -> str:
    """Draw the form that marks a decision as superseded, where a newer one was adopted."""
    found = supersessions.successors(here.db, actor=here.actor, round_id=this.id)
    if not found:
        return ""
    headings = {int(one.round.id): phrases.heading(one.proposal) for one in found}
    name = f"supersede-{this.id}"
    place = forms.place(forms.button_key(name))
    with (
        place.box,
        st.expander(t("Mark it as superseded")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        key = forms.token(name)
        st.markdown(t("Both decisions then lead to each other. This cannot be undone."))
        chosen = st.selectbox(
            t(LABELS["successor"]),
            list(headings),
            index=None,
            format_func=headings.__getitem__,
            placeholder=t("Choose one"),
            key=f"successor-{key}",
        )
        reason = st.text_area(t(LABELS["reason"]), max_chars=2_000, height=100, key=f"why-{key}")
        pressed = st.form_submit_button(t("Mark as superseded"), key=forms.button_key(name))
    if not pressed:
        return ""
    by = None if chosen is None else RoundId(chosen)
    form, done = SupersessionForm(this.id, by, reason or "", key), ""
    with feedback.told(**_labels()):
        supersessions.supersede(here.db, here.clock, actor=here.actor, form=form)
        done = t("It is marked as superseded.")
        forms.renew(name)
        place.clear()
    return done


def _labels() -> dict[str, str]:
    return {name: t(words) for name, words in LABELS.items()}
