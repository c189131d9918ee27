"""The changes suggested to a text, drawn under it: what is open, what became of the others."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.discussion import weaving
from coalition.domain.discussion.suggestions import Suggestion
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import suggestions
from coalition.services.discussion.suggestions import Found
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import text_compare
from coalition.ui.discussion import revision_form, suggestion_cards, suggestion_forms
from coalition.ui.discussion.suggestion_cards import Scene
from coalition.ui.entry import Entry
from coalition.words import t


def draw(detail: Detail, here: Entry) -> None:
    """Draw the suggestions on a proposal and what the reader may do about them.

    The words are drawn last, into their places, so that they show what was done just now.
    """
    found = _found(detail, here)
    if found.origin is not None:
        st.page_link(
            screens.page("proposal"),
            label=t("This began as a change suggested to another proposal"),
            query_params=address.query(id=found.origin, view="text"),
        )
    if not detail.versions:
        return
    with parts.reading():
        st.header(t("Which changes are suggested?"))
        among = suggestion_cards.scene(detail, found.every)
        _credits(among)
        alive = [one for one in found.every if one.is_alive]
        if alive:
            text_compare.legend()
        else:
            parts.empty(
                t("No suggestion waits"),
                t("Suggested changes stand here until they are answered and in the text."),
            )
        places, done = _cards(alive, among, detail, here)
        fresh = st.container()
        done |= suggestion_forms.make(detail, here)
        revision_form.draw(detail, found.every, here)
        past = [one for one in found.every if not one.is_alive]
        if past:
            with st.expander(t("Suggestions that were settled ({n})", n=len(past))):
                more, acted = _cards(past[::-1], among, detail, here)
                places |= more
                done |= acted
        _fill(places, fresh, _found(detail, here) if done else found, detail, here)


def _found(detail: Detail, here: Entry) -> Found:
    return suggestions.on_proposal(here.db, actor=here.actor, proposal_id=detail.proposal.id)


def _cards(
    every: Sequence[Suggestion], among: Scene, detail: Detail, here: Entry
) -> tuple[dict[int, DeltaGenerator], bool]:
    """Draw a frame with its form for each, and return the places for the words."""
    places: dict[int, DeltaGenerator] = {}
    done = False
    for one in every:
        with st.container(border=True):
            st.subheader(suggestion_cards.name(one, among))
            places[one.id] = st.container()
            done |= suggestion_forms.act(one, detail, here)
    return places, done


def _fill(
    places: dict[int, DeltaGenerator],
    fresh: DeltaGenerator,
    found: Found,
    detail: Detail,
    here: Entry,
) -> None:
    """Draw the words as they stand now; those sent just now come after the others."""
    among = suggestion_cards.scene(detail, found.every)
    for one in found.every:
        if one.id in places:
            with places[one.id]:
                suggestion_cards.draw(one, among, here)
        else:
            with fresh, st.container(border=True):
                st.subheader(suggestion_cards.name(one, among))
                suggestion_cards.draw(one, among, here)


def _credits(among: Scene) -> None:
    """Say with whose words each version was made, newest first."""
    told = weaving.credited(among.every)
    for version in sorted(told, reverse=True):
        names = ", ".join(safe.label(name) for name in told[version])
        number = among.texts[version].number
        st.caption(t("Version {n} was made with words of {names}.", n=number, names=names))
