"""Adding an organisation, changing what is said of it, pausing it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from coalition.domain.ground import text
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import (
    SHORT_NAME,
    WEBSITE,
    Organisation,
    OrganisationKind,
    OrganisationSize,
    OrganisationStatus,
    Profile,
    Region,
)
from coalition.services.people import organisations
from coalition.ui import forms
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import codes, mark, people, t

LABELS = {
    "name": mark("Name"),
    "short_name": mark("Short name"),
    "kind": mark("Class"),
    "votes": mark("Vote"),
    "website": mark("Website"),
    "conditions": mark("Speaks for"),
    "former_names": mark("Former names"),
}
SEVERAL = 5_000  # characters of a field that holds one entry a line


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

    return done("organisation-new", deed, said=said, **_labels())


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

    return done(name, deed, said=said, **_labels())


def set_status(this: Organisation, here: Entry) -> bool:
    """Draw the form that pauses an organisation and the like; return whether it did."""
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
            [status for status in OrganisationStatus if status is not this.status],
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
        profile = _listed(_chosen(_named(now)))
        sent = st.form_submit_button(button, type="primary")
    return profile if sent else None


def _named(now: Profile) -> Profile:
    name = st.text_input(
        t("Name (required)"),
        now.name,
        max_chars=text.LINE,
        autocomplete="off",
        help=t("After a change the old name stays findable as a former name."),
    )
    short = st.text_input(
        t("Short name (may be left out)"),
        now.short_name,
        max_chars=SHORT_NAME,
        autocomplete="off",
    )
    return replace(now, name=name, short_name=short)


def _chosen(now: Profile) -> Profile:
    kinds, answers = list(OrganisationKind), [True, False]
    kind = st.selectbox(
        t("Class (required)"),
        kinds,
        format_func=people.kind,
        placeholder=t("Choose one"),
        index=kinds.index(now.kind) if now.kind else None,
    )
    votes = st.radio(
        t("Does it vote? (required)"),
        answers,
        horizontal=True,
        format_func=lambda has: t("Yes, one vote") if has else t("No vote"),
        index=None if now.votes is None else answers.index(now.votes),
    )
    pillars = st.multiselect(
        t("Pillars it cares for (may be left out)"),
        list(Pillar),
        list(now.pillars),
        format_func=codes.pillar,
        placeholder=t("Choose any"),
    )
    return _grouped(replace(now, kind=kind, votes=votes, pillars=tuple(pillars)))


def _grouped(now: Profile) -> Profile:
    """Draw what the board groups organisations by; each may be left out."""
    sizes, regions = list(OrganisationSize), list(Region)
    size = st.selectbox(
        t("Size (may be left out)"),
        sizes,
        format_func=people.size,
        placeholder=t("Choose one"),
        index=sizes.index(now.size) if now.size else None,
    )
    region = st.selectbox(
        t("Region (may be left out)"),
        regions,
        format_func=people.region,
        placeholder=t("Choose one"),
        index=regions.index(now.region) if now.region else None,
    )
    perspectives = st.multiselect(
        t("Whose views it speaks from (may be left out)"),
        list(Perspective),
        list(now.perspectives),
        format_func=codes.perspective,
        placeholder=t("Choose any"),
    )
    return replace(now, size=size, region=region, perspectives=in_order(perspectives))


def _listed(now: Profile) -> Profile:
    website = st.text_input(
        t("Website (may be left out)"),
        now.website,
        max_chars=WEBSITE,
        autocomplete="off",
        placeholder=t("such as example.org"),
    )
    since = st.date_input(t("Member since (may be left out)"), now.since, format="YYYY-MM-DD")
    conditions = st.text_area(
        t("Speaks for: conditions, one a line (may be left out)"),
        "\n".join(now.conditions),
        max_chars=SEVERAL,
    )
    former = st.text_area(
        t("Former names, one a line (may be left out)"),
        "\n".join(now.former_names),
        max_chars=SEVERAL,
    )
    return replace(
        now,
        website=website,
        since=since,
        conditions=tuple(conditions.splitlines()),
        former_names=tuple(former.splitlines()),
    )


def _labels() -> dict[str, str]:
    return {field: t(label) for field, label in LABELS.items()}
