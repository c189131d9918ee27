"""The two forms that decide on an application: accept, or decline until a day."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition import wiring
from coalition.domain.ground import text
from coalition.domain.people.accounts import EMAIL
from coalition.domain.people.admissions import ALTERNATES, Acceptance, Guest, Refusal
from coalition.domain.people.inquiries import Inquiry, own_domain
from coalition.domain.people.organisations import WEBSITE, OrganisationKind, Profile
from coalition.domain.people.resemblance import Alike
from coalition.services.people import admissions
from coalition.services.people.applications import Way
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people import account_list
from coalition.ui.people.doing import done
from coalition.words import mark, people, t

LABELS = {
    "kind": mark("Class"),
    "votes": mark("Vote"),
    "website": mark("Website"),
    "delegate": mark("Delegate"),
    "email": mark("E-mail"),
    "reapply_on": mark("May ask again from"),
    "reason": mark("Reason, which the applicant reads"),
    "decided_in": mark("Number of the round or proposal that decided"),
}


def draw(this: Inquiry, way: Way, here: Entry, turn: str, news: DeltaGenerator) -> bool:
    """Draw both forms; return whether one of them decided."""
    accepted = _accepting(this, way, here, f"accept-{turn}", news)
    return _declining(this, way, here, f"decline-{turn}") or accepted


def _accepting(this: Inquiry, way: Way, here: Entry, name: str, news: DeltaGenerator) -> bool:
    with st.expander(t("Accept: organisation, seat and links")):
        _alike(way)
        said = st.container()
        with forms.form(name, border=False, enter_to_submit=False):
            profile = _profile(this, way)
            guests = [_guest(t("Delegate"), this.name, this.email, required=True)]
            for number in range(1, ALTERNATES + 1):
                label = t("Alternate {number}", number=number)
                guests.append(_guest(label, "", "", required=False))
            reason, decided_in = _reason()
            sent = st.form_submit_button(
                t("Accept this organisation"), type="primary", key=forms.button_key(name)
            )
    made: list[admissions.Admitted] = []

    def accept(token: str) -> None:
        form = Acceptance(profile, tuple(guests), reason, decided_in)
        made.append(
            admissions.accept(
                here.db,
                here.clock,
                actor=here.actor,
                inquiry_id=this.id,
                acceptance=form,
                token=token,
                by_mail=wiring.mail()[0] is not None,
            )
        )

    is_done = sent and done(name, accept, said=said, **_labels())
    named = [guest for guest in guests if not guest.is_blank]
    for one in made:
        for guest, link in zip(named, one.invited, strict=False):
            with news:
                st.markdown(f"**{safe.label(guest.name)}**")
                account_list.link(link, here)
    return is_done


def _declining(this: Inquiry, way: Way, here: Entry, name: str) -> bool:
    with st.expander(t("Decline, with the day from when to ask again")):
        said = st.container()
        with forms.form(name, border=False, enter_to_submit=False):
            day = st.date_input(
                t("{label} (required)", label=t(LABELS["reapply_on"])),
                None,
                min_value=way.today,
                format="YYYY-MM-DD",
            )
            reason, decided_in = _reason()
            sent = st.form_submit_button(t("Decline this application"), key=forms.button_key(name))

    def decline(token: str) -> None:
        admissions.refuse(
            here.db,
            here.clock,
            actor=here.actor,
            inquiry_id=this.id,
            refusal=Refusal(reason, day, decided_in),
            token=token,
        )

    return sent and done(name, decline, said=said, **_labels())


def _profile(this: Inquiry, way: Way) -> Profile:
    """Draw what is said of the new organisation; the rest is filled in at its own page."""
    name = st.text_input(
        t("Name (required)"), this.organisation, max_chars=text.LINE, autocomplete="off"
    )
    kind = st.selectbox(
        t("Class (required)"),
        list(OrganisationKind),
        index=None,
        format_func=people.kind,
        placeholder=t("Choose one"),
    )
    votes = st.radio(
        t("Does it vote? (required)"),
        [True, False],
        index=None,
        horizontal=True,
        format_func=lambda has: t("Yes, one vote") if has else t("No vote"),
    )
    website = st.text_input(
        t("Website (may be left out)"),
        own_domain(this.email),
        max_chars=WEBSITE,
        autocomplete="off",
    )
    return Profile(
        name, kind=kind, votes=votes, website=website, pillars=this.pillars, since=way.today
    )


def _guest(label: str, name: str, email: str, *, required: bool) -> Guest:
    """Draw name and address of somebody to invite."""
    labels = [
        t("{label} (required)", label=field)
        if required
        else t("{label} (may be left out)", label=field)
        for field in (t("{who}: name", who=label), t("{who}: e-mail", who=label))
    ]
    return Guest(
        st.text_input(labels[0], name, max_chars=text.LINE, autocomplete="off"),
        st.text_input(labels[1], email, max_chars=EMAIL, autocomplete="off"),
    )


def _reason() -> tuple[str, str]:
    return (
        st.text_area(t("{label} (required)", label=t(LABELS["reason"])), max_chars=text.PARAGRAPH),
        st.text_input(
            t("{label} (may be left out)", label=t(LABELS["decided_in"])),
            max_chars=text.LINE,
            autocomplete="off",
        ),
    )


def _alike(way: Way) -> None:
    """Say which organisations at the table have a like name; that blocks nothing."""
    for one in way.alike:
        st.warning(_told(one), icon=":material/content_copy:")


def _told(one: Alike) -> str:
    if one.name == one.organisation:
        return t("A like name is at the table: {name}", name=safe.label(one.name))
    return t(
        "A like name is at the table: {name}, also or formerly called {other}",
        name=safe.label(one.organisation),
        other=safe.label(one.name),
    )


def _labels() -> dict[str, str]:
    return {"name": t("Name")} | {field: t(label) for field, label in LABELS.items()}
