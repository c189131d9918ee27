"""From what deeds left in the outbox, and from the clock, to notices for people.

Only the job calls these. Each is idempotent: the database takes one notice a person, kind and
occasion. Whom it concerns is asked when it is told, so that nobody hears by a seat they left.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.visibility import tells_stances
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.domain.notices import mails as rules
from coalition.domain.notices.reminders import reminder
from coalition.domain.people.inquiries import InquiryId
from coalition.store.database import Connection, Database
from coalition.store.deliberation import clearances as clearances_store
from coalition.store.deliberation import rounds as rounds_store
from coalition.store.notices import choices, mails, notices, pending, recipients
from coalition.store.notices.notices import Notice
from coalition.store.notices.pending import Left

BATCH = 50  # of the outbox in one transaction
SOON = timedelta(days=1)  # an inquiry whose promise ends within this is due

Found = Iterable[AccountId | None]


def tell(db: Database, clock: Clock) -> int:
    """Work the outbox off; return how many notices and mails came of it."""
    told = 0
    while True:
        with db.writing() as conn:
            left = pending.pending(conn, limit=BATCH)
            for one in left:
                told += _tell(conn, one, clock())
                pending.handled(conn, one, at=clock())
        if len(left) < BATCH:
            return told


def remind(db: Database, clock: Clock) -> int:
    """Tell those whose answer is awaited how close the close is; return how many were told.

    Never an organisation that has answered or whose board reviews the text.
    """
    with db.writing() as conn:
        now = clock()
        due: dict[RoundId, str] = {}
        for this in rounds_store.open_at(conn, now):
            if (days := reminder(this.opens_at, this.closes_at, now)) is not None:
                due[this.id] = f"{this.closes_at:%Y-%m-%dT%H:%M}:{days}"
        reviewing = clearances_store.in_force(conn, due, now)
        awaited = [
            one
            for one in recipients.awaited(conn, due)
            if (RoundId(one.round_id), one.organisation_id) not in reviewing
        ]
        acting = recipients.acting(conn, {one.organisation_id for one in awaited}, now)
        told = 0
        for one in awaited:
            round_id = RoundId(one.round_id)
            occasion = f"round:{round_id}:{due[round_id]}"
            who = acting.get(one.organisation_id)
            subject = f"round:{round_id}"
            told += _add(conn, NoticeKind.CLOSING, subject, occasion, [who], now)
        for inquiry_id, who in recipients.inquiries_due(conn, now + SOON):
            subject = f"inquiry:{inquiry_id}"
            told += _add(conn, NoticeKind.DUE, subject, f"{subject}:{who}", [who], now)
    return told


def _tell(conn: Connection, one: Left, now: datetime) -> int:
    if isinstance(one.kind, Transactional):
        return _post(conn, one, one.kind)
    whom = {*_CONCERNS[one.kind](conn, one.number, now)} - {one.by}
    return _add(conn, one.kind, one.subject, f"outbox:{one.id}", whom, one.at)


def _post(conn: Connection, one: Left, what: Transactional) -> int:
    to_account = what in {Transactional.RESET, Transactional.INVITATION}
    mails.add(
        conn,
        what.value,
        f"outbox:{one.id}",
        account_id=AccountId(one.number) if to_account else None,
        inquiry_id=None if to_account else InquiryId(one.number),
        at=one.at,
        expires_at=one.at + rules.USE[what],
    )
    return 1


def _add(
    conn: Connection,
    kind: NoticeKind,
    subject: str,
    occasion: str,
    whom: Collection[AccountId | None],
    at: datetime,
) -> int:
    there = recipients.active(conn, [one for one in whom if one is not None])
    habits = choices.habits(conn, there)
    new = [
        Notice(one, kind, subject, occasion, habits[one].pace(kind), at) for one in sorted(there)
    ]
    return notices.add(conn, new)


def _roll(conn: Connection, round_id: int, now: datetime) -> Found:
    return recipients.acting(conn, rounds_store.roll(conn, RoundId(round_id)), now).values()


def _holders(conn: Connection, proposal_id: int, now: datetime) -> Found:
    round_id = recipients.open_round_of(conn, proposal_id, now)
    if round_id is None:
        return ()
    carried = recipients.answered_before(conn, round_id)
    return recipients.acting(conn, carried, now).values()


def _champion(conn: Connection, objection_id: int, now: datetime) -> Found:
    """Return who brings the proposal, unless the objection is still for its organisation alone."""
    found = recipients.parties(conn, objection_id)
    if found is None:
        return ()
    if found.round_id is not None:
        this = rounds_store.get(conn, RoundId(found.round_id))
        if not tells_stances(this, now=now):
            return ()
    if found.champion_id is not None:
        return recipients.acting(conn, [found.champion_id], now).values()
    return (found.drafted_by,)


def _objector(conn: Connection, objection_id: int, now: datetime) -> Found:
    found = recipients.parties(conn, objection_id)
    if found is None:
        return ()
    return recipients.acting(conn, [found.organisation_id], now).values()


def _called(conn: Connection, comment_id: int, now: datetime) -> Found:
    people, organisations = recipients.called(conn, comment_id)
    return (*people, *recipients.acting(conn, organisations, now).values())


def _assignee(conn: Connection, inquiry_id: int, _now: datetime) -> Found:
    return (recipients.assignee(conn, inquiry_id),)


_CONCERNS: Mapping[NoticeKind, Callable[[Connection, int, datetime], Found]] = MappingProxyType(
    {
        NoticeKind.ROUND_OPENED: _roll,
        NoticeKind.TEXT_CHANGED: _holders,
        NoticeKind.OBJECTION: _champion,
        NoticeKind.ANSWER: _objector,
        NoticeKind.MENTION: _called,
        NoticeKind.RESULT: _roll,
        NoticeKind.INQUIRY: _assignee,
    }
)
