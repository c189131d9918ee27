"""One inquiry opened: what was asked, what is known, what was written, what to do."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.ground import text
from coalition.domain.people.inquiries import Inquiry, InquiryState
from coalition.services.people import inquiries, templates
from coalition.services.people.applications import Way
from coalition.services.people.inquiries import File
from coalition.ui import address, forms, safe, screens
from coalition.ui.entry import Entry
from coalition.ui.people import application_work, template_list
from coalition.ui.people.doing import done
from coalition.ui.people.inquiry_queue import late_mark
from coalition.words import codes, moments, people, t


def draw(file: File, way: Way | None, here: Entry) -> None:
    """Draw the inquiry: facts, message, what else is known, notes and answers."""
    this = file.queued.inquiry
    zones = (here.table.zone, here.zone)
    st.header(t("Inquiry {receipt}", receipt=this.receipt))
    mark = late_mark(file.queued)
    st.markdown(
        " · ".join(
            word
            for word in (
                f"**{mark}**" if mark else "",
                people.state(this.state),
                people.topic(this.topic),
                ", ".join(codes.pillar(pillar) for pillar in this.pillars),
                t("taken by {name}", name=safe.label(this.assignee)) if this.assignee else "",
            )
            if word
        )
    )
    st.caption(
        t(
            "Sent {sent}; answer promised by {due}",
            sent=moments.when_both(this.created_at, *zones),
            due=moments.when_both(this.due_at, *zones),
        )
    )
    _known(file)
    if this.erased_at:
        st.info(t("The words and the address of this inquiry are erased."))
        return
    who = " · ".join(safe.label(word) for word in (this.name, this.role, this.organisation) if word)
    with st.container(border=True):
        st.markdown(f"{who}  \n{safe.label(this.email)}")
        st.markdown(safe.md(this.message))
    for note in file.notes:
        with st.container(border=True):
            st.caption(
                t(
                    "{kind} · {name} · {when}",
                    kind=people.note_kind(note.kind),
                    name=safe.label(note.by),
                    when=moments.when_both(note.at, *zones),
                )
            )
            st.markdown(safe.md(note.words))
    if way:
        application_work.draw(way, here)


def deeds(file: File, way: Way | None, here: Entry, news: DeltaGenerator) -> bool:
    """Draw what a convener can do with the inquiry; return whether something was done.

    What is done changes the inquiry, and with it the names of these forms and buttons: they
    can be drawn a second time in the same run, after the deed.

    Args:
        news: Where links are shown that can be read this once.
    """
    this = file.queued.inquiry
    if this.erased_at:
        return False
    is_open = this.state is not InquiryState.CLOSED
    turn = _turn(file, way)
    wrote = is_open and any(
        [
            _answering(file, here, turn),
            _writing(file, here, f"note-{turn}", t("Note, which only conveners read (required)")),
        ]
    )
    said = st.container()
    with st.container(horizontal=True):
        may_take = is_open and this.assigned_to != here.actor.account_id
        took = may_take and _taking(file, here, said, f"take-{turn}")
        moved = [_moving(this, here, one, said, f"{one}-{turn}") for one in this.moves()]
    went = way is not None and is_open and application_work.deeds(this, way, here, turn, news)
    return wrote or took or any(moved) or went


def buttons(file: File, way: Way | None) -> list[str]:
    """Return the keys of the buttons that do something with the inquiry."""
    turn, moves = _turn(file, way), file.queued.inquiry.moves()
    names = ("answer", "note", "take", *moves, *application_work.DEEDS)
    return [forms.button_key(f"{name}-{turn}") for name in names]


def _taking(file: File, here: Entry, said: DeltaGenerator, name: str) -> bool:
    """Draw the button by which one takes the inquiry on; return whether one did."""

    def take(token: str) -> None:
        inquiries.assign(
            here.db,
            here.clock,
            actor=here.actor,
            inquiry_id=file.queued.inquiry.id,
            token=token,
        )

    pressed = st.button(t("Assign to me"), key=forms.button_key(name))
    return pressed and done(name, take, said=said)


def _moving(
    this: Inquiry, here: Entry, state: InquiryState, said: DeltaGenerator, name: str
) -> bool:
    """Draw the button that sets a state; return whether it was set."""

    def move(token: str) -> None:
        inquiries.set_state(
            here.db, here.clock, actor=here.actor, inquiry_id=this.id, state=state, token=token
        )

    label = people.move(state, closed=this.state is InquiryState.CLOSED)
    return st.button(label, key=forms.button_key(name)) and done(name, move, said=said)


def _answering(file: File, here: Entry, turn: str) -> bool:
    """Draw the form for an answer, begun from a template where one is chosen."""
    kept = templates.templates(here.db, actor=here.actor)
    words = template_list.choose(kept, file.queued.inquiry, f"template-{turn}")
    label = t("Answer, which the sender reads (required)")
    return _writing(file, here, f"answer-{turn}", label, words)


def _writing(file: File, here: Entry, name: str, label: str, begun: str = "") -> bool:
    """Draw the form for an answer or a note; return whether one was written."""
    deed, button = {
        "answer": (inquiries.answer, t("Give this answer")),
        "note": (inquiries.add_note, t("Keep this note")),
    }[name.partition("-")[0]]
    said = st.container()
    with forms.form(name, enter_to_submit=False):
        words = st.text_area(label, begun, max_chars=text.PARAGRAPH)
        sent = st.form_submit_button(button, key=forms.button_key(name))

    def write(token: str) -> None:
        deed(
            here.db,
            here.clock,
            actor=here.actor,
            inquiry_id=file.queued.inquiry.id,
            words=words,
            token=token,
        )

    return sent and done(name, write, said=said, words=label)


def _turn(file: File, way: Way | None) -> str:
    """Return what changes with every deed done here, and only then."""
    this = file.queued.inquiry
    went = way.turn if way else ""
    return f"{this.id}-{this.state}-{this.assigned_to}-{len(file.notes)}-{went}"


def _known(file: File) -> None:
    """Say that the same organisation wrote before, or is at the table."""
    for name in file.queued.known:
        st.info(
            t("Already at the table, by name or domain: {name}", name=safe.label(name)),
            icon=":material/apartment:",
        )
    if not file.queued.twins:
        return
    st.warning(
        t("The same organisation wrote more than once, by its name or its e-mail domain:"),
        icon=":material/content_copy:",
    )
    with st.container(horizontal=True):
        for twin in file.queued.twins[:10]:
            st.page_link(
                screens.page("inquiries"),
                label=t("Inquiry no. {number}", number=twin),
                query_params=address.query(id=twin),
            )
