"""Applications: begun from an inquiry, moved from stage to stage, each step with its owner."""

from dataclasses import dataclass
from datetime import date, datetime

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import AccountId, Actor, Permission, require
from coalition.domain.people import applications as rules
from coalition.domain.people.admissions import Decision
from coalition.domain.people.applications import (
    Application,
    ApplicationId,
    ApplicationThere,
    Past,
    Plan,
    Stage,
)
from coalition.domain.people.inquiries import InquiryId, InquiryState, Topic
from coalition.domain.people.resemblance import Alike, resembling
from coalition.domain.people.screening import Asked
from coalition.services.people.inquiries import require_worker
from coalition.services.people.interests import today
from coalition.store.database import Connection, Database
from coalition.store.ground import audit, tokens
from coalition.store.people import accounts, inquiries, organisations, screening
from coalition.store.people import applications as store


@dataclass(frozen=True, slots=True)
class Way:
    """How an inquiry about joining stands on its way to a seat.

    Args:
        application: None while it is an inquiry only.
        history: Every step, the oldest first.
        asked: The checklist with its answers; empty while it is an inquiry only.
        decision: How it was decided, or None.
        alike: Organisations at the table whose names, former ones too, are like this one's.
        owners: Who may see to the next step, by number.
        today: Which day it is at the table.
    """

    application: Application | None
    history: tuple[Past, ...]
    asked: tuple[Asked, ...]
    decision: Decision | None
    alike: tuple[Alike, ...]
    owners: dict[AccountId, str]
    today: date

    @property
    def stage(self) -> Stage:
        """Return the stage reached."""
        return self.application.step.stage if self.application else Stage.INQUIRY

    @property
    def turn(self) -> str:
        """Return what changes with every deed done to the application."""
        this = self.application
        answers = [one.answered.at.timestamp() for one in self.asked if one.answered]
        told = f"{len(answers)}-{max(answers, default=0)}"
        return f"{this.moves}-{this.ending}-{told}" if this else ""


def begin(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    plan: Plan,
    token: str,
) -> ApplicationId:
    """Make an application of an inquiry about joining; its owner takes the inquiry on.

    Audited as ``application.begun``.

    Raises:
        PermissionMissing: only conveners, and only they see to a step.
        InquiryNotFound, InquiryClosed, InquiryErased, NotAboutJoining.
        ApplicationThere: it is one already.
        Invalid: as ``Plan.checked``.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if done := tokens.find(conn, token, "application.begin"):
            return ApplicationId(int(done))
        inquiry = inquiries.get(conn, inquiry_id)
        rules.require_joining(inquiry)
        if store.find(conn, inquiry_id):
            raise ApplicationThere
        step = plan.checked(today(conn, now))
        require_worker(conn, step.owner_id)
        application_id = store.add(conn, inquiry_id, step, by=person.account_id, at=now)
        if inquiry.assigned_to is None:
            inquiries.set_assignee(conn, inquiry_id, step.owner_id)
        if inquiry.state is InquiryState.NEW:
            inquiries.set_state(conn, inquiry_id, InquiryState.ASSIGNED, at=now)
        record(conn, person, "application.begun", inquiry_id, now, stage=step.stage)
        tokens.keep(conn, token, "application.begin", str(application_id), at=now)
    return application_id


def move(
    db: Database,
    clock: Clock,
    *,
    actor: Actor | None,
    inquiry_id: InquiryId,
    plan: Plan,
    seen: int,
    token: str,
) -> None:
    """Say at which stage an application is now, who sees to what next, and by when.

    Args:
        seen: How often it had been moved when the form was opened.

    Audited as ``application.moved``.

    Raises:
        PermissionMissing: only conveners, and only they see to a step.
        ApplicationNotFound, ApplicationEnded.
        StageMoved: somebody else moved it meanwhile.
        Invalid: as ``Plan.checked``.
    """
    person = require(actor, Permission.WORK_INQUIRY)
    with db.writing() as conn:
        now = clock()
        if tokens.find(conn, token, "application.move"):
            return
        this = store.get(conn, inquiry_id)
        this.require_open()
        this.require_unmoved(seen)
        step = plan.checked(today(conn, now))
        require_worker(conn, step.owner_id)
        store.move(conn, this, step, by=person.account_id, at=now)
        record(conn, person, "application.moved", inquiry_id, now, stage=step.stage)
        tokens.keep(conn, token, "application.move", str(this.id), at=now)


def way(db: Database, *, actor: Actor | None, inquiry_id: InquiryId, now: datetime) -> Way | None:
    """Return how an inquiry stands on its way to a seat, or None where it asks for none.

    Raises:
        PermissionMissing: only conveners.
        InquiryNotFound.
    """
    require(actor, Permission.WORK_INQUIRY)
    with db.reading() as conn:
        inquiry = inquiries.get(conn, inquiry_id)
        if inquiry.topic is not Topic.JOIN:
            return None
        this = store.find(conn, inquiry_id)
        return Way(
            this,
            store.history(conn, this.id) if this else (),
            screening.asked(conn, this.id) if this else (),
            store.decision(conn, this.id) if this else None,
            resembling(inquiry.organisation, organisations.list_all(conn)),
            accounts.conveners(conn),
            today(conn, now),
        )


def record(
    conn: Connection,
    person: Actor,
    action: str,
    inquiry_id: InquiryId,
    now: datetime,
    **detail: object,
) -> None:
    """Audit what was done to the application of an inquiry, without a word of it."""
    audit.append(conn, person.label, action, f"inquiry:{inquiry_id}", at=now, detail=detail)
