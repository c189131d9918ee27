"""The evidence for recorded positions: for conveners, and for an organisation's own people."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from coalition.domain.ground.permissions import Capacity
from coalition.services.deliberation import recording
from coalition.services.deliberation.ballots import Entry as Given
from coalition.services.deliberation.recording import Recorded
from coalition.ui import downloads, safe
from coalition.ui.entry import Entry
from coalition.words import moments, round_life, t


def ours(standing: Given | None, here: Entry) -> None:
    """Draw the evidence, where our answer that stands was recorded for us."""
    if standing is None or standing.ballot.capacity is not Capacity.RECORDED:
        return
    round_id = standing.ballot.round_id
    found = recording.recorded(here.db, actor=here.actor, now=here.now, round_id=round_id)
    recorded([one for one in found if one.stands], here)


def recorded(found: Sequence[Recorded], here: Entry) -> None:
    """Draw each recorded position without its stance, and its evidence as far as it came."""
    for one in found:
        with st.container(border=True, gap="xxsmall"):
            _one(one, here)


def _one(one: Recorded, here: Entry) -> None:
    state = t("not confirmed yet") if one.stands else t("confirmed or changed since")
    st.markdown(f"**{safe.label(one.organisation)}** · {state}")
    said = [round_life.channel(one.channel), moments.when(one.received_at, here.zone)]
    if one.said_by:
        said.append(t("said by {name}", name=one.said_by))
    st.markdown(safe.md(" · ".join(said)))
    if one.note:
        st.markdown(safe.md(one.note))
    st.caption(
        t(
            "Recorded by {person} · {when} · receipt {receipt}",
            person=safe.label(one.recorder),
            when=moments.when(one.recorded_at, here.zone),
            receipt=one.receipt,
        )
    )
    if one.file_name:
        downloads.file_button(
            t("Save {name}", name=safe.label(one.file_name)),
            partial(_data, one, here),
            one.file_name,
            key=f"evidence-{one.ballot_id}",
        )


def _data(one: Recorded, here: Entry) -> bytes:
    found = recording.attachment(here.db, actor=here.actor, now=here.now, ballot_id=one.ballot_id)
    return found.data
