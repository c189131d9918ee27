"""Applications with their steps, in and out of the tables."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.admissions import Decision
from coalition.domain.people.applications import (
    Application,
    ApplicationId,
    ApplicationNotFound,
    Ending,
    Past,
    Stage,
    Step,
)
from coalition.domain.people.inquiries import InquiryId
from coalition.store.schema import account as accounts
from coalition.store.schema import application as applications
from coalition.store.schema import application_decision as decisions
from coalition.store.schema import application_step as steps
from coalition.store.schema import organisation as organisations
from coalition.store.schema import screening_answer as answers


def add(
    conn: Connection, inquiry_id: InquiryId, step: Step, *, by: AccountId, at: datetime
) -> ApplicationId:
    """Store a new application with its first step and return its id."""
    values = _columns(step) | {"inquiry_id": inquiry_id, "moves": 1}
    added = conn.execute(insert(applications).returning(applications.c.id), values)
    application_id = ApplicationId(added.scalar_one())
    _add_step(conn, application_id, 1, step, by=by, at=at)
    return application_id


def move(
    conn: Connection, this: Application, step: Step, *, by: AccountId | None, at: datetime
) -> None:
    """Store where an application stands now, and the step to there."""
    number = this.moves + 1
    conn.execute(
        update(applications)
        .where(applications.c.id == this.id)
        .values(_columns(step) | {"moves": number})
    )
    _add_step(conn, this.id, number, step, by=by, at=at)


def end(conn: Connection, application_id: ApplicationId, ending: Ending, *, at: datetime) -> None:
    """Store what became of an application."""
    conn.execute(
        update(applications)
        .where(applications.c.id == application_id)
        .values(ending=ending, ended_at=at)
    )


def find(conn: Connection, inquiry_id: InquiryId) -> Application | None:
    """Return the application of an inquiry, or None."""
    row = conn.execute(_listed().where(applications.c.inquiry_id == inquiry_id)).first()
    return _application(row) if row else None


def get(conn: Connection, inquiry_id: InquiryId) -> Application:
    """Return the application of an inquiry.

    Raises:
        ApplicationNotFound: it has not become one.
    """
    if found := find(conn, inquiry_id):
        return found
    raise ApplicationNotFound


def of(conn: Connection, inquiry_ids: Collection[InquiryId]) -> dict[InquiryId, Application]:
    """Return the applications of these inquiries by inquiry, in one query."""
    rows = conn.execute(_listed().where(applications.c.inquiry_id.in_(inquiry_ids)))
    return {InquiryId(row.inquiry_id): _application(row) for row in rows}


def history(conn: Connection, application_id: ApplicationId) -> tuple[Past, ...]:
    """Return every step of an application, the oldest first."""
    mover = accounts.alias()
    rows = conn.execute(
        select(steps, accounts.c.name.label("owner"), mover.c.name.label("mover"))
        .join(accounts, accounts.c.id == steps.c.owner_id)
        .outerjoin(mover, mover.c.id == steps.c.moved_by)
        .where(steps.c.application_id == application_id)
        .order_by(steps.c.number)
    )
    return tuple(
        Past(_step(row), row.owner, row.mover or "", row.at, row.moved_by is None) for row in rows
    )


def erase(conn: Connection, inquiry_id: InquiryId, *, at: datetime) -> None:
    """Blank all words of the application of an inquiry; stages, days and its ending stay.

    One still open lapses: nobody is left to be told of a decision.
    """
    mine = applications.c.inquiry_id == inquiry_id
    its = select(applications.c.id).where(mine).scalar_subquery()
    conn.execute(update(applications).where(mine).values(next_step=""))
    conn.execute(
        update(applications)
        .where(mine, applications.c.ending == "")
        .values(ending=Ending.LAPSED, ended_at=at)
    )
    conn.execute(update(steps).where(steps.c.application_id.in_(its)).values(next_step=""))
    conn.execute(update(decisions).where(decisions.c.application_id.in_(its)).values(reason=""))
    conn.execute(update(answers).where(answers.c.application_id.in_(its)).values(note=""))


def decide(
    conn: Connection,
    application_id: ApplicationId,
    decision: Decision,
    *,
    by: AccountId,
    at: datetime,
) -> None:
    """Store how an application was decided; the database refuses a second decision."""
    conn.execute(
        insert(decisions),
        {
            "application_id": application_id,
            "accepted": decision.accepted,
            "reason": decision.reason,
            "reapply_on": decision.reapply_on,
            "decided_in": decision.decided_in,
            "organisation_id": decision.organisation_id,
            "decided_by": by,
            "at": at,
        },
    )


def decision(conn: Connection, application_id: ApplicationId) -> Decision | None:
    """Return how an application was decided, or None."""
    row = conn.execute(
        select(decisions, accounts.c.name, organisations.c.name.label("organisation"))
        .join(accounts, accounts.c.id == decisions.c.decided_by)
        .outerjoin(organisations, organisations.c.id == decisions.c.organisation_id)
        .where(decisions.c.application_id == application_id)
    ).first()
    if row is None:
        return None
    return Decision(
        accepted=row.accepted,
        reason=row.reason,
        reapply_on=row.reapply_on,
        decided_in=row.decided_in,
        organisation_id=row.organisation_id,
        organisation=row.organisation or "",
        by=row.name,
        at=row.at,
    )


def _add_step(
    conn: Connection,
    application_id: ApplicationId,
    number: int,
    step: Step,
    *,
    by: AccountId | None,
    at: datetime,
) -> None:
    values = _columns(step) | {"application_id": application_id, "number": number}
    conn.execute(insert(steps), values | {"moved_by": by, "at": at})


def _listed() -> Select[Any]:
    return select(applications, accounts.c.name.label("owner")).join(
        accounts, accounts.c.id == applications.c.owner_id
    )


def _application(row: Row[Any]) -> Application:
    return Application(
        id=ApplicationId(row.id),
        inquiry_id=row.inquiry_id,
        step=_step(row),
        owner=row.owner,
        moves=row.moves,
        ending=Ending(row.ending) if row.ending else None,
    )


def _step(row: Row[Any]) -> Step:
    return Step(Stage(row.stage), AccountId(row.owner_id), row.next_step, row.due_on)


def _columns(step: Step) -> dict[str, Any]:
    return {
        "stage": step.stage,
        "owner_id": step.owner_id,
        "next_step": step.next_step,
        "due_on": step.due_on,
    }
