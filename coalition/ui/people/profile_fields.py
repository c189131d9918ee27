"""The fields of an organisation: what the table keeps of it, and what it says of itself."""

from dataclasses import replace

import streamlit as st

from coalition.domain.ground import text
from coalition.domain.ground.perspectives import Perspective, in_order
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import (
    DUES_TIER,
    SHORT_NAME,
    WEBSITE,
    OrganisationKind,
    OrganisationSize,
    Profile,
    Region,
)
from coalition.words import codes, mark, people, t

LABELS = {
    "name": mark("Name"),
    "short_name": mark("Short name"),
    "kind": mark("Class"),
    "votes": mark("Vote"),
    "website": mark("Website"),
    "conditions": mark("Speaks for"),
    "former_names": mark("Former names"),
    "dues_tier": mark("Dues"),
    "parent": mark("Belongs to"),
}
SEVERAL = 5_000  # characters of a field that holds one entry a line


def labels() -> dict[str, str]:
    """Return what each field is called, for refusals that name one."""
    return {field: t(label) for field, label in LABELS.items()}


def kept(now: Profile) -> Profile:
    """Draw what the table keeps of an organisation, as it is now; return what was entered."""
    name = st.text_input(
        t("Name (required)"),
        now.name,
        max_chars=text.LINE,
        autocomplete="off",
        help=t("After a change the old name stays findable as a former name."),
    )
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
    return _history(_membership(replace(now, name=name, kind=kind, votes=votes)))


def own(now: Profile) -> Profile:
    """Draw what an organisation says of itself, as it is now; return what was entered."""
    short = st.text_input(
        t("Short name (may be left out)"), now.short_name, max_chars=SHORT_NAME, autocomplete="off"
    )
    website = st.text_input(
        t("Website (may be left out)"),
        now.website,
        max_chars=WEBSITE,
        autocomplete="off",
        placeholder=t("such as example.org"),
    )
    pillars = st.multiselect(
        t("Pillars it cares for (may be left out)"),
        list(Pillar),
        list(now.pillars),
        format_func=codes.pillar,
        placeholder=t("Choose any"),
    )
    conditions = st.text_area(
        t("Speaks for: conditions, one a line (may be left out)"),
        "\n".join(now.conditions),
        max_chars=SEVERAL,
    )
    said = replace(
        now,
        short_name=short,
        website=website,
        pillars=tuple(pillars),
        conditions=tuple(conditions.splitlines()),
    )
    return _grouped(said)


def _membership(now: Profile) -> Profile:
    since = st.date_input(t("Member since (may be left out)"), now.since, format="YYYY-MM-DD")
    good = st.date_input(
        t("In good standing until (may be left out)"),
        now.good_until,
        format="YYYY-MM-DD",
        help=t("Past this day members read that its standing has lapsed. Its vote stays."),
    )
    dues = st.text_input(
        t("Dues (may be left out)"),
        now.dues_tier,
        max_chars=DUES_TIER,
        autocomplete="off",
        help=t("What the table calls its tier. It decides nothing."),
    )
    parent = st.text_input(
        t("Belongs to (may be left out)"),
        now.parent,
        max_chars=text.LINE,
        autocomplete="off",
        help=t("Organisations of one parent are shown as such. Each keeps its own seat."),
    )
    return replace(now, since=since, good_until=good, dues_tier=dues, parent=parent)


def _history(now: Profile) -> Profile:
    former = st.text_area(
        t("Former names, one a line (may be left out)"),
        "\n".join(now.former_names),
        max_chars=SEVERAL,
    )
    return replace(now, former_names=tuple(former.splitlines()))


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
