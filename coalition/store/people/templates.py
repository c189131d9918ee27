"""Reply templates, in and out of their table."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from coalition.domain.ground import text
from coalition.domain.ground.permissions import AccountId
from coalition.domain.people.templates import (
    Template,
    TemplateId,
    TemplateNameTaken,
    TemplateNotFound,
)
from coalition.store.schema import reply_template as templates


def list_all(conn: Connection) -> tuple[Template, ...]:
    """Return every template in alphabetical order."""
    rows = conn.execute(select(templates).order_by(templates.c.name_key))
    return tuple(Template(row.name, row.body, TemplateId(row.id)) for row in rows)


def save(conn: Connection, template: Template, *, by: AccountId, at: datetime) -> TemplateId:
    """Store a new template, or what one says now; return its id.

    Raises:
        TemplateNotFound: it was dropped meanwhile.
        TemplateNameTaken: another one has its name.
    """
    key = text.key(template.name)
    owner = conn.scalar(select(templates.c.id).where(templates.c.name_key == key))
    if owner not in {None, template.id}:
        raise TemplateNameTaken(field="name", name=template.name)
    values = {
        "name": template.name,
        "name_key": key,
        "body": template.body,
        "saved_by": by,
        "at": at,
    }
    if template.id is None:
        added = conn.execute(insert(templates).returning(templates.c.id), values)
        return TemplateId(added.scalar_one())
    changed = conn.execute(update(templates).where(templates.c.id == template.id).values(values))
    if not changed.rowcount:
        raise TemplateNotFound
    return template.id


def drop(conn: Connection, template_id: TemplateId) -> None:
    """Delete a template.

    Raises:
        TemplateNotFound: there is none.
    """
    if not conn.execute(delete(templates).where(templates.c.id == template_id)).rowcount:
        raise TemplateNotFound
