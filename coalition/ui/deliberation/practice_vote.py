"""A practice vote: the real form over an invented proposal, and the real rule over its result."""

import streamlit as st

from coalition.domain.deliberation import presets
from coalition.domain.deliberation.decisions import decide
from coalition.domain.deliberation.stances import STANCES, Stance
from coalition.domain.deliberation.tallies import Case, Tally
from coalition.domain.ground.permissions import Actor
from coalition.ui import forms, parts
from coalition.ui.deliberation import distances, phrases, stance_form, sums
from coalition.ui.deliberation.stance_form import Asked
from coalition.words import codes, t
from coalition.words.verdicts import explanation, still_needed_in_words

OTHERS = {  # what ten invented organisations answered; the eleventh is the reader's
    Stance.SUPPORT: 5,
    Stance.SUPPORT_WITH_RESERVATIONS: 1,
    Stance.ABSTAIN: 1,
    Stance.OBJECT: 1,
}
ROLL = 11


def ask(person: Actor) -> Stance | None:
    """Draw the form over an invented proposal; return the stance once it was confirmed."""
    st.info(
        t(
            "This is practice. We keep that you did it and when, and nothing of what you choose "
            "or write."
        ),
        icon=":material/school:",
    )
    st.markdown(t("**Invented proposal:** every waiting room should have a water tap."))
    name = person.seat.organisation if person.seat else t("your organisation")
    asked = Asked("practice-vote", STANCES, name)
    place = forms.place(f"confirm-{forms.token(asked.name)}")
    with place.box:
        filled = stance_form.fields(asked)
        if filled.pressed:
            stance_form.complain(filled)
        confirmed = filled.is_complete and stance_form.review(
            filled,
            asked,
            about=t("Invented proposal, text version 1"),
            until=t("In a real round you could change it until the close."),
        )
    if not confirmed:
        return None
    forms.renew(asked.name)
    place.clear()
    return filled.stance


def verdict(stance: Stance) -> None:
    """Draw what the usual rule makes of the reader's stance beside ten invented ones."""
    rule = presets.get(presets.DEFAULT).rule
    if rule is None:
        raise LookupError("the usual rule decides")
    tally = Tally.of({one: OTHERS.get(one, 0) + (one is stance) for one in STANCES}, eligible=ROLL)
    made = decide(rule, Case(tally, hours_open=rule.window_hours or 0))
    st.success(
        t("A real round would now show a receipt. Your answer was not kept."),
        title=t("Well done: that is all there is to it"),
    )
    st.header(t("What the rule makes of it"))
    st.markdown(
        t(
            "You answered **{stance}**. Ten invented organisations answered or did not, and the "
            "round has closed:",
            stance=phrases.stance(stance),
        )
    )
    parts.badge(made.outcome, codes.outcome(made.outcome))
    needed = still_needed_in_words(made.still_needed)
    told = f"{explanation(made)}."
    parts.stance_bar(
        distances.counted(tally),
        roll=ROLL,
        needed=distances.needed(made),
        sentence=f"{told} {t('Still needed: {list}.', list=', '.join(needed))}" if needed else told,
        name="practice-vote",
    )
    with st.expander(t("Add the numbers up again")):
        sums.draw(made.numbers)
