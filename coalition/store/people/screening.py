"""The joining checklist and its answers, in and out of the tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.applications import ApplicationId
from coalition.domain.people.screening import (
    Answer,
    Answered,
    Asked,
    Given,
    Item,
    ItemId,
    ItemNotFound,
    VersionId,
    Wording,
)
from coalition.store.schema import account as accounts
from coalition.store.schema import screening_answer as answers
from coalition.store.schema import screening_item as items
from coalition.store.schema import screening_version as versions


def add(conn: Connection, wording: Wording, *, by: AccountId, at: datetime) -> ItemId:
    """Store a new item after the last one, in its first version, and return its id."""
    place = (conn.scalar(select(func.max(items.c.place))) or 0) + 1
    added = conn.execute(insert(items).returning(items.c.id), {"place": place, "created_at": at})
    item_id = ItemId(added.scalar_one())
    add_version(conn, item_id, 1, wording, by=by, at=at)
    return item_id


def add_version(
    conn: Connection, item_id: ItemId, number: int, wording: Wording, *, by: AccountId, at: datetime
) -> None:
    """Store the next version of an item."""
    conn.execute(
        insert(versions),
        {
            "item_id": item_id,
            "number": number,
            "question": wording.question,
            "required": wording.required,
            "retired": wording.retired,
            "made_by": by,
            "at": at,
        },
    )


def get(conn: Connection, item_id: ItemId) -> Item:
    """Return one item in its latest version.

    Raises:
        ItemNotFound.
    """
    row = conn.execute(_latest().where(versions.c.item_id == item_id)).first()
    if row is None:
        raise ItemNotFound
    return _item(row)


def list_all(conn: Connection) -> tuple[Item, ...]:
    """Return every item in its latest version, retired ones too, in order."""
    return tuple(_item(row) for row in conn.execute(_latest().order_by(items.c.place)))


def asked(conn: Connection, application_id: ApplicationId) -> tuple[Asked, ...]:
    """Return what is asked of an application and was answered, in order.

    A retired item still stands here where it was answered.
    """
    rows = conn.execute(
        select(answers, versions.c.number, accounts.c.name)
        .join(versions, versions.c.id == answers.c.version_id)
        .join(accounts, accounts.c.id == answers.c.answered_by)
        .where(answers.c.application_id == application_id)
    )
    given = {row.item_id: _answered(row) for row in rows}
    found = (Asked(item, given.get(item.id)) for item in list_all(conn))
    return tuple(one for one in found if one.answered or not one.item.wording.retired)


def answer(
    conn: Connection,
    application_id: ApplicationId,
    given: Given,
    *,
    by: AccountId,
    at: datetime,
    again: bool,
) -> None:
    """Store an answer, in place of an earlier one if ``again``."""
    values = {
        "version_id": given.seen,
        "answer": given.answer,
        "note": given.note,
        "answered_by": by,
        "at": at,
    }
    if again:
        conn.execute(
            update(answers)
            .where(answers.c.application_id == application_id, answers.c.item_id == given.item_id)
            .values(values)
        )
    else:
        its = {"application_id": application_id, "item_id": given.item_id}
        conn.execute(insert(answers), values | its)


def _latest() -> Select[Any]:
    newer = versions.alias()
    later = select(newer.c.id).where(
        newer.c.item_id == versions.c.item_id, newer.c.number > versions.c.number
    )
    return select(versions).join(items, items.c.id == versions.c.item_id).where(~later.exists())


def _item(row: Row[Any]) -> Item:
    wording = Wording(row.question, row.required, row.retired)
    return Item(ItemId(row.item_id), VersionId(row.id), row.number, wording)


def _answered(row: Row[Any]) -> Answered:
    return Answered(
        item_id=ItemId(row.item_id),
        version_id=VersionId(row.version_id),
        number=row.number,
        answer=Answer(row.answer),
        note=row.note,
        by=row.name,
        at=row.at,
    )
