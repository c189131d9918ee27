"""Notices in words: a line to read in a list, and the sentence a mail adds."""

from collections.abc import Mapping
from types import MappingProxyType

from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Pace
from coalition.words.speech import mark, t

KINDS: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.ROUND_OPENED: mark("A round opened for us"),
        NoticeKind.CLOSING: mark("A round closes and we have not answered"),
        NoticeKind.TEXT_CHANGED: mark("A text changed after our answer"),
        NoticeKind.OBJECTION: mark("An objection to our proposal"),
        NoticeKind.ANSWER: mark("An answer to our objection"),
        NoticeKind.MENTION: mark("Somebody mentioned me or us"),
        NoticeKind.RESULT: mark("A result was published"),
        NoticeKind.INQUIRY: mark("An inquiry was given to me"),
        NoticeKind.DUE: mark("Something of mine is due"),
    }
)
PACES: Mapping[Pace, str] = MappingProxyType(
    {
        Pace.NOW: mark("At once"),
        Pace.DAILY: mark("Once a day"),
        Pace.WEEKLY: mark("Once a week"),
        Pace.NEVER: mark("Never by mail"),
    }
)
_LINES: Mapping[NoticeKind, str] = MappingProxyType(
    {
        NoticeKind.ROUND_OPENED: mark("{reference}: a round is open, please record your stance"),
        NoticeKind.CLOSING: mark("{reference}: your stance is missing, the round closes soon"),
        NoticeKind.TEXT_CHANGED: mark("{reference}: the text changed, please confirm your stance"),
        NoticeKind.OBJECTION: mark("{reference}: an objection to your proposal"),
        NoticeKind.ANSWER: mark("{reference}: your objection was answered"),
        NoticeKind.MENTION: mark("{reference}: you were mentioned in the discussion"),
        NoticeKind.RESULT: mark("{reference}: the result is published"),
        NoticeKind.INQUIRY: mark("Inquiry {reference} was given to you"),
        NoticeKind.DUE: mark("Inquiry {reference}: an answer is due"),
    }
)


def kind(one: NoticeKind) -> str:
    """Return what a kind of notice is called where people choose."""
    return t(KINDS[one])


def pace(one: Pace) -> str:
    """Return a pace in words."""
    return t(PACES[one])


def line(one: NoticeKind, reference: str) -> str:
    """Return a notice as one line, which is also the subject of its mail."""
    return t(_LINES[one], reference=reference)
