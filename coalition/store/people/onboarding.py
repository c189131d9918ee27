"""First steps at the table: buddies and practice votes, in and out of their tables."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from coalition.domain.ground.permissions import AccountId, OrganisationId, Role
from coalition.domain.people.applications import ApplicationId
from coalition.store.schema import account as accounts
from coalition.store.schema import onboarding as onboardings
from coalition.store.schema import practice_vote as practices
from coalition.store.schema import seat as seats


def set_buddy(
    conn: Connection, application_id: ApplicationId, account_id: AccountId, *, at: datetime
) -> None:
    """Store who helps a new organisation, in place of an earlier one."""
    mine = onboardings.c.application_id == application_id
    values = {"buddy_id": account_id, "at": at}
    if not conn.execute(update(onboardings).where(mine).values(values)).rowcount:
        conn.execute(insert(onboardings), values | {"application_id": application_id})


def buddy(conn: Connection, application_id: ApplicationId) -> tuple[AccountId, str] | None:
    """Return number and name of who helps a new organisation, or None."""
    row = conn.execute(
        select(accounts.c.id, accounts.c.name)
        .join(onboardings, onboardings.c.buddy_id == accounts.c.id)
        .where(onboardings.c.application_id == application_id)
    ).first()
    return (AccountId(row.id), row.name) if row else None


def buddies(conn: Connection, but: OrganisationId) -> dict[AccountId, str]:
    """Return who may help a new organisation, by number: active, and not of its own."""
    own = select(seats.c.account_id).where(seats.c.organisation_id == but)
    rows = conn.execute(
        select(accounts.c.id, accounts.c.name)
        .where(
            accounts.c.active,
            accounts.c.role.in_((Role.MEMBER, Role.CONVENER)),
            accounts.c.password_hash.is_not(None),
            accounts.c.id.not_in(own),
        )
        .order_by(accounts.c.name, accounts.c.id)
    )
    return {AccountId(row.id): row.name for row in rows}


def practised_at(conn: Connection, account_id: AccountId) -> datetime | None:
    """Return when a person did the practice vote, or None."""
    return conn.scalar(select(practices.c.at).where(practices.c.account_id == account_id))


def practise(conn: Connection, account_id: AccountId, *, at: datetime) -> None:
    """Store that a person did the practice vote."""
    conn.execute(insert(practices), {"account_id": account_id, "at": at})
