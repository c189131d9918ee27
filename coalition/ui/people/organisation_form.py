"""Adding an organisation, changing what is said of it, pausing it."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.people.organisations import Organisation, OrganisationStatus, Profile
from coalition.services.people import organisations
from coalition.ui import forms
from coalition.ui.entry import Entry
from coalition.ui.people import profile_fields
from coalition.ui.people.doing import done
from coalition.words import people, t

OPEN_STATUSES = (OrganisationStatus.ACTIVE, OrganisationStatus.PAUSED)  # leaving has its own form


def choose(
    names: Sequence[tuple[OrganisationId, str]], *, key: str, empty: str
) -> OrganisationId | None:
    """Draw the choice of one organisation, by its number."""
    by_id = dict(names)
    return st.selectbox(
        t("Organisation"),
        list(by_id),
        index=None,
        format_func=by_id.__getitem__,
        placeholder=empty,
        key=key,
    )


def add(here: Entry) -> bool:
    """Draw the form that brings an organisation to the table; return whether one came."""
    said = st.container()
    profile = _fields("organisation-new", Profile(""), t("Add this organisation"))
    if profile is None:
        return False

    def deed(token: str) -> None:
        organisations.add_organisation(
            here.db, here.clock, actor=here.actor, profile=profile, token=token
        )
        st.success(t("The organisation is at the table. Next, appoint its delegate under Seats."))

    return done("organisation-new", deed, said=said, **profile_fields.labels())


def edit(this: Organisation, here: Entry) -> bool:
    """Draw the form that changes what is said of an organisation; return whether it did."""
    name = f"organisation-{this.id}"
    said = st.container()
    profile = _fields(name, this.profile, t("Save"))
    if profile is None:
        return False

    def deed(token: str) -> None:
        organisations.edit_organisation(
            here.db,
            here.clock,
            actor=here.actor,
            organisation_id=this.id,
            profile=profile,
            token=token,
        )
        st.success(t("Saved. Rounds already opened keep their roll."))

    return done(name, deed, said=said, **profile_fields.labels())


def set_status(this: Organisation, here: Entry) -> bool:
    """Draw the form that pauses an organisation or takes it up again; return whether it did."""
    name = f"status-{this.id}"
    said = st.container()
    with forms.form(name):
        st.caption(
            t(
                "Only an active organisation enters the roll of a new round. Rounds already opened "
                "keep it."
            )
        )
        status = st.selectbox(
            t("Other standing (required)"),
            [one for one in OPEN_STATUSES if one is not this.status],
            index=None,
            format_func=people.standing,
            placeholder=t("Now: {standing}", standing=people.standing(this.status)),
        )
        sent = st.form_submit_button(t("Set this standing"))
    if not sent:
        return False
    if status is None:
        said.error(t("Standing: please choose one."))
        return False
    chosen = status

    def deed(token: str) -> None:
        organisations.set_status(
            here.db,
            here.clock,
            actor=here.actor,
            organisation_id=this.id,
            status=chosen,
            token=token,
        )
        st.success(t("The standing is set."))

    return done(name, deed, said=said)


def _fields(form: str, now: Profile, button: str) -> Profile | None:
    """Draw the fields, holding what is said now; return what was sent, or None."""
    with forms.form(form, enter_to_submit=False):
        profile = profile_fields.own(profile_fields.kept(now))
        sent = st.form_submit_button(button, type="primary")
    return profile if sent else None
