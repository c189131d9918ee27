"""The discussion of a proposal: its threads page by page, or one of them opened."""

import streamlit as st

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.discussion.comments import CommentId
from coalition.domain.ground.permissions import Permission, may
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import mentions, threads
from coalition.services.discussion.threads import PAGE, Thread
from coalition.ui import address, forms, parts
from coalition.ui.discussion import comment_forms, comment_lines, one_comment, one_thread
from coalition.ui.entry import Entry
from coalition.words import t, tn

OPENED = "thread"  # names the opened thread in the address
OPENS = "open-thread-"  # how the keys begin of the buttons that open one


def draw(detail: Detail, here: Entry) -> None:
    """Draw the threads of a proposal, or the one that the address names."""
    place, after = forms.place(one_thread.BACK, each=OPENS), st.container()
    opened = address.number(OPENED)
    with place.box, parts.reading():
        if opened is None:
            turned = _list(detail, here)
        else:
            turned = one_thread.draw(detail, CommentId(opened), here)
    if not turned:
        return
    place.clear()
    address.keep(one_comment.ACTED_ON, None)
    with after, parts.reading():
        if opened is None:
            address.keep(OPENED, str(turned))
            one_thread.draw(detail, CommentId(turned), here)
        else:
            address.keep(OPENED, None)
            _list(detail, here)


def _list(detail: Detail, here: Entry) -> int | None:
    """Draw the threads; return the number of the one to open, if its button was pressed."""
    if _may_begin(detail, here):
        _beginning(detail, here)

    def page(number: int) -> threads.Page:
        proposal_id = detail.proposal.id
        return threads.threads(here.db, actor=here.actor, proposal_id=proposal_id, page=number)

    found = page(1)
    if not found.threads:
        why = t("A draft is discussed once it is submitted.")
        if detail.stage is not Stage.DRAFT:
            why = t("Ask a question, or say how this would work for the people you speak for.")
        parts.empty(t("Nobody has said anything yet"), why)
        return None
    st.header(tn("{n} thread", "{n} threads", found.total))
    shelf = st.container()
    pages = -(-found.total // PAGE)
    number = st.pagination(pages, key=f"threads-of-{detail.proposal.id}") if pages > 1 else 1
    if number > 1:
        found = page(number)
    with shelf:
        pressed = [one.root.comment.id for one in found.threads if _card(one, detail, here)]
    return pressed[0] if pressed else None


def _may_begin(detail: Detail, here: Entry) -> bool:
    wanted = Permission.COMMENT
    if detail.stage is Stage.DRAFT:
        wanted = Permission.MODERATE_COMMENT
    return may(here.actor, wanted)


def _beginning(detail: Detail, here: Entry) -> None:
    """Draw the form that begins a thread; once more, empty, when one was begun."""
    there = mentions.present(here.db, actor=here.actor, now=here.now)
    name = comment_forms.thread_name(detail.proposal.id)
    place, after = forms.place(forms.button_key(name)), st.container()
    with place.box:
        begun = comment_forms.begin(detail, there, here)
    if begun:
        place.clear()
        with after:
            st.success(t("Your thread stands below."))
            comment_forms.begin(detail, there, here)


def _card(one: Thread, detail: Detail, here: Entry) -> bool:
    """Draw one thread with its latest replies; return whether it is to be opened."""
    root = one.root.comment
    with st.container(border=True, gap="xsmall"):
        comment_lines.passage(root, detail.versions, whole=False)
        comment_lines.draw(one.root, here)
        comment_lines.reactions(one.root)
        earlier = one.replied - len(one.replies)
        with st.container(key=f"replies-of-{root.id}", gap="xsmall"):
            if earlier:
                st.caption(tn("{n} earlier reply", "{n} earlier replies", earlier))
            for said in one.replies:
                comment_lines.draw(said, here)
                comment_lines.reactions(said)
        told = may(here.actor, Permission.COMMENT) and not root.is_gone
        label = t("Open and reply") if told else t("Open the thread")
        return st.button(label, icon=":material/forum:", key=f"{OPENS}{root.id}")
