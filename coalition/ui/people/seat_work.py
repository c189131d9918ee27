"""Appointing to a seat, ending a time in it, choosing who comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from coalition.domain.ground.moments import day_at, from_wall
from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId
from coalition.domain.people.seats import PRIMARY, Candidate, Holding, SeatId, Vacancy
from coalition.services.people import seats
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import codes, moments, t, tn

SHOWN = 10  # vacancies named before the rest is counted


def vacancies(found: Sequence[Vacancy]) -> None:
    """Name the organisations with a vote for which no delegate acts now."""
    if not found:
        return
    st.warning(
        tn(
            "{n} organisation with a vote has no delegate who can act.",
            "{n} organisations with a vote have no delegate who can act.",
            len(found),
        ),
        icon=":material/event_seat:",
    )
    named = [f"{one.organisation} ({vacant(one)})" for one in found[:SHOWN]]
    more = len(found) - SHOWN
    told = "; ".join(named)
    st.caption(safe.label(f"{told} … +{more}" if more > 0 else told))


def vacant(one: Vacancy) -> str:
    """Return in words who can act in the meantime."""
    if one.has_alternate:
        return t("an alternate can act")
    return t("everybody is away") if one.all_away else t("nobody can act for it")


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is to sit where, as chosen in the form; None where nothing was chosen."""

    account_id: AccountId | None
    place: str | None
    begins: date | None
    ends: date | None


def appoint(organisation_id: OrganisationId, free: Sequence[Candidate], here: Entry) -> bool:
    """Draw the form that gives a person a place; return whether one was given."""
    name = f"appoint-{organisation_id}"
    said = st.container()
    with forms.form(name):
        choice = _choice(free, here)
        sent = st.form_submit_button(t("Appoint"), type="primary")
    if not sent:
        return False
    person = choice.account_id
    if person is None or choice.place is None:
        said.error(t("Please choose a person and a place."))
        return False

    def deed(token: str) -> None:
        seats.appoint(
            here.db,
            here.clock,
            actor=here.actor,
            organisation_id=organisation_id,
            account_id=person,
            rank=PRIMARY if choice.place == Capacity.PRIMARY else None,
            from_at=_beginning(choice.begins, here),
            to_at=_end(choice.ends, here),
            token=token,
        )
        st.success(t("Appointed."))

    return done(name, deed, said=said, from_at=t("From"), to_at=t("Until"))


def _choice(free: Sequence[Candidate], here: Entry) -> Choice:
    by_id = {one.account_id: one for one in free}
    account = st.selectbox(
        t("Person (required)"),
        list(by_id),
        index=None,
        format_func=lambda number: f"{by_id[number].name} ({by_id[number].email})",
        placeholder=t("Members without a seat"),
    )
    place = st.selectbox(
        t("Place (required)"),
        list(Capacity),
        index=None,
        format_func=codes.capacity,
        placeholder=t("Choose one"),
    )
    begins = _day(t("From (left empty: at once)"), here)
    ends = _day(t("Until the end of (left empty: until further notice)"), here)
    return Choice(account, place, begins, ends)


def _day(label: str, here: Entry) -> date | None:
    return st.date_input(label, None, format="YYYY-MM-DD", min_value=_today(here))


def change(holdings: Sequence[Holding], here: Entry) -> bool:
    """Draw what can be done with one person's time in the seat; return whether it was."""
    by_id = {one.id: one for one in sorted(holdings, key=lambda one: one.id)}
    names = safe.apart({number: _named(one, here) for number, one in by_id.items()})
    chosen = st.selectbox(
        t("Somebody in this seat"),
        list(by_id),
        index=None,
        format_func=names.__getitem__,
        placeholder=t("Choose one"),
    )
    if chosen is None:
        return False
    this = by_id[chosen]
    ended = _ending(this, here)
    first = this.rank != PRIMARY and _first(this, holdings, here)
    return ended or first


def _ending(this: Holding, here: Entry) -> bool:
    name = f"end-{this.id}"
    said = st.container()
    with forms.form(name):
        day = _day(t("Last day (left empty: at once)"), here)
        sent = st.form_submit_button(t("End this person's time in the seat"))

    def deed(token: str) -> None:
        seats.end_seat(
            here.db,
            here.clock,
            actor=here.actor,
            seat_id=this.id,
            at=_end(day, here),
            token=token,
        )
        st.success(t("The end is recorded. Stances already recorded stay."))

    return sent and done(name, deed, said=said, to_at=t("Last day"))


def _first(this: Holding, holdings: Sequence[Holding], here: Entry) -> bool:
    name = f"first-{this.id}"
    said = st.container()
    others: list[SeatId] = [one.id for one in holdings if one.id != this.id]

    def deed(token: str) -> None:
        seats.reorder(
            here.db,
            here.clock,
            actor=here.actor,
            organisation_id=this.organisation_id,
            seat_ids=[this.id, *others],
            token=token,
        )
        st.success(t("The order of the seat is changed."))

    return st.button(t("Make primary delegate"), key=name) and done(name, deed, said=said)


def _named(one: Holding, here: Entry) -> str:
    """Return name and beginning: both stay the same when places change."""
    return t("{name}, from {day}", name=one.holder, day=moments.day(one.window.from_at, here.zone))


def _today(here: Entry) -> date:
    return day_at(here.now, here.table.zone)


def _beginning(day: date | None, here: Entry) -> datetime | None:
    """Return the first instant of a day at the table; today begins at once."""
    if day is None or day == _today(here):
        return None
    return from_wall(day, time(0), here.table.zone)


def _end(day: date | None, here: Entry) -> datetime | None:
    """Return the instant a day has ended at the table."""
    return from_wall(day + timedelta(days=1), time(0), here.table.zone) if day else None
