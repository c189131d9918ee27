"""How long what is personal is kept: one list, enforced by ``tick`` and printed on the page.

What is not here stays for as long as the table does: organisations, proposals,
rounds, ballots, verdicts, meetings, public lessons and the audit trail are its memory.
``forget`` erases a person's name, address and words at any time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coalition.domain.people.sign_ins import KEPT_DAYS


class Kept(StrEnum):
    """A kind of record that is dropped or erased after some time."""

    SESSIONS = "sessions"
    SIGN_INS = "sign_ins"
    INVITATIONS = "invitations"
    ATTEMPTS = "attempts"
    TOKENS = "tokens"
    NOTICES = "notices"
    MAILS = "mails"
    INQUIRIES_CLOSED = "inquiries_closed"
    INQUIRIES_OPEN = "inquiries_open"


@dataclass(frozen=True, slots=True)
class Term:
    """How long one kind is kept.

    Args:
        since: From when the days count, as a code: ``ended``, ``expired``, ``tried``,
            ``done``, ``told``, ``closed`` or ``received``.
        words: ``dropped`` (the row goes) or ``erased`` (the words and the address go;
            code, topic and dates stay for the count).
    """

    kept: Kept
    days: int
    since: str
    words: str

    def before(self, now: datetime) -> datetime:
        """Return the instant before which the term is over."""
        return now - timedelta(days=self.days)


TERMS: dict[Kept, Term] = {
    term.kept: term
    for term in (
        Term(Kept.SESSIONS, 30, "ended", "dropped"),
        Term(Kept.SIGN_INS, KEPT_DAYS, "tried", "dropped"),
        Term(Kept.INVITATIONS, 30, "expired", "dropped"),
        Term(Kept.ATTEMPTS, 7, "tried", "dropped"),
        Term(Kept.TOKENS, 7, "done", "dropped"),
        Term(Kept.NOTICES, 90, "told", "dropped"),
        Term(Kept.MAILS, 90, "told", "dropped"),
        Term(Kept.INQUIRIES_CLOSED, 365, "closed", "erased"),
        Term(Kept.INQUIRIES_OPEN, 730, "received", "erased"),  # nobody ever closed it
    )
}
