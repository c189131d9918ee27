"""One thread opened: its passage, its replies page by page, what may be done, a reply."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition.domain.discussion.comments import CommentId
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Permission, may
from coalition.services.deliberation.proposals import Detail
from coalition.services.discussion import mentions, threads
from coalition.services.discussion.threads import Opened, Said
from coalition.ui import feedback, forms
from coalition.ui.discussion import comment_forms, comment_lines, one_comment
from coalition.ui.entry import Entry
from coalition.words import t, tn

BACK = "all-threads"  # key of a button


def draw(detail: Detail, root_id: CommentId, here: Entry) -> bool:
    """Draw one thread; return whether the reader wants back to all of them."""
    if st.button(t("All threads"), icon=":material/arrow_back:", type="tertiary", key=BACK):
        return True
    above, turner = st.container(), st.container()
    place = forms.place(forms.button_key(comment_forms.reply_name(root_id)))
    after = st.container()
    try:
        found = _read(detail, root_id, here)
    except CoalitionError as refusal:
        feedback.tell(refusal)
        return False
    if _replied(found.thread.root, place, after, here):
        found = _read(detail, root_id, here)
    if found.pages > 1:
        with turner:
            key = f"page-of-{root_id}-{found.thread.replied}"
            number = st.pagination(found.pages, default=found.pages, key=key)
        if number != found.page:
            found = _read(detail, root_id, here, number)
    with above:
        _comments(detail, found, here)
    return False


def _read(detail: Detail, root_id: CommentId, here: Entry, page: int | None = None) -> Opened:
    return threads.thread(
        here.db, actor=here.actor, proposal_id=detail.proposal.id, root_id=root_id, page=page
    )


def _replied(root: Said, place: forms.Place, after: DeltaGenerator, here: Entry) -> bool:
    """Draw the form of a reply; once more, empty, when one was given; return whether it was."""
    if root.comment.is_gone or not may(here.actor, Permission.COMMENT):
        return False
    there = mentions.present(here.db, actor=here.actor, now=here.now)
    with place.box:
        replied = comment_forms.reply(root, there, here)
    if replied:
        place.clear()
        with after:
            st.success(t("Your reply stands above."))
            comment_forms.reply(root, there, here)
    return replied


def _comments(detail: Detail, found: Opened, here: Entry) -> None:
    """Draw the comment that began the thread, then one page of replies."""
    root = found.thread.root
    comment_lines.passage(root.comment, detail.versions, whole=True)
    _comment(detail, found, root, here)
    st.header(tn("{n} reply", "{n} replies", found.thread.replied))
    with st.container(key=f"replies-in-{root.comment.id}"):
        for said in found.thread.replies:
            _comment(detail, found, said, here)


def _comment(detail: Detail, found: Opened, said: Said, here: Entry) -> None:
    """Draw one comment and what may be done with it; once more when something was."""
    place = forms.place(*one_comment.buttons(said, here))
    after = st.container(gap="xsmall")
    with place.box, st.container(gap="xsmall"):
        acted = one_comment.draw(said, here)
    if acted:
        place.clear()
        fresh = _read(detail, found.thread.root.comment.id, here, found.page).thread
        number = said.comment.id
        now = next(one for one in (fresh.root, *fresh.replies) if one.comment.id == number)
        with after:
            one_comment.draw(now, here)
