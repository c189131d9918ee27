"""What a delegate may do with a decision: attach a statement, leave the position, take back."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.dissents import Dissent, DissentKind
from coalition.services.effect import dissents
from coalition.services.effect.aftermath import Aftermath
from coalition.services.effect.dissents import DissentForm
from coalition.ui import feedback, forms
from coalition.ui.entry import Entry
from coalition.words import mark, t

STATEMENT, DISSOCIATION = DissentKind.MINORITY_STATEMENT, DissentKind.DISSOCIATION
TITLES = {
    STATEMENT: (mark("Attach a minority statement"), mark("Change our minority statement")),
    DISSOCIATION: (mark("Dissociate from this position"), mark("Our dissociation")),
}
MEANINGS = {
    STATEMENT: mark(
        "It stands under your organisation's name with every copy of this decision. The public "
        "reads it once the result is published."
    ),
    DISSOCIATION: mark(
        "Your organisation is then no longer listed among those that support it. Its name, the "
        "day and the reason stand with the decision. The public reads them once the result is "
        "published."
    ),
}
FIELDS = {STATEMENT: mark("Our statement"), DISSOCIATION: mark("Our reason")}
BUTTONS = {
    STATEMENT: (mark("Attach the statement"), mark("Replace the statement")),
    DISSOCIATION: (mark("Dissociate"), mark("Replace the reason")),
}
DONE = {
    STATEMENT: mark("Your statement stands with the decision."),
    DISSOCIATION: mark("Your organisation has dissociated from this position."),
}
BACK = {
    STATEMENT: mark("Yes, take our statement back"),
    DISSOCIATION: mark("Yes, take our dissociation back"),
}


def draw(round_id: RoundId, outcome: Outcome, after: Aftermath, here: Entry) -> str:
    """Draw the forms of the reader's organisation; return what was done in words, or ""."""
    done = one(round_id, STATEMENT, _ours(after.statements, here), here)
    if outcome is Outcome.ADOPTED:
        done = one(round_id, DISSOCIATION, _ours(after.dissociations, here), here) or done
    return done


def one(round_id: RoundId, kind: DissentKind, stands: Dissent | None, here: Entry) -> str:
    """Draw the form of one kind, folded away once it has done its work."""
    place = forms.place(*map(forms.button_key, (_name(kind, round_id), _back(kind, round_id))))
    with place.box, st.expander(t(TITLES[kind][stands is not None])):
        st.markdown(t(MEANINGS[kind]))
        done = _attaching(round_id, kind, stands, here)
        if stands:
            done = _taking_back(round_id, kind, here) or done
    if done:
        place.clear()
    return done


def _attaching(round_id: RoundId, kind: DissentKind, stands: Dissent | None, here: Entry) -> str:
    name, button = _name(kind, round_id), t(BUTTONS[kind][stands is not None])
    now = (stands.id, stands.words) if stands else (None, "")
    replaces, words = forms.opened_on(name, now)
    with forms.form(name, border=False, enter_to_submit=False):
        key = forms.token(name)
        written = st.text_area(
            t(FIELDS[kind]), words, max_chars=2_000, height=140, key=f"words-{key}"
        )
        pressed = st.form_submit_button(button, key=forms.button_key(name))
    if not pressed:
        return ""
    form = DissentForm(round_id, kind, written or "", replaces, forms.token(name))
    done = ""
    with feedback.told(**{kind.field: t(FIELDS[kind])}):
        dissents.attach(here.db, here.clock, actor=here.actor, form=form)
        forms.renew(name)
        done = t(DONE[kind])
    if not done:
        forms.reopen(name, (now[0], words))  # the next time it replaces what the reader now sees
    return done


def _taking_back(round_id: RoundId, kind: DissentKind, here: Entry) -> str:
    name = _back(kind, round_id)
    with forms.form(name, border=False, enter_to_submit=False):
        key = forms.token(name)
        sure = st.checkbox(t(BACK[kind]), key=f"sure-{key}")
        pressed = st.form_submit_button(t("Take it back"), key=forms.button_key(name))
    if pressed and not sure:
        st.warning(t("Please tick the box first. Nothing was changed."))
    done = ""
    if not (pressed and sure):
        return done
    with feedback.told():
        dissents.take_back(
            here.db, here.clock, actor=here.actor, round_id=round_id, kind=kind, token=key
        )
        done = t("Taken back. It no longer stands with the decision.")
        forms.renew(name)
        forms.renew(_name(kind, round_id))
    return done


def _name(kind: DissentKind, round_id: RoundId) -> str:
    return f"{kind}-{round_id}"


def _back(kind: DissentKind, round_id: RoundId) -> str:
    return f"back-{kind}-{round_id}"


def _ours(found: Sequence[Dissent], here: Entry) -> Dissent | None:
    own = here.actor.seat.organisation_id if here.actor.seat else None
    return next((one for one in found if one.organisation_id == own), None)
