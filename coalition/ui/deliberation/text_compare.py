"""Two texts held against each other: what went, what came, word by word.

Told apart by a sign, a line through or heavy type, and colour: never by colour alone.
"""

import re

import streamlit as st

from coalition.domain.deliberation.differences import Change, Piece, compare
from coalition.domain.deliberation.proposals import TextVersion
from coalition.ui import safe
from coalition.words import t

_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_UNSEEN = "\u200c"  # between two characters, it keeps them from being a mark together
_LINK = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_MARKS = {
    Change.SAME: ("", ""),
    Change.REMOVED: (":orange-background[~~−\u00a0", "~~]"),
    Change.ADDED: (":blue-background[**+\u00a0", "**]"),
}


def legend() -> None:
    """Say how what went and what came are marked."""
    gone, come = (inline_piece(one) for one in (Change.REMOVED, Change.ADDED))
    st.markdown(f":small[{t('Marked: {gone} {come}', gone=gone, come=come)}]")


def inline_piece(change: Change) -> str:
    """Return the word for what went or came, marked as it is in a text."""
    word = t("taken out") if change is Change.REMOVED else t("put in")
    return _marked(change, word)


def inline(before: str, after: str) -> str:
    """Return one text with what went and what came marked in it, as harmless Markdown."""
    return _told(compare(before, after))


def side_by_side(before: TextVersion, after: TextVersion) -> None:
    """Draw two versions beside each other, stacked where the screen is narrow."""
    left, right = st.columns(2, gap="medium")
    title, ask, body = (
        compare(before.title, after.title),
        compare(before.ask, after.ask),
        compare(before.body, after.body),
    )
    for column, version, gone in ((left, before, Change.ADDED), (right, after, Change.REMOVED)):
        with column:
            st.subheader(t("Version {n}", n=version.number))
            if before.title != after.title:
                st.markdown(f"**{t('Title')}:** {_told(title, without=gone)}")
            if before.ask != after.ask:
                st.markdown(f"**{t('What is asked')}:** {_told(ask, without=gone)}")
            st.markdown(_told(body, without=gone))


def _told(pieces: tuple[Piece, ...], *, without: Change | None = None) -> str:
    told = "".join(
        "\n".join(_marked(piece.change, line) for line in piece.text.split("\n"))
        for piece in pieces
        if piece.change is not without
    )
    lines = "\n".join(line.strip() for line in told.split("\n"))  # four spaces would make it code
    paragraphs = [part.strip("\n") for part in re.split(r"\n{2,}", lines)]
    return "\n\n".join(part.replace("\n", "\\\n") for part in paragraphs if part.strip())


def _marked(change: Change, line: str) -> str:
    """Return one line of a piece, marked, its white space outside the marks."""
    found = _EDGES.match(line)
    before, words, after = found.groups() if found else ("", line, "")
    if not words:
        return line
    opened, closed = _MARKS[change]
    return f"{before}{opened}{_shown(words)}{closed}{after}"


def _shown(words: str) -> str:
    """Return words that are harmless beside whatever piece comes before or after.

    A colon at the edge would make a picture of what stands beside it, or spoil the mark that
    follows; a link would swallow that mark.
    """
    told = safe.label(_LINK.sub(_UNSEEN, words))
    if words.endswith(":"):
        told = f"{told.removesuffix(':')}\\:{_UNSEEN}"
    return _UNSEEN + told if words.startswith(":") else told
