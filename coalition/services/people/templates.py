"""Reply templates, kept by conveners for conveners."""

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.templates import Template, TemplateId
from coalition.store.database import Database
from coalition.store.ground import audit, tokens
from coalition.store.people import templates as store


def save_template(
    db: Database, clock: Clock, *, actor: Actor | None, template: Template, token: str
) -> TemplateId:
    """Keep a new template, or change one that has a number; return its number.

    Audited as ``template.saved``.

    Raises:
        PermissionMissing: only conveners.
        TemplateNotFound, TemplateNameTaken.
        PlaceUnknown, TextMissing, TextTooLong, TextUnreadable.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    clean = template.checked()
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "template.save"):
            return TemplateId(int(done))
        kept = store.save(conn, clean, by=person.account_id, at=now)
        audit.append(conn, person.label, "template.saved", f"template:{kept}", at=now)
        tokens.keep(conn, token, "template.save", str(kept), at=now)
    return kept


def drop_template(
    db: Database, clock: Clock, *, actor: Actor | None, template_id: TemplateId, token: str
) -> None:
    """Drop a template; answers written with it stay. Audited as ``template.dropped``.

    Raises:
        PermissionMissing: only conveners.
        TemplateNotFound.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "template.drop"):
            return
        store.drop(conn, template_id)
        audit.append(conn, person.label, "template.dropped", f"template:{template_id}", at=now)
        tokens.keep(conn, token, "template.drop", str(template_id), at=now)


def templates(db: Database, *, actor: Actor | None) -> tuple[Template, ...]:
    """Return every template in alphabetical order.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        return store.list_all(conn)
