"""The joining checklist of one application: what was found, and the form that keeps it."""

import streamlit as st

from coalition.domain.people.inquiries import Inquiry
from coalition.domain.people.screening import QUESTION, Answer, Asked, Given
from coalition.services.people import screening
from coalition.services.people.applications import Way
from coalition.ui import address, forms, safe, screens
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import joining, t


def line(one: Asked) -> str:
    """Return one item with its answer, in glyph and word."""
    found = one.answered
    if found is None:
        return f"○ {safe.label(one.item.wording.question)}: **{t('not answered')}**"
    glyph = "✗" if found.answer is Answer.NO else "✓"
    told = [
        f"{glyph} {safe.label(one.item.wording.question)}: **{joining.answer(found.answer)}**",
        safe.label(found.note),
        t("on version {number}", number=found.number),
        safe.label(found.by),
    ]
    if one.is_older:
        told.append(t("the item says something else by now"))
    return " · ".join(word for word in told if word)


def answering(this: Inquiry, way: Way, here: Entry, name: str) -> bool:
    """Draw the form with what is asked; return whether answers were kept."""
    asked = [one for one in way.asked if not one.item.wording.retired]
    if not asked:
        st.caption(t("The joining checklist has no item."))
        _settings_link()
        return False
    with st.expander(t("Joining checklist")):
        said = st.container()
        with forms.form(name, border=False, enter_to_submit=False):
            given = [_item(one) for one in asked]
            sent = st.form_submit_button(t("Keep these answers"), key=forms.button_key(name))
        _settings_link()

    def keep(token: str) -> None:
        screening.answer_items(
            here.db,
            here.clock,
            actor=here.actor,
            inquiry_id=this.id,
            answers=given,
            token=token,
        )

    return sent and done(name, keep, said=said, note=t("Note"))


def _item(one: Asked) -> Given:
    """Draw one item; what was answered on an earlier version is asked again."""
    answers = list(Answer)
    found = None if one.is_older else one.answered
    question = safe.label(one.item.wording.question)
    required = t("{label} (required)", label=question)
    answer = st.radio(
        required if one.item.wording.required else question,
        answers,
        index=answers.index(found.answer) if found else None,
        format_func=joining.answer,
        horizontal=True,
    )
    words = st.text_input(
        t("Note, which a waiver needs: {question}", question=question),
        found.note if found else "",
        max_chars=QUESTION,
        autocomplete="off",
    )
    return Given(one.item.id, one.item.version_id, answer, words)


def _settings_link() -> None:
    st.page_link(
        screens.page("intake"),
        label=t("Change checklist and reply templates"),
        query_params=address.query(),
    )
