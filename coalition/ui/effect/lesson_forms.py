"""What may be done with a lesson: writing it, changing it, publishing it, taking it back."""

import streamlit as st

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.effect.lessons import Lesson, LessonText, State, may_change
from coalition.domain.ground import text
from coalition.domain.ground.permissions import Permission, may
from coalition.domain.ground.pillars import Pillar
from coalition.services.effect import learned, lessons
from coalition.services.effect.learned import Decision, Learned
from coalition.ui import feedback, forms, parts
from coalition.ui.deliberation import phrases
from coalition.ui.entry import Visit
from coalition.words import codes, mark, t

LABELS = {
    "title": mark("Title"),
    "challenge": mark("The challenge"),
    "tried": mark("What we tried"),
    "happened": mark("What happened"),
    "pillar": mark("Pillar"),
    "reason": mark("Why it is taken back"),
}
BLANK = LessonText("", "", "", "", "")
NEW = "lesson-new"
DEEDS = ("lesson-publish", "lesson-change", "lesson-withdraw")


def writing(here: Visit) -> str:
    """Draw the form of a new lesson, folded away; return what was done in words, or ""."""
    place, done = forms.place(forms.button_key(NEW)), ""
    fold = parts.fold_form(t("Write a lesson"), key=forms.token(NEW))
    with place.box, parts.reading(), fold as is_made:
        if is_made:
            st.markdown(
                t("The table reads it at once, the public once a convener has published it.")
            )
            words = _fields(NEW, BLANK, None, here, button=t("Keep as a draft"))
            if words:
                with feedback.told(**_labels()):
                    lessons.write_lesson(
                        here.db, here.clock, actor=here.actor, words=words, token=forms.token(NEW)
                    )
                    done = t("Kept as a draft. The table reads it now.")
    if done:
        forms.renew(NEW)
        place.clear()
    return done


def deeds(found: Learned, here: Visit) -> str:
    """Draw what the reader may do with one lesson; return what was done in words, or ""."""
    this, done = found.lesson, ""
    names = [f"{deed}-{this.id}" for deed in DEEDS]
    place = forms.place(*(forms.button_key(name) for name in names))
    publishing, changing, withdrawing = names
    with place.box, parts.reading():
        if may(here.actor, Permission.RUN_ROUND) and this.state is not State.PUBLIC:
            done = _publishing(publishing, this, here)
        if may_change(here.actor, this):
            done = _changing(changing, found, here) or done
        if may(here.actor, Permission.RUN_ROUND) and this.state is State.PUBLIC:
            done = _withdrawing(withdrawing, this, here) or done
    if done:
        for name in names:
            forms.renew(name)
        place.clear()
    return done


def _publishing(name: str, this: Lesson, here: Visit) -> str:
    seen, done = forms.opened_on(name, this.changes), ""
    with st.container(border=True):
        st.markdown(t("Once you publish it everybody reads it, here and in the feed."))
        pressed = st.button(t("Publish this lesson"), type="primary", key=forms.button_key(name))
    if pressed:
        with feedback.told():
            lessons.publish_lesson(
                here.db, here.clock, actor=here.actor, lesson_id=this.id, seen=seen
            )
            done = t("Published. Everybody can read it now.")
    forms.reopen(name, this.changes)  # the next click publishes what the reader now sees
    return done


def _changing(name: str, found: Learned, here: Visit) -> str:
    this, done = found.lesson, ""
    with parts.fold_form(t("Change this lesson"), key=forms.token(name)) as is_made:
        if not is_made:
            return ""
        seen, before = forms.opened_on(name, (this.changes, this.text))
        words = _fields(name, before, found.decision, here, button=t("Save the change"))
        if words is None:
            return ""
        with feedback.told(**_labels()):
            lessons.change_lesson(
                here.db,
                here.clock,
                actor=here.actor,
                lesson_id=this.id,
                words=words,
                seen=seen,
                token=forms.token(name),
            )
            done = t("Saved.")
    if not done:
        forms.reopen(name, (this.changes, before))  # the next time it replaces what is now there
    return done


def _withdrawing(name: str, this: Lesson, here: Visit) -> str:
    done = ""
    with (
        st.expander(t("Take it back from the public")),
        forms.form(name, border=False, enter_to_submit=False),
    ):
        st.markdown(t("It leaves this page and the feed for the public. The table still reads it."))
        reason = st.text_area(
            t("{label} (required)", label=t(LABELS["reason"])), max_chars=text.PARAGRAPH
        )
        pressed = st.form_submit_button(t("Take it back"), key=forms.button_key(name))
    if pressed:
        with feedback.told(**_labels()):
            lessons.withdraw_lesson(
                here.db, here.clock, actor=here.actor, lesson_id=this.id, reason=reason or ""
            )
            done = t("Taken back. Only the table reads it now.")
    return done


def _fields(
    name: str, before: LessonText, behind: Decision | None, here: Visit, *, button: str
) -> LessonText | None:
    """Draw the form of a lesson as it was before; return what was sent, or None.

    Args:
        behind: The decision it was learned from, which may be older than those on offer.
    """
    with forms.form(name, border=False, enter_to_submit=False):
        title = st.text_input(
            _required("title"), before.title, max_chars=text.LINE, autocomplete="off"
        )
        challenge, tried, happened = (
            st.text_area(
                _required(part), getattr(before, part), max_chars=text.PARAGRAPH, height=140
            )
            for part in ("challenge", "tried", "happened")
        )
        pillars = list(Pillar)
        pillar = st.pills(
            _required("pillar"),
            pillars,
            default=before.pillar or None,
            format_func=codes.pillar,
            wrap=True,
        )
        round_id = _source(before.round_id, behind, here)
        if not st.form_submit_button(button, key=forms.button_key(name)):
            return None
    return LessonText(
        title or "",
        challenge or "",
        tried or "",
        happened or "",
        pillar or "",
        round_id,
    )


def _source(before: RoundId | None, behind: Decision | None, here: Visit) -> RoundId | None:
    """Draw the choice of the decision a lesson was learned from, and return the one chosen."""
    offered = learned.decisions(here.db, actor=here.actor, now=here.now)
    known = [*offered, behind] if behind else offered
    headings = {one.round.id: phrases.heading(one.proposal) for one in known}
    options = list(headings)
    return st.selectbox(
        t("The decision it was learned from (may be left out)"),
        options,
        index=options.index(before) if before in options else None,
        format_func=headings.__getitem__,
        placeholder=t("Choose one"),
    )


def _required(field: str) -> str:
    return t("{label} (required)", label=t(LABELS[field]))


def _labels() -> dict[str, str]:
    return {field: t(words) for field, words in LABELS.items()}
