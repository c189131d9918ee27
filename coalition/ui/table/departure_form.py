"""Noting that an organisation leaves, alone or into another one."""

import streamlit as st

from coalition.domain.ground import text
from coalition.domain.people.departures import Departure
from coalition.domain.people.organisations import Organisation, OrganisationStatus
from coalition.services.deliberation import departures
from coalition.services.people import organisations
from coalition.ui import forms
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import t, tn


def draw(this: Organisation, here: Entry) -> bool:
    """Draw what leaving would touch and the form for it; return whether it was done."""
    if this.status is OrganisationStatus.LEFT:
        return False
    foreseen = departures.foresee(here.db, actor=here.actor, organisation_id=this.id, now=here.now)
    with st.expander(t("It leaves, or merges into another")):
        for line in _told(foreseen):
            st.markdown(f"- {line}")
        return _form(this, here)


def _told(foreseen: Departure) -> list[str]:
    told = [
        tn(
            "{n} person stops acting for it now. The account stays.",
            "{n} people stop acting for it now. Their accounts stay.",
            foreseen.holders,
        ),
        tn(
            "It is on the roll of {n} round. Where it has not answered, it is taken off. "
            "An answer it gave stands and counts, an objection too.",
            "It is on the roll of {n} rounds. Where it has not answered, it is taken off. "
            "An answer it gave stands and counts, an objection too.",
            foreseen.rounds,
        ),
        t("Its name stays its own, on record and on every letter it signed."),
    ]
    if foreseen.championed:
        told.append(
            tn(
                "It champions {n} proposal not yet decided. Please name another champion there.",
                "It champions {n} proposals not yet decided. Please name another champion there.",
                foreseen.championed,
            )
        )
    return told


def _form(this: Organisation, here: Entry) -> bool:
    name = f"leave-{this.id}"
    names = {
        one: called
        for one, called in organisations.list_names(here.db, actor=here.actor)
        if one != this.id
    }
    said = st.container()
    with forms.form(name, border=False):
        successor = st.selectbox(
            t("It merges into (left empty: it leaves)"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            placeholder=t("Choose one"),
        )
        reason = st.text_area(t("Reason, read by members (required)"), max_chars=text.PARAGRAPH)
        sent = st.form_submit_button(t("Note that it leaves"))

    def deed(token: str) -> None:
        departures.leave(
            here.db,
            here.clock,
            actor=here.actor,
            organisation_id=this.id,
            successor_id=successor,
            reason=reason,
            token=token,
        )
        st.success(t("It has left. What it said before stands."))

    return sent and done(
        name, deed, said=said, reason=t("Reason"), successor_id=t("It merges into")
    )
