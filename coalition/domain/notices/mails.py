"""A mail on its way: what it is for, how often it is tried, when it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from coalition.domain.ground.errors import NotFound
from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import Transactional
from coalition.domain.people.accounts import INVITATION
from coalition.domain.people.inquiries import InquiryId

MailId = NewType("MailId", int)

LEASE = timedelta(minutes=10)  # a mail that was being sent for this long is tried again
TRIES = 10
USE = MappingProxyType(  # how long each is worth sending, and its link opens
    {
        Transactional.RESET: timedelta(hours=1),
        Transactional.INVITATION: INVITATION,
        Transactional.INQUIRY_RECEIPT: timedelta(days=3),
        Transactional.INQUIRY_ANSWER: timedelta(days=14),
    }
)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


class MailState(StrEnum):
    """How far a mail has come."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    BOUNCED = "bounced"  # the other side said that it never will take it
    GIVEN_UP = "given_up"  # after ``TRIES``, or past its use


class Refused(RuntimeError):
    """The server will never take this mail: the address or the mail is wrong."""


class Deferred(RuntimeError):
    """The server did not take this mail now: greylisted, busy, silent or gone."""


class UnsubscribeUnknown(NotFound):
    """The link to hear no more was altered, or is of another table."""

    code = "notice.unsubscribe"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail.

    Args:
        purpose: ``now``, ``daily``, ``weekly``, or the code of a ``Transactional``.
        expires_at: Past this it says nothing any more.
    """

    id: MailId
    purpose: str
    account_id: AccountId | None
    inquiry_id: InquiryId | None
    state: MailState
    tries: int
    made_at: datetime
    expires_at: datetime


def wait(tries: int) -> timedelta:
    """Return how long to wait after the ``tries``-th failure: doubling, six hours at most."""
    return min(FIRST_WAIT * (1 << max(tries - 1, 0)), LONGEST_WAIT)
