"""From notices to mails: one at once for what is told now, a few in a digest for the rest."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from coalition.domain.ground.moments import Clock, zone
from coalition.domain.ground.permissions import AccountId
from coalition.domain.notices.paces import SENT_WITHIN, WEEK, Pace, is_due
from coalition.store.database import Connection, Database
from coalition.store.ground import profile
from coalition.store.notices import choices, mails, notices
from coalition.store.notices.notices import Notice
from coalition.store.people import accounts

KEPT = timedelta(days=WEEK) + SENT_WITHIN  # a weekly digest looks back no further


def pack(db: Database, clock: Clock) -> int:
    """Put what is to be mailed into mails; return how many mails were made.

    Nothing goes out on a person's quiet days; what was to be told then is told after them.
    """
    with db.writing() as conn:
        now = clock()
        table = profile.find(conn)
        if table is None:
            return 0
        waiting = notices.unmailed(conn, since=now - KEPT)
        habits = choices.habits(conn, {one.account_id for one in waiting})
        made = 0
        for account_id, theirs in groupby(waiting, key=attrgetter("account_id")):
            habit = habits[account_id]
            where = accounts.get(conn, account_id).zone or table.zone
            if not habit.is_quiet(now, where):
                made += _pack(conn, account_id, list(theirs), where, now)
    return made


def _pack(
    conn: Connection, account_id: AccountId, waiting: list[Notice], where: str, now: datetime
) -> int:
    made = 0
    for one in waiting:
        if one.pace is Pace.NOW and now - one.at < SENT_WITHIN:
            _put(conn, account_id, Pace.NOW, f"notice:{one.id}", [one], now)
            made += 1
    for pace in (Pace.DAILY, Pace.WEEKLY):
        those = [one for one in waiting if one.pace is pace]
        last = mails.last_made(conn, account_id, pace) if those else None
        if those and is_due(pace, last, now, where):
            day = now.astimezone(zone(where)).date()
            _put(conn, account_id, pace, f"account:{account_id}:{day}", those, now)
            made += 1
    return made


def _put(
    conn: Connection,
    account_id: AccountId,
    pace: Pace,
    occasion: str,
    told: Iterable[Notice],
    now: datetime,
) -> None:
    until = now + SENT_WITHIN
    mail_id = mails.add(conn, pace, occasion, account_id=account_id, at=now, expires_at=until)
    notices.mailed(conn, [one.id for one in told], mail_id)
