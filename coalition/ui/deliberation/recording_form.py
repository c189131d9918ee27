"""Recording what an organisation said by phone, mail, letter or in a meeting."""

from functools import partial

import streamlit as st

from coalition.domain.deliberation.ballots import Words
from coalition.domain.deliberation.recordings import Channel, Evidence
from coalition.domain.deliberation.rounds import Round
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.attachments import ENDINGS, MEGABYTES, Upload
from coalition.services.deliberation import recording
from coalition.services.deliberation.recording import Means, RecordForm
from coalition.ui import forms, safe
from coalition.ui.deliberation import evidence_views, phrases, plan_dates
from coalition.ui.deliberation.round_acts import Deed
from coalition.ui.entry import Entry
from coalition.words import mark, round_life, t

LABELS = {
    "organisation": mark("The organisation"),
    "stance": mark("What it said"),
    "remedy": mark("What would remove its objection"),
    "channel": mark("How it was said"),
    "said_by": mark("Who said it"),
    "received_at": mark("When it was said"),
    "note": mark("The note"),
    "file": mark("The file"),
}


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    return {name: t(words) for name, words in LABELS.items()}


def form_name(this: Round) -> str:
    """Return what the form is called."""
    return f"recording-{this.id}"


def draw(this: Round, here: Entry) -> Deed | None:
    """Draw what was recorded and the form for more; return the deed asked for."""
    found = recording.means(here.db, actor=here.actor, now=here.now, round_id=this.id)
    with st.expander(t("Record a position given elsewhere")):
        evidence_views.recorded(found.recorded, here)
        if not this.is_open(here.now):
            st.caption(t("Positions can be recorded while the round is open."))
            return None
        st.markdown(
            t(
                "For an organisation that told you by phone, mail, letter or in a meeting. Its "
                "people are asked to confirm it. Where its seat has answered, only the seat can "
                "change that."
            )
        )
        form = _form(this, found, here)
    if form is None:
        return None
    return Deed(
        partial(recording.record_ballot, here.db, here.clock, actor=here.actor, form=form),
        t("Recorded. The organisation's people are asked to confirm it."),
    )


def _form(this: Round, found: Means, here: Entry) -> RecordForm | None:
    name = form_name(this)
    key = forms.token(name)
    with forms.form(name, border=False, enter_to_submit=False):
        who = st.selectbox(
            t("For which organisation?"),
            list(found.roll),
            index=None,
            format_func=lambda one: safe.label(found.roll[one]),
            placeholder=t("Choose one"),
            key=f"{key}-who",
        )
        stance = st.radio(
            t("What did it say?"),
            list(this.stances),
            index=None,
            format_func=phrases.stance,
            key=f"{key}-stance",
        )
        words = _words(this, key)
        evidence = _evidence(here, key)
        sent = st.file_uploader(
            t("Attach the mail, the letter or your note of the call (not needed)"),
            type=list(ENDINGS),
            max_upload_size=MEGABYTES,
            key=f"{key}-file",
        )
        pressed = st.form_submit_button(t("Record this position"), key=forms.button_key(name))
    if not pressed:
        return None
    return RecordForm(
        round_id=this.id,
        organisation_id=who,
        version_id=forms.opened_on(f"{name}-text", this.version_id),
        stance=stance,
        words=words,
        evidence=evidence,
        replaces=forms.opened_on(f"{name}-{who}", found.standing(who)),
        upload=Upload(sent.name, sent.getvalue()) if sent else None,
        token=key,
    )


def _words(this: Round, key: str) -> Words:
    if this.stances == (Stance.SUPPORT,):
        return Words()
    reason = st.text_area(
        t("Its reason (needed for an objection or a recusal; members read this)"),
        max_chars=2_000,
        key=f"{key}-reason",
    )
    remedy = st.text_area(
        t("What would remove its objection, if it objects"), max_chars=2_000, key=f"{key}-remedy"
    )
    return Words(reason, remedy)


def _evidence(here: Entry, key: str) -> Evidence:
    channel = st.radio(
        t("How did it say so?"),
        list(Channel),
        index=None,
        format_func=round_life.channel,
        horizontal=True,
        key=f"{key}-channel",
    )
    said_by = st.text_input(t("Who said it?"), max_chars=200, key=f"{key}-said-by")
    label = t("When was it said?")
    received_at = plan_dates.on_the_clock(label, here.table.zone, f"{key}-received", usual=None)
    note = st.text_area(
        t("Note (its own people and conveners read this)"), max_chars=2_000, key=f"{key}-note"
    )
    return Evidence(channel, said_by, received_at, note)
