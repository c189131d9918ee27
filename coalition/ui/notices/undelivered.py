"""Mails that did not arrive, for whoever can ask after the right address."""

import pandas as pd
import streamlit as st

from coalition.domain.ground.telling import Transactional
from coalition.domain.notices.mails import MailState
from coalition.services.notices import choosing
from coalition.ui import parts
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import moments, t


def draw(here: Entry) -> None:
    """Draw the list; nothing where every mail arrived."""
    found = choosing.undelivered(here.db, actor=here.actor, now=here.now)
    if not found:
        return
    st.header(t("Mails that did not arrive"))
    st.caption(t("In the last 30 days. Ask the person by telephone for the right address."))
    rows = [
        {
            t("Name"): one.name,
            t("E-mail"): one.email,
            t("What"): _what(one.purpose),
            t("When"): moments.clock(one.at, here.table.zone),
            t("Why"): _why(one.state, one.fault),
        }
        for one in found
    ]
    frame = pd.DataFrame(rows)
    parts.table(frame)
    csv_button(frame, "undelivered", key="undelivered-csv")


def _what(purpose: str) -> str:
    if purpose == Transactional.RESET:
        return t("A link for a new password")
    if purpose == Transactional.INVITATION:
        return t("Invitation")
    return t("Notice")


def _why(state: MailState, fault: str) -> str:
    if state is MailState.BOUNCED:
        return t("Refused: {said}", said=fault)
    return t("Given up: {said}", said=fault or t("too late, or nobody to write to"))
