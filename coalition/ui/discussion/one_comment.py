"""One comment in an opened thread: its words, its reactions, and its form when asked for."""

import streamlit as st

from coalition.domain.discussion.comments import Reaction
from coalition.domain.ground.permissions import Permission, may
from coalition.services.discussion import comments, mentions
from coalition.services.discussion.threads import Said
from coalition.ui import address, forms
from coalition.ui.discussion import comment_forms, comment_lines
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import comments as words
from coalition.words import t

ACTED_ON = "comment"  # names in the address the comment whose form is open


def draw(said: Said, here: Entry) -> bool:
    """Draw one comment with its buttons or its form; return whether something was done.

    What is done renews the names of its buttons, so that it can be drawn a second time in
    the same run.
    """
    comment_lines.draw(said, here)
    if said.comment.is_gone:
        return False
    if not may(here.actor, Permission.COMMENT):
        comment_lines.reactions(said)
        comment_lines.who_reacted(said)
        return False
    return _form(said, here) if _is_acted_on(said, here) else _buttons(said, here)


def buttons(said: Said, here: Entry) -> list[str]:
    """Return the keys of the buttons after which a comment is drawn anew."""
    number = said.comment.id
    if _is_acted_on(said, here):
        return [_leave(said), *map(forms.button_key, comment_forms.deed_names(said))]
    token = forms.token(f"comment-{number}")
    return [*(f"{one}-{token}" for one in Reaction), f"act-{token}"]


def _buttons(said: Said, here: Entry) -> bool:
    """Draw the reactions and the way to the form; return whether one was pressed and done."""
    name = f"comment-{said.comment.id}"
    with st.container(horizontal=True, gap="xsmall"):
        pressed = [one for one in Reaction if _reaction(said, one, name, here)]
        opens = _may_act(said, here) and st.button(
            t("Edit") if _is_own(said, here) else t("Remove"),
            icon=":material/edit:" if _is_own(said, here) else ":material/block:",
            type="tertiary",
            key=f"act-{forms.token(name)}",
        )
    comment_lines.who_reacted(said)
    if opens:
        address.keep(ACTED_ON, str(said.comment.id))
        forms.renew(name)
    return opens or any(_react(said, one, name, here) for one in pressed)


def _form(said: Said, here: Entry) -> bool:
    """Draw the form for one's own comment, or the one to remove it; return whether it is over."""
    if _is_own(said, here):
        there = mentions.present(
            here.db, actor=here.actor, now=here.now, audience=said.comment.audience
        )
        over = [comment_forms.edit(said, there, here), comment_forms.take_back(said, here)]
    else:
        over = [comment_forms.remove(said, here)]
    over.append(st.button(t("Leave it as it is"), key=_leave(said)))
    if any(over):
        address.keep(ACTED_ON, None)
    return any(over)


def _reaction(said: Said, reaction: Reaction, name: str, here: Entry) -> bool:
    """Draw the button of one reaction, ticked where it is the reader's; was it pressed?"""
    n = comment_lines.count(said, reaction)
    mine = _is_mine(said, reaction, here)
    return st.button(
        f"{words.reaction(reaction)} {n}" if n else words.reaction(reaction),
        icon=":material/check:" if mine else comment_lines.GLYPHS[reaction],
        type="tertiary",
        key=f"{reaction}-{forms.token(name)}",
    )


def _react(said: Said, reaction: Reaction, name: str, here: Entry) -> bool:
    """Say it, or take it back where it stands already; return whether it was done."""

    def react(_token: str) -> None:
        comments.react(
            here.db,
            here.clock,
            actor=here.actor,
            comment_id=said.comment.id,
            reaction=reaction,
            on=not _is_mine(said, reaction, here),
        )

    return done(name, react, said=st.container())


def _is_mine(said: Said, reaction: Reaction, here: Entry) -> bool:
    mine = here.actor.account_id
    return any(one.reaction is reaction and one.account_id == mine for one in said.reactions)


def _leave(said: Said) -> str:
    return f"leave-{said.comment.id}"


def _is_acted_on(said: Said, here: Entry) -> bool:
    return address.number(ACTED_ON) == said.comment.id and _may_act(said, here)


def _is_own(said: Said, here: Entry) -> bool:
    return said.comment.written_by == here.actor.account_id


def _may_act(said: Said, here: Entry) -> bool:
    return _is_own(said, here) or may(here.actor, Permission.MODERATE_COMMENT)
