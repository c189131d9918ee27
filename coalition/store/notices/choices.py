"""How people want to be told."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.telling import NoticeKind
from coalition.domain.notices.paces import Habit, Pace
from coalition.store.schema import notice_choice, quiet_days


def habits(conn: Connection, ids: Collection[int]) -> dict[AccountId, Habit]:
    """Return how each of these people wants to be told."""
    paces: dict[AccountId, dict[NoticeKind, Pace]] = defaultdict(dict)
    chosen = select(notice_choice).where(notice_choice.c.account_id.in_(ids))
    for row in conn.execute(chosen):
        paces[AccountId(row.account_id)][NoticeKind(row.kind)] = Pace(row.pace)
    quiet = select(quiet_days).where(quiet_days.c.account_id.in_(ids))
    days = {row.account_id: frozenset(row.weekdays) for row in conn.execute(quiet)}
    return {
        AccountId(one): Habit(paces.get(AccountId(one), {}), days.get(one, frozenset()))
        for one in ids
    }


def keep(conn: Connection, account_id: AccountId, habit: Habit) -> None:
    """Store how somebody wants to be told, in place of what was."""
    for table in (notice_choice, quiet_days):
        conn.execute(delete(table).where(table.c.account_id == account_id))
    rows = [{"account_id": account_id, "kind": k, "pace": p} for k, p in habit.paces.items()]
    if rows:
        conn.execute(insert(notice_choice), rows)
    conn.execute(insert(quiet_days), {"account_id": account_id, "weekdays": sorted(habit.quiet)})


def choose(conn: Connection, account_id: AccountId, paces: Mapping[NoticeKind, Pace]) -> None:
    """Store another pace for some kinds, the rest as it is."""
    before = habits(conn, [account_id])[account_id]
    keep(conn, account_id, Habit({**before.paces, **paces}, before.quiet))
