"""One suggested change as everybody reads it: the words, the reason, the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from coalition.domain.deliberation.passages import Passage
from coalition.domain.deliberation.proposals import TextVersion, VersionId
from coalition.domain.discussion import weaving
from coalition.domain.discussion.suggestions import State, Suggestion, SuggestionId
from coalition.services.deliberation.proposals import Detail
from coalition.ui import address, safe, screens
from coalition.ui.deliberation import text_compare
from coalition.ui.entry import Entry
from coalition.ui.palette import BadgeColour
from coalition.words import moments, t
from coalition.words import suggestions as words

COLOURS: dict[State, BadgeColour] = {
    State.OPEN: "blue",
    State.ACCEPTED: "green",
    State.IN_PART: "green",
    State.DECLINED: "gray",
    State.WITHDRAWN: "gray",
}
ICONS = {
    State.OPEN: ":material/hourglass_empty:",
    State.ACCEPTED: ":material/check:",
    State.IN_PART: ":material/check:",
    State.DECLINED: ":material/close:",
    State.WITHDRAWN: ":material/undo:",
}
BY_NAME = 3  # conflicts named one by one; more are counted by their numbers alone


@dataclass(frozen=True, slots=True)
class Scene:
    """All suggestions on one text, as they stand in the version in force.

    Args:
        numbers: How each is called on the screen, from 1.
        found: Where their passages stand now; those that no longer do are left out.
        meets: Others that touch the same sentence.
    """

    every: Sequence[Suggestion]
    texts: Mapping[VersionId, TextVersion]
    newest: TextVersion
    numbers: Mapping[SuggestionId, int]
    found: Mapping[SuggestionId, Passage]
    meets: Mapping[SuggestionId, tuple[Suggestion, ...]]


def scene(detail: Detail, every: Sequence[Suggestion]) -> Scene:
    """Return the suggestions with their places in the text in force."""
    texts = {one.id: one for one in detail.versions}
    newest = detail.versions[-1]
    alive = [one for one in every if one.is_alive]
    found = weaving.places(alive, texts, newest)
    numbers = {one.id: number for number, one in enumerate(every, 1)}
    meets = weaving.conflicts(alive, found, newest)
    return Scene(every, texts, newest, numbers, found, meets)


def name(one: Suggestion, among: Scene) -> str:
    """Return how a suggestion is called, as one harmless line."""
    by = safe.label(one.by) or t("somebody whose data was erased")
    return t("Suggestion {n}: {by}", n=among.numbers[one.id], by=by)


def draw(one: Suggestion, among: Scene, here: Entry) -> None:
    """Draw one suggestion: its state, its words, where it stands and what was answered."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.badge(words.state(one.state), icon=ICONS[one.state], color=COLOURS[one.state])
        st.markdown(f":small[{_about(one, here)}]", width="content")
    if one.erased_at:
        st.markdown(t("Its words were erased with the person who wrote them."))
    else:
        st.markdown(text_compare.inline(one.passage.quote, one.words))
        if one.state is State.IN_PART:
            asked = safe.md(one.wording) or t("take it out")
            st.markdown(t("**They had asked for:** {wording}", wording=asked))
        st.markdown(t("**Why:** {reason}", reason=safe.md(one.reason)))
    if one.is_alive:
        _place(one, among)
    _answer(one, here)
    _became(one, among)


def _about(one: Suggestion, here: Entry) -> str:
    told = [words.field(one.passage.field)]
    if one.organisation and one.author:
        told.append(one.author)
    told.append(moments.when(one.at, here.zone))
    return safe.label(" · ".join(told))


def _place(one: Suggestion, among: Scene) -> None:
    """Say where the passage stands now, and who else touches its sentence."""
    made_on, now = among.texts[one.version_id].number, among.newest.number
    if one.id not in among.found:
        st.warning(
            t(
                "No longer applies: version {now} does not say this any more, or not surely in "
                "the same place. It was made on version {n}.",
                now=now,
                n=made_on,
            ),
            icon=":material/link_off:",
        )
    elif made_on != now:
        st.caption(
            t("Made on version {n}. The passage stands in version {now} too.", n=made_on, now=now)
        )
    if others := among.meets.get(one.id):
        named = " · ".join(name(other, among) for other in others[:BY_NAME])
        more = [f"{among.numbers[other.id]}" for other in others[BY_NAME:]]
        st.warning(
            t(
                "Conflict: it touches the same sentence as {others}",
                others=", ".join([named, *more]),
            ),
            icon=":material/call_split:",
        )


def _answer(one: Suggestion, here: Entry) -> None:
    if one.answered_at is None:
        return
    by = safe.label(one.answered_by) or t("somebody whose data was erased")
    said = safe.md(one.answer) or t("The words were erased.")
    st.markdown(t("**Answer:** {reason}", reason=said))
    st.caption(f"{by} · {moments.when(one.answered_at, here.zone)}")


def _became(one: Suggestion, among: Scene) -> None:
    if one.applied_version_id is not None:
        number = among.texts[one.applied_version_id].number
        st.caption(t("In the text since version {n}.", n=number))
    elif one.is_waiting:
        st.caption(t("It goes into the next version."))
    if one.became_id is not None:
        st.page_link(
            screens.page("proposal"),
            label=t("It became a proposal of its own"),
            query_params=address.query(id=one.became_id),
        )
