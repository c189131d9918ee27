"""The text of a proposal, version by version: what it says, what changed, what may be contested."""

from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.proposals import Stage, TextVersion
from coalition.domain.deliberation.versions import Mark, contest_until
from coalition.domain.ground.permissions import Permission, may
from coalition.services.deliberation import versions
from coalition.services.deliberation.proposals import Detail
from coalition.ui import address, feedback, forms, parts, safe
from coalition.ui.deliberation import text_compare
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import mark, moments, t
from coalition.words import objections as words

LABELS = {"reason": mark("Why it changes what is asked")}


def draw(detail: Detail, here: Entry) -> None:
    """Draw the text members decide on, what changed in it, and the versions before."""
    if not detail.versions:
        parts.empty(
            t("No numbered text yet"), t("The draft becomes version 1 when it is submitted.")
        )
        if detail.proposal.text.body:
            st.markdown(safe.md(detail.proposal.text.body))
        return
    newest = detail.versions[-1]
    with parts.reading():
        st.header(t("What is the text, word for word?"))
        _version(newest, detail, here)
        _contest(newest, detail, here)
    if len(detail.versions) > 1:
        st.header(t("What changed?"))
        _changes(detail)
        _versions(detail, here)


def _version(one: TextVersion, detail: Detail, here: Entry) -> None:
    if one.ask != detail.proposal.text.ask or one.title != detail.proposal.text.title:
        st.markdown(f"**{safe.label(one.title)}**  \n{safe.md(one.ask)}")
    st.markdown(safe.md(one.body))
    if one.note:
        st.markdown(t("**What changed:** {note}", note=safe.md(one.note)))
    st.caption(
        t(
            "Version {n} · {kind} · {when} · fingerprint {hash}",
            n=one.number,
            kind=_kind(one, detail),
            when=moments.when(one.at, here.zone),
            hash=one.content_hash,
        )
    )


def _kind(one: TextVersion, detail: Detail) -> str:
    """Return the word for what kind of change made a version, and whether that was contested."""
    told = words.version_mark(one.mark)
    found = detail.contests.get(one.id)
    if found is None:
        return told
    who = safe.label(found.organisation)
    return t("marked {kind}, contested by {who}: counts as substantive", kind=told, who=who)


def _changes(detail: Detail) -> None:
    """Draw two versions beside each other: the newest change unless another is picked."""
    pairs = {after.number: (before, after) for before, after in _pairs(detail)}
    asked = address.number("change")
    numbers = list(reversed(pairs))
    chosen = st.selectbox(
        t("Change"),
        numbers,
        index=numbers.index(asked) if asked in pairs else 0,
        format_func=lambda n: t("From version {before} to {after}", before=n - 1, after=n),
        key="change",
    )
    address.keep("change", None if chosen == numbers[0] else str(chosen))
    before, after = pairs[chosen]
    if after.note:
        st.markdown(t("**What changed:** {note}", note=safe.md(after.note)))
    text_compare.legend()
    text_compare.side_by_side(before, after)


def _pairs(detail: Detail) -> list[tuple[TextVersion, TextVersion]]:
    return list(zip(detail.versions, detail.versions[1:], strict=False))


def _frame(detail: Detail, here: Entry) -> pd.DataFrame:
    """Return every version, the latest first, its fingerprint in the last column."""
    when = t("When ({zone})", zone=moments.zone_name(here.zone))
    rows = [
        (
            one.number,
            moments.clock(one.at, here.zone),
            _kind(one, detail),
            one.note,
            one.content_hash,
        )
        for one in reversed(detail.versions)
    ]
    headings = [t("Version"), when, t("Kind"), t("What changed"), t("Fingerprint")]
    return pd.DataFrame(rows, columns=headings)


def _versions(detail: Detail, here: Entry) -> None:
    """Draw every version in a line, and an earlier one in full where it is asked for."""
    st.subheader(t("All versions"))
    frame = _frame(detail, here)
    parts.table(frame.drop(columns=t("Fingerprint")))
    csv_button(frame, "versions", key="csv-versions")
    earlier = {one.number: one for one in detail.versions[:-1]}
    chosen = st.selectbox(
        t("Read an earlier version, no longer in force"),
        list(reversed(earlier)),
        index=None,
        format_func=lambda n: t("Version {n}", n=n),
        placeholder=t("Choose one"),
        key="earlier",
    )
    if chosen:
        with parts.reading(), st.container(border=True):
            _version(earlier[chosen], detail, here)


def _contest(one: TextVersion, detail: Detail, here: Entry) -> None:
    """Offer delegates to contest an editorial mark while its 48 hours run, between rounds too."""
    asked = detail.round is not None and detail.stage in {Stage.SUBMITTED, Stage.OPEN}
    is_editorial = one.mark == Mark.EDITORIAL and one.id not in detail.contests
    votes = here.actor.seat is not None and may(here.actor, Permission.CAST_BALLOT)
    if not asked or not is_editorial or not votes:
        return
    if here.now >= contest_until(one):
        return
    name = f"contest-{one.id}"
    until = moments.when(contest_until(one), here.zone)
    with (
        st.expander(t("Does this change what is asked?")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        st.markdown(
            t(
                "It is marked editorial, so answers stay as they are. Until {when} any delegate "
                "can say that it changes what is asked; then whoever answered is asked again.",
                when=until,
            )
        )
        key = forms.token(name)
        reason = st.text_area(t(LABELS["reason"]), max_chars=2_000, height=80, key=f"why-{key}")
        pressed = st.form_submit_button(t("It changes what is asked"), key=f"contest-{key}")
    if pressed:
        contest = partial(versions.contest, here.db, here.clock, actor=here.actor)
        with feedback.told(reason=t(LABELS["reason"])):
            contest(version_id=one.id, reason=reason or "")
            forms.renew(name)
            st.success(t("It now counts as a change of what is asked."))
