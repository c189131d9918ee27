"""First steps of a new organisation as a short checklist, and the choice of its buddy."""

from datetime import datetime

import streamlit as st

from coalition.domain.people.inquiries import InquiryId
from coalition.services.people import onboarding
from coalition.services.people.onboarding import Delegate, Onboarding
from coalition.ui import forms, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import moments, t


def section(inquiry_id: InquiryId, first_ballot_at: datetime | None, here: Entry) -> None:
    """Draw the first steps of the organisation an application brought, and what can be done.

    Args:
        first_ballot_at: When its own seat first cast a ballot, or None.
    """
    new = onboarding.onboarding(here.db, actor=here.actor, inquiry_id=inquiry_id, now=here.now)
    steps = st.container()
    place = forms.place(forms.button_key(_form_name(new, inquiry_id)))
    with place.box:
        named = _choose_buddy(new, inquiry_id, here)
    if named:
        new = onboarding.onboarding(here.db, actor=here.actor, inquiry_id=inquiry_id, now=here.now)
        with place.clear().container():
            _choose_buddy(new, inquiry_id, here)
    with steps:
        _draw(new, first_ballot_at, here)


def _draw(this: Onboarding, first_ballot_at: datetime | None, here: Entry) -> None:
    """Draw what is done and what is to come."""
    st.header(t("First steps"))
    lines = [_line(t("Buddy: {name}", name=safe.label(this.buddy) or "–"), done=bool(this.buddy))]
    for one in this.delegates:
        lines += _of(one, here)
    told = t("First ballot")
    if first_ballot_at:
        told += f": {moments.when_both(first_ballot_at, here.table.zone, here.zone)}"
    lines.append(_line(told, done=first_ballot_at is not None))
    st.markdown("\n".join(f"- {line}" for line in lines))


def _choose_buddy(this: Onboarding, inquiry_id: InquiryId, here: Entry) -> bool:
    """Draw the form that names the buddy; return whether it did."""
    name = _form_name(this, inquiry_id)
    said = st.container()
    names = safe.apart({number: safe.label(one) for number, one in this.buddies.items()})
    with forms.form(name):
        chosen = st.selectbox(
            t("Buddy (required)"),
            list(this.buddies),
            index=None,
            format_func=names.__getitem__,
            placeholder=t("Choose one"),
            help=t("Somebody of another organisation, or a convener, who answers questions."),
        )
        sent = st.form_submit_button(t("Name this buddy"), key=forms.button_key(name))

    def name_buddy(token: str) -> None:
        onboarding.set_buddy(
            here.db,
            here.clock,
            actor=here.actor,
            inquiry_id=inquiry_id,
            account_id=chosen,
            token=token,
        )

    return sent and done(name, name_buddy, said=said, account_id=t("Buddy"))


def _form_name(this: Onboarding, inquiry_id: InquiryId) -> str:
    return f"buddy-{inquiry_id}-{this.buddy_id}"


def _of(one: Delegate, here: Entry) -> list[str]:
    name = safe.label(one.name)
    practised = t("Practice vote: {name}", name=name)
    if one.practised_at:
        practised += f", {moments.when_both(one.practised_at, here.table.zone, here.zone)}"
    return [
        _line(t("Followed the link: {name}", name=name), done=one.has_begun),
        _line(practised, done=one.practised_at is not None),
    ]


def _line(words: str, *, done: bool) -> str:
    """Return one step in glyph and word."""
    return (
        f"✓ {t('{step} (done)', step=words)}" if done else f"○ {t('{step} (to come)', step=words)}"
    )
