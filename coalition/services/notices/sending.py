"""Sending what waits: taken by one job at a time, tried again, given up in the end.

A mail is marked as being sent before the server sees it and as sent after it said yes. A process
that dies in between leaves a mail that is sent again after ``LEASE``, with the same
``Message-ID``; nothing else is ever sent twice.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from coalition.domain.deliberation.rounds import RoundId, Status
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.profile import TableProfile
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.domain.notices.mails import (
    TRIES,
    USE,
    Deferred,
    Mail,
    MailState,
    Refused,
    wait,
)
from coalition.domain.notices.paces import Pace
from coalition.services.notices import composing
from coalition.services.notices.composing import From, Item, Told
from coalition.services.notices.smtp import Post
from coalition.services.people import invitations
from coalition.store.database import Connection, Database
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.ground import profile
from coalition.store.notices import choices, facts, mails, notices, recipients
from coalition.store.notices.mails import Recipient
from coalition.store.notices.notices import Notice
from coalition.words import moments, speaking

AT_ONCE = 100  # mails in one run of the job


def send(db: Database, clock: Clock, *, post: Post, sender: From) -> dict[str, int]:
    """Send what is due; return how many were sent, put off, and came to nothing."""
    done = {"sent": 0, "put_off": 0, "dropped": 0}
    for _ in range(AT_ONCE):
        with db.writing() as conn:
            this = mails.claim(conn, clock())
            ready = _compose(conn, this, sender, clock()) if this else None
            if this and ready is None:
                mails.ended(conn, this.id, MailState.GIVEN_UP, at=clock())
                done["dropped"] += 1
        if this is None:
            break
        if ready is not None:
            done[_hand_over(db, clock, this, *ready, post)] += 1
    return done


def _hand_over(
    db: Database, clock: Clock, this: Mail, message: EmailMessage, address: str, post: Post
) -> str:
    try:
        post.deliver(message, address)
    except Refused as fault:
        said, state, kept = str(fault), MailState.BOUNCED, "dropped"
    except Deferred as fault:
        said, state, kept = str(fault), MailState.WAITING, "put_off"
        if this.tries + 1 >= TRIES:
            state, kept = MailState.GIVEN_UP, "dropped"
    else:
        said, state, kept = "", MailState.SENT, "sent"
    with db.writing() as conn:
        now = clock()
        if state is MailState.WAITING:
            mails.put_back(conn, this.id, next_at=now + wait(this.tries + 1), fault=said)
        else:
            mails.ended(conn, this.id, state, at=now, fault=said)
    return kept


def _compose(
    conn: Connection, this: Mail, sender: From, now: datetime
) -> tuple[EmailMessage, str] | None:
    """Return the mail and its address; None where there is nobody or nothing to tell any more."""
    to, table = mails.recipient(conn, this), profile.find(conn)
    if not to.address or table is None or now >= this.expires_at:
        return None
    with speaking(to.language):
        is_transactional = this.purpose in set(Transactional)
        told = (
            _transactional(conn, this, to, table, sender, now)
            if is_transactional
            else _notices(conn, this, to, table, sender, now)
        )
        if told is None:
            return None
        return composing.message(this, told, to, table.name, sender, now), to.address


def _transactional(
    conn: Connection, this: Mail, to: Recipient, table: TableProfile, sender: From, now: datetime
) -> Told:
    kind = Transactional(this.purpose)
    if to.account_id is None:
        return composing.transactional(kind, to, sender.link("inquiry"), "")
    secret, until = _secret(sender.key, this), this.made_at + USE[kind]
    invitations.link_by_mail(conn, to.account_id, secret, at=now, until=until)
    link = sender.link("invitation", invitation=secret)
    return composing.transactional(kind, to, link, moments.when(until, to.zone or table.zone))


def _secret(key: bytes, this: Mail) -> str:
    """Return the secret of a mailed link: the same at every try, and kept nowhere."""
    told = hmac.new(key, f"link:{this.id}:{this.made_at.isoformat()}".encode(), sha256).digest()
    return urlsafe_b64encode(told).decode().rstrip("=")


def _notices(
    conn: Connection, this: Mail, to: Recipient, table: TableProfile, sender: From, now: datetime
) -> Told | None:
    told = _still_true(conn, notices.of_mail(conn, this.id), now)
    known = facts.of(conn, {one.subject for one in told})
    kept = sorted((one for one in told if one.subject in known), key=lambda one: _when(one, known))
    if not kept:
        return None
    items: Sequence[Item] = [
        composing.item(one, known[one.subject], table, to, sender) for one in kept
    ]
    kinds, account_id = [one.kind for one in kept], kept[0].account_id
    return composing.notices_mail(this, items, kinds, to, account_id, sender)


def _when(one: Notice, known: dict[str, facts.Facts]) -> tuple[bool, datetime]:
    """Put what has an hour first, the soonest before the rest."""
    at = known[one.subject].at if one.kind is not NoticeKind.RESULT else None
    return at is None, at or one.at


def _still_true(conn: Connection, told: Iterable[Notice], now: datetime) -> list[Notice]:
    """Return what is wanted and so still: nobody is chased for what was done meanwhile."""
    found = []
    for one in told:
        habit = choices.habits(conn, [one.account_id])[one.account_id]
        if habit.pace(one.kind) is Pace.NEVER:
            continue
        if one.kind is NoticeKind.CLOSING and not _is_awaited(conn, one, now):
            continue
        found.append(one)
    return found


def _is_awaited(conn: Connection, one: Notice, now: datetime) -> bool:
    this = rounds_store.get(conn, RoundId(one.number))
    if this.status(now) is not Status.OPEN:
        return False
    waiting = {who.organisation_id for who in recipients.awaited(conn, [this.id])}
    return one.account_id in recipients.acting(conn, waiting, now).values()
