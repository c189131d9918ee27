"""One comment as words: who, for whom, when, what; or what stands in its place."""

from collections.abc import Sequence
from textwrap import shorten

import streamlit as st

from coalition.domain.deliberation.passages import locate
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.discussion.comments import Audience, Comment, Reaction
from coalition.services.discussion.threads import Said
from coalition.ui import safe
from coalition.ui.entry import Entry
from coalition.words import comments as words
from coalition.words import moments, t

GLYPHS = {
    Reaction.AGREE: ":material/thumb_up:",
    Reaction.THANKS: ":material/favorite:",
    Reaction.QUESTION: ":material/help:",
}
GLIMPSE = 160  # characters of a passage in a list


def draw(said: Said, here: Entry) -> None:
    """Draw who said it, and the words."""
    this = said.comment
    told = [moments.ago(this.at, here.now)]
    if this.edited_at and not this.is_gone:
        told.append(t("edited"))
    mark = _badge(this) if this.root_id is None else ""
    st.markdown(f"{mark}**{_writer(said)}** :small[{' · '.join([*_seat(said), *told])}]")
    if this.is_gone:
        _gone(this)
        return
    st.markdown(safe.md(this.body))
    if names := [one.name for one in said.called if one.name]:
        st.caption(t("Mentions: {names}", names=safe.label(", ".join(names))))


def reactions(said: Said) -> None:
    """Draw how many reacted in which way, in one line; nothing where nobody did."""
    counts = {one: count(said, one) for one in Reaction}
    told = [f"{GLYPHS[one]} {words.reaction(one)} {n}" for one, n in counts.items() if n]
    if told:
        st.caption(" · ".join(told))


def who_reacted(said: Said) -> None:
    """Offer the names of those who reacted, behind an expander."""
    if not said.reactions:
        return
    with st.expander(t("Who reacted"), type="compact"):
        for one in Reaction:
            names = [each.name or t("erased") for each in said.reactions if each.reaction is one]
            if names:
                listed = safe.label(", ".join(names))
                st.markdown(f"{GLYPHS[one]} {words.reaction(one)}: {listed}")


def count(said: Said, reaction: Reaction) -> int:
    """Return how many reacted like this."""
    return sum(one.reaction is reaction for one in said.reactions)


def passage(this: Comment, versions: Sequence[TextVersion], *, whole: bool) -> None:
    """Draw the passage a thread is about, or say that the text has moved on.

    Args:
        whole: The full passage; else its beginning.
    """
    made_on = next((one for one in versions if one.id == this.version_id), None)
    if made_on is None:
        return
    quote = this.passage.quote
    told = safe.label(quote if whole else shorten(quote, GLIMPSE, placeholder=" …"))
    if locate(this.passage, made_on, versions[-1]):
        st.caption(t(":material/format_quote: About “{quote}”", quote=told))
    else:
        st.caption(
            t(
                ":material/history: The text has moved on. Said of version {n}: “{quote}”",
                n=made_on.number,
                quote=told,
            )
        )


def _writer(said: Said) -> str:
    return safe.label(said.writer) if said.writer else t("Somebody who was erased")


def _seat(said: Said) -> list[str]:
    return [safe.label(said.organisation)] if said.organisation else []


def _badge(this: Comment) -> str:
    if this.audience is Audience.TABLE:
        return ""
    return f":orange-badge[:material/lock: {words.audience(this.audience)}] "


def _gone(this: Comment) -> None:
    """Say why the words are not here; conveners may still read what was removed."""
    if this.is_moderated:
        reason = safe.label(this.removal_reason)
        st.markdown(t("*Removed by a convener: {reason}*", reason=reason))
    elif this.erased_at:
        st.markdown(t("*Erased together with its writer's account.*"))
    else:
        st.markdown(t("*Taken back by whoever wrote it.*"))
    if this.body:
        with st.expander(t("What it said, for conveners"), type="compact"):
            st.markdown(safe.md(this.body))
