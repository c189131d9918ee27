"""The joining checklist as conveners keep it: its items, adding and changing them."""

from collections.abc import Sequence

import streamlit as st

from coalition.domain.people.screening import QUESTION, Item, Wording
from coalition.services.people import screening
from coalition.ui import forms, parts, safe
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import joining, t

BUTTONS = "send-item-"  # how the keys of all buttons begin


def draw(items: Sequence[Item]) -> None:
    """Draw the items in order, the retired ones last."""
    if not items:
        parts.empty(
            t("Nothing is asked yet"),
            t("Without a checklist an application can be accepted as it is."),
        )
    for item in sorted(items, key=lambda one: one.wording.retired):
        st.markdown(f"- {_told(item)}")


def deeds(items: Sequence[Item], here: Entry) -> bool:
    """Draw what can be done with the checklist; return whether something was."""
    turn = "-".join(str(item.version_id) for item in items)
    usual = not items and _usual(here, f"item-usual-{turn}")
    added = _adding(here, f"item-new-{turn}")
    return usual or added or bool(items and _changing(items, here, turn))


def _usual(here: Entry, name: str) -> bool:
    """Draw the button that begins with what most coalitions ask."""
    said = st.container()
    wordings = [Wording(t(words), required) for words, required in joining.USUAL]

    def add(token: str) -> None:
        screening.add_items(here.db, here.clock, actor=here.actor, wordings=wordings, token=token)

    label = t("Begin with the five usual items")
    return st.button(label, key=forms.button_key(name)) and done(name, add, said=said)


def _adding(here: Entry, name: str) -> bool:
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        question, required = _fields("", required=True)
        sent = st.form_submit_button(t("Add this item"), key=forms.button_key(name))

    def add(token: str) -> None:
        wordings = [Wording(question, required)]
        screening.add_items(here.db, here.clock, actor=here.actor, wordings=wordings, token=token)

    return sent and done(name, add, said=said, question=t("Question"))


def _changing(items: Sequence[Item], here: Entry, turn: str) -> bool:
    by_id = {item.id: item for item in items}
    questions = safe.apart({one.id: safe.label(one.wording.question) for one in items})
    chosen = st.selectbox(
        t("Change an item"),
        list(by_id),
        index=None,
        format_func=questions.__getitem__,
        placeholder=t("Choose one"),
        key=f"item-{turn}",
    )
    if chosen is None:
        return False
    item = by_id[chosen]
    name = f"item-{item.id}-{turn}"
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        question, required = _fields(item.wording.question, required=item.wording.required)
        retired = st.checkbox(t("It is asked no more"), item.wording.retired)
        sent = st.form_submit_button(t("Save as a new version"), key=forms.button_key(name))

    def edit(token: str) -> None:
        screening.edit_item(
            here.db,
            here.clock,
            actor=here.actor,
            item_id=item.id,
            seen=item.version_id,
            wording=Wording(question, required, retired),
            token=token,
        )

    return sent and done(name, edit, said=said, question=t("Question"))


def _fields(question: str, *, required: bool) -> tuple[str, bool]:
    return (
        st.text_input(
            t("{label} (required)", label=t("Question")),
            question,
            max_chars=QUESTION,
            autocomplete="off",
        ),
        st.checkbox(t("Acceptance waits for it"), required),
    )


def _told(item: Item) -> str:
    told = [
        safe.label(item.wording.question),
        t("version {number}", number=item.number),
        t("acceptance waits for it") if item.wording.required else t("for information"),
        t("asked no more") if item.wording.retired else "",
    ]
    return " · ".join(word for word in told if word)
