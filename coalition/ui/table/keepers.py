"""The three parts of Accounts and seats: people, organisations, and who sits for which."""

from dataclasses import replace

import streamlit as st

from coalition.domain.ground.permissions import OrganisationId, Permission, may
from coalition.services.people import accounts, organisations, profiles, seats
from coalition.services.people.seats import Seats
from coalition.ui import parts
from coalition.ui.entry import Entry
from coalition.ui.people import (
    account_list,
    directory,
    organisation_form,
    policy_form,
    seat_list,
    seat_work,
)
from coalition.ui.table import departure_form
from coalition.words import t, tn


def people(here: Entry) -> None:
    """Draw the accounts, the invitation, and the deeds for one account."""
    shelf = st.container()
    st.header(t("Let somebody in"))
    st.caption(t("The person chooses a password; nobody else ever knows it."))
    account_list.invite(here)
    st.header(t("One account"))
    lines = accounts.list_accounts(here.db, actor=here.actor, now=here.now)
    if account_list.work(lines, here):
        lines = accounts.list_accounts(here.db, actor=here.actor, now=here.now)
    with shelf:
        account_list.draw(lines, here)
    if may(here.actor, Permission.MANAGE_ACCOUNT):
        policy_form.draw(here)


def groups(here: Entry) -> None:
    """Draw the form for a new organisation or for the one chosen, and all there are."""
    lapsed = profiles.count_lapsed(here.db, actor=here.actor, now=here.now)
    if lapsed:
        st.warning(
            tn(
                "{n} active organisation is past the day its standing was good until.",
                "{n} active organisations are past the day their standing was good until.",
                lapsed,
            ),
            icon=":material/event_busy:",
        )
    chosen = organisation_form.choose(
        organisations.list_names(here.db, actor=here.actor),
        key="organisation-to-change",
        empty=t("Choose one to change it"),
    )
    if chosen is None:
        st.header(t("Add an organisation"))
        organisation_form.add(here)
    else:
        st.header(t("Change this organisation"))
        this = organisations.read(here.db, actor=here.actor, organisation_id=chosen)
        organisation_form.edit(this, here)
        organisation_form.set_status(this, here)
        departure_form.draw(this, here)
    st.header(t("All organisations"))
    directory.draw(here)


def places(here: Entry) -> None:
    """Draw the empty seats, and the seat of one organisation with what can be done there."""
    top = st.container()
    names = organisations.list_names(here.db, actor=here.actor)
    if not names:
        parts.empty(
            t("No organisation yet"), t("A seat is an organisation's: add the organisation first.")
        )
        return
    chosen = organisation_form.choose(names, key="organisation-of-seat", empty=t("Choose one"))
    if chosen is not None:
        _seat(chosen, here)
    with top:
        now = here.clock()  # after the deeds of this run
        seat_work.vacancies(seats.vacancies(here.db, actor=here.actor, now=now))


def _seat(organisation_id: OrganisationId, here: Entry) -> None:
    shelf = st.container()
    st.header(t("Appoint"))
    free = seats.candidates(here.db, actor=here.actor, now=here.now)
    seat_work.appoint(organisation_id, free, here)
    after = replace(here, now=here.clock())  # what was just appointed has begun
    held = _held(organisation_id, after)
    if held.holdings:
        st.header(t("Change"))
        if seat_work.change(held.holdings, after):
            after = replace(here, now=here.clock())
            held = _held(organisation_id, after)
    with shelf:
        seat_list.draw(held, after, name="one")


def _held(organisation_id: OrganisationId, here: Entry) -> Seats:
    return seats.seat_holders(
        here.db, actor=here.actor, organisation_id=organisation_id, now=here.now
    )
