"""The desk: one short section a queue, each with its count, its lines and one way on."""

from collections.abc import Callable

import streamlit as st

from coalition.domain.people.inquiries import Inquiry
from coalition.services.table.desk import LONGEST, Desk, Line, Queue
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import distances, phrases, proposal_views
from coalition.ui.deliberation.proposal_views import OBJECTIONS
from coalition.ui.effect import lesson_cards
from coalition.ui.entry import Entry
from coalition.ui.people import seat_work
from coalition.words import moments, t, tn
from coalition.words.people import topic


def is_clear(desk: Desk) -> bool:
    """Say whether nothing lies on the desk."""
    queues = (desk.closing, desk.quiet, desk.objections, desk.unpublished, desk.reviews)
    others = desk.inquiries_total or desk.vacancies or desk.lessons_total
    return not (any(one.total for one in queues) or others)


def figures(desk: Desk) -> None:
    """Draw what lies there in four figures."""
    parts.figures(
        {
            t("Close within 72 hours"): desk.closing.total,
            t("With an objection"): desk.objections.total,
            t("Not published"): desk.unpublished.total,
            t("Inquiries late"): desk.inquiries_late,
        }
    )


def draw(desk: Desk, here: Entry) -> None:
    """Draw the queues that hold something, what presses most first."""
    queues = {
        "closing": (t("Closing soon"), desk.closing, _closing),
        "objections": (t("Objections open"), desk.objections, _objecting),
        "quiet": (t("Few have answered"), desk.quiet, _answered),
        "unpublished": (t("Closed, not published"), desk.unpublished, _closed),
    }
    for name, (title, queue, told) in queues.items():
        if queue.total:
            _head(title, queue.total)
            view = OBJECTIONS if name == "objections" else ""
            _rounds(name, queue, told, here, view=view)
    if desk.reviews.total:
        _head(t("Review due"), desk.reviews.total)
        _rounds("reviews", desk.reviews, _closed, here, view="stances")
    _inquiries(desk, here)
    _vacancies(desk)
    _lessons(desk, here)


def _rounds(
    name: str,
    queue: Queue,
    told: Callable[[Line, Entry], str],
    here: Entry,
    *,
    view: str = "",
) -> None:
    """Draw the lines of a queue, each leading to its round or to a view of its proposal."""
    screen, shown = ("proposal", {"view": view}) if view else ("round", {})
    for line in queue.lines:
        with st.container(
            border=True, gap="xxsmall", key=f"titled-{name}-{line.standing.round.id}"
        ):
            screens.lead(screen, safe.label(line.proposal.text.title), id=line.proposal.id, **shown)
            words = f"{safe.label(line.proposal.reference)} · {told(line, here)}"
            st.markdown(f"{proposal_views.verdict_badge(line.standing)} :small[{words}]")
    if queue.total > len(queue.lines):
        st.page_link(
            screens.page("board"),
            label=tn("All {n} on the board", "All {n} on the board", queue.total),
            query_params=address.query(),
        )


def _closing(line: Line, here: Entry) -> str:
    return f"{moments.left(line.standing.round.closes_at, here.now)} · {_answered(line, here)}"


def _objecting(line: Line, here: Entry) -> str:
    left = moments.left(line.standing.round.closes_at, here.now)
    return f"{left} · {distances.distance(line.standing)}"


def _answered(line: Line, _: Entry) -> str:
    told = t(
        "{answered} of {roll} have answered",
        answered=line.standing.answered,
        roll=line.standing.round.roll_size,
    )
    if not line.reviewing:
        return told
    return f"{told} · {tn('{n} in clearance', '{n} in clearance', line.reviewing)}"


def _closed(line: Line, here: Entry) -> str:
    return phrases.short_deadline(line.standing.round, here.now, here.table.zone)


def _inquiries(desk: Desk, here: Entry) -> None:
    if not desk.inquiries_total:
        return
    _head(t("Inquiries waiting"), desk.inquiries_total)
    for one in desk.inquiries:
        with st.container(border=True, gap="xxsmall", key=f"titled-inquiry-{one.id}"):
            _inquiry(one, here)
    if desk.inquiries_total > len(desk.inquiries):
        st.page_link(screens.page("inquiries"), query_params=address.query())


def _inquiry(one: Inquiry, here: Entry) -> None:
    name = safe.label(one.organisation or one.name) or t("Erased")
    screens.lead("inquiries", name, id=one.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if one.is_late(here.now):
            st.badge(t("Late"), icon=":material/schedule:", color="orange")
        told = [topic(one.topic), moments.ago(one.created_at, here.now)]
        told.append(safe.label(one.assignee) if one.assignee else t("nobody has taken it yet"))
        st.markdown(f":small[{' · '.join(told)}]", width="content")


def _vacancies(desk: Desk) -> None:
    if not desk.vacancies:
        return
    _head(t("Seats without a delegate"), len(desk.vacancies))
    with st.container(border=True, gap="xsmall"):
        for one in desk.vacancies[:LONGEST]:
            name = safe.label(one.organisation)
            st.markdown(f"{name} · :small[{seat_work.vacant(one)}]")
        if len(desk.vacancies) > LONGEST:
            st.caption(tn("and {n} more", "and {n} more", len(desk.vacancies) - LONGEST))
        st.page_link(
            screens.page("accounts"), label=t("Appoint a delegate"), query_params=address.query()
        )


def _lessons(desk: Desk, here: Entry) -> None:
    if not desk.lessons_total:
        return
    _head(t("Lessons not published"), desk.lessons_total)
    for one in desk.lessons:
        with st.container(border=True, gap="xxsmall", key=f"titled-lesson-{one.id}"):
            screens.lead("lessons", safe.label(one.text.title), id=one.id)
            told = (lesson_cards.who(one), moments.ago(one.written_at, here.now))
            st.markdown(f":small[{safe.label(' · '.join(told))}]")
    if desk.lessons_total > len(desk.lessons):
        st.page_link(screens.page("lessons"), query_params=address.query())


def _head(title: str, total: int) -> None:
    st.header(t("{title}: {n}", title=title, n=total))
