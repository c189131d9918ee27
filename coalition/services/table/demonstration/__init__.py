"""The demonstration: a table of its own kind, with a past played through the services.

Its chain, receipts and verdicts are genuine; its organisations, people and stances
are invented. It is loaded into an empty database and goes with it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.errors import RuleBroken
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.domain.people.inquiries import InquiryForm, InquiryId, Topic
from coalition.services.deliberation.importing import import_proposals
from coalition.services.people import asking, inquiries, passwords
from coalition.services.table import readiness
from coalition.services.table.demonstration import content, logins, people
from coalition.services.table.demonstration.afterwards import Afterwards
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.late import Late
from coalition.services.table.demonstration.people import Login, People
from coalition.services.table.demonstration.story import Story
from coalition.services.table.demonstration.suggesting import Suggesting
from coalition.services.table.demonstration.talking import Talking
from coalition.store.database import Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.ground import audit, profile
from coalition.store.people import inquiries as inquiries_store
from coalition.store.table import samples

BEGINS = 75  # days before loading


class TableExists(RuleBroken):
    """There is a table already; nothing was loaded or founded over it."""

    code = "table.exists"


def load(db: Database, clock: Clock, *, cost: int = passwords.COST) -> tuple[Login, ...]:
    """Load the demonstration into a database without a table; return its accounts.

    The story is the same each time, relative to the hour of loading; passwords,
    receipts and hashes are its own. The passwords are kept in a file beside the
    database (``logins``). What an interrupted loading left is told by
    ``is_half_loaded`` and goes by ``removing.remove``.

    Args:
        cost: bcrypt's; lower only in tests.

    Audited as ``table.founded`` and, at the end, ``table.demonstration_loaded``.

    Raises:
        TableExists: there is a table; nothing was changed.
    """
    told = content.read()
    made = people.logins(told)
    agenda = Agenda(clock(), told.zone)
    moving = MovingClock(agenda.ago(BEGINS))
    _found(db, moving, told)
    seated = people.seat(db, moving, told, made, cost=cost)
    ids = _import(db, moving)
    Story(db, moving, agenda, seated).plan(told, ids)
    Afterwards(db, moving, agenda, seated).plan(told, ids)
    Suggesting(db, moving, agenda, seated).plan(told, ids)
    Talking(db, moving, agenda, seated).plan(told, ids)
    Late(db, moving, agenda, seated).plan(told)
    for number, inquiry in enumerate(told.inquiries):
        _inquire(db, moving, agenda, seated, (number, inquiry))
    newcomer = partial(people.welcome, db, moving, seated.administrator, told.newcomer)
    agenda.at(agenda.ago(told.newcomer["days"]), newcomer)
    agenda.play(moving)
    _finish(db, moving)
    logins.keep(db, made)
    return made


def is_half_loaded(db: Database) -> bool:
    """Say whether a loading of the demonstration was interrupted."""
    found = readiness.find_table(db)
    if found is None or not found.is_demonstration:
        return False
    with db.reading() as conn:
        return not samples.is_loaded(conn)


def _found(db: Database, clock: Clock, told: Content) -> None:
    with db.writing() as conn:
        now = clock()
        if profile.find(conn) is not None:
            raise TableExists
        profile.put(conn, TableProfile(told.name, told.zone, TableKind.DEMONSTRATION), at=now)
        detail = {"kind": TableKind.DEMONSTRATION.value}
        audit.append(conn, "operator", "table.founded", "table:1", at=now, detail=detail)


def _import(db: Database, clock: Clock) -> dict[str, ProposalId]:
    """Import the real topics and return their proposals by the ids of the file."""
    import_proposals(db, clock, data=content.TOPICS.read_bytes())
    with db.reading() as conn:
        return {key: one.id for key, one in proposals_store.by_import_id(conn).items()}


def _inquire(
    db: Database,
    clock: MovingClock,
    agenda: Agenda,
    seated: People,
    numbered: tuple[int, Mapping[str, Any]],
) -> None:
    """Put an inquiry on the agenda, and what a convener does about it."""
    number, told = numbered
    token = f"demonstration:inquiry:{number}"
    sent = agenda.ago(told["days"])
    form = InquiryForm(
        topic=Topic(told["topic"]),
        name=told["name"],
        email=told["email"],
        organisation=told["organisation"],
        role=told["role"],
        message=told["message"],
        pillars=tuple(Pillar(pillar) for pillar in told["pillars"]),
        consent=True,
    )
    send = partial(asking.send_inquiry, db, clock, form=form, source_key=token, token=token)
    agenda.at(sent, send)
    by = seated.conveners[number % len(seated.conveners)]
    deed = {
        "assigned": partial(inquiries.assign, db, clock, actor=by, token=f"{token}:deed"),
        "answered": partial(
            inquiries.answer,
            db,
            clock,
            actor=by,
            words=told.get("answer", ""),
            token=f"{token}:deed",
        ),
    }.get(told["state"])
    if deed:
        agenda.at(agenda.ago(told["days"] - 1), lambda: deed(inquiry_id=_number(db, told)))


def _number(db: Database, told: Mapping[str, Any]) -> InquiryId:
    """Return the number of an inquiry of the story, which has an address of its own."""
    with db.reading() as conn:
        waiting = inquiries_store.list_open(conn, limit=100)
    return next(one.id for one in waiting if one.email == told["email"])


def _finish(db: Database, clock: Clock) -> None:
    with db.writing() as conn:
        now = clock()
        samples.mark_all(conn)
        audit.append(conn, "operator", samples.LOADED, "table:1", at=now)
