"""The joining checklist: what conveners ask of every applicant, and what they found."""

from collections.abc import Sequence

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.inquiries import InquiryId
from coalition.domain.people.screening import Given, Item, ItemId, VersionId, Wording
from coalition.services.people.applications import record
from coalition.store.database import Database
from coalition.store.ground import audit, tokens
from coalition.store.people import applications
from coalition.store.people import screening as store


def add_items(
    db: Database, clock: Clock, *, actor: Actor | None, wordings: Sequence[Wording], token: str
) -> None:
    """Add items to the end of the checklist. Audited as ``screening.added`` for each.

    Raises:
        PermissionMissing: only conveners.
        TextMissing, TextTooLong, TextUnreadable: a question; then none is added.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    clean = [wording.checked() for wording in wordings]
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "screening.add"):
            return
        for wording in clean:
            item_id = store.add(conn, wording, by=person.account_id, at=now)
            audit.append(conn, person.label, "screening.added", f"screening:{item_id}", at=now)
        tokens.keep(conn, token, "screening.add", str(len(clean)), at=now)


def edit_item(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    item_id: ItemId,
    seen: VersionId,
    wording: Wording,
    token: str,
) -> None:
    """Make a new version of an item; answers keep the version they were given on.

    Saying again what it says already changes nothing. Audited as ``screening.edited``.

    Args:
        seen: The version the form was opened on.

    Raises:
        PermissionMissing: only conveners.
        ItemNotFound, ItemChanged.
        TextMissing, TextTooLong, TextUnreadable.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    clean = wording.checked()
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "screening.edit"):
            return
        item = store.get(conn, item_id)
        item.require_version(seen)
        if clean != item.wording:
            number = item.number + 1
            store.add_version(conn, item_id, number, clean, by=person.account_id, at=now)
            detail = {"number": number, "retired": clean.retired}
            subject = f"screening:{item_id}"
            audit.append(conn, person.label, "screening.edited", subject, at=now, detail=detail)
        tokens.keep(conn, token, "screening.edit", str(item_id), at=now)


def answer_items(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    answers: Sequence[Given],
    token: str,
) -> None:
    """Keep what was found for an application; what is unanswered or unchanged stays.

    Audited as ``application.screened`` with items and answers, without a word.

    Raises:
        PermissionMissing: only conveners.
        ApplicationNotFound, ApplicationEnded.
        ItemNotFound, ItemChanged: an item was changed since the page was opened.
        WaiverUnexplained, TextTooLong, TextUnreadable.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    clean = [given.checked() for given in answers if given.answer is not None]
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "application.screen"):
            return
        this = applications.get(conn, inquiry_id)
        this.require_open()
        before = {one.item.id: one.answered for one in store.asked(conn, this.id)}
        told = {}
        for given in clean:
            store.get(conn, given.item_id).require_version(given.seen)
            had = before.get(given.item_id)
            if had and (had.version_id, had.answer, had.note) == (
                given.seen,
                given.answer,
                given.note,
            ):
                continue
            again = had is not None
            store.answer(conn, this.id, given, by=person.account_id, at=now, again=again)
            told[str(given.item_id)] = given.answer
        if told:
            record(conn, person, "application.screened", inquiry_id, now, answers=told)
        tokens.keep(conn, token, "application.screen", str(len(told)), at=now)


def checklist(db: Database, *, actor: Actor | None) -> tuple[Item, ...]:
    """Return every item in its latest version, retired ones too, in order.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        return store.list_all(conn)
