"""The demonstration: a table of its own kind, with a past played through the services.

Its chain, receipts and verdicts are genuine; its organisations, people and stances
are invented. It is loaded into an empty database and goes with it.
"""

from functools import partial

from coalition.domain.deliberation.proposals import ProposalId
from coalition.domain.ground.errors import RuleBroken
from coalition.domain.ground.moments import Clock
from coalition.domain.ground.profile import TableKind, TableProfile
from coalition.services.deliberation.importing import import_proposals
from coalition.services.people import passwords
from coalition.services.table import readiness
from coalition.services.table.demonstration import content, logins, people
from coalition.services.table.demonstration.afterwards import Afterwards
from coalition.services.table.demonstration.agenda import Agenda, MovingClock
from coalition.services.table.demonstration.content import Content
from coalition.services.table.demonstration.joining import Joining
from coalition.services.table.demonstration.late import Late
from coalition.services.table.demonstration.learning import Learning
from coalition.services.table.demonstration.meeting import Meetings
from coalition.services.table.demonstration.people import Login
from coalition.services.table.demonstration.story import Story
from coalition.services.table.demonstration.suggesting import Suggesting
from coalition.services.table.demonstration.talking import Talking
from coalition.store.database import Database
from coalition.store.deliberation import proposals as proposals_store
from coalition.store.ground import audit, profile
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
    today = agenda.now.date()
    seated = people.seat(db, moving, told, made, cost=cost, today=today)
    ids = _import(db, moving)
    Story(db, moving, agenda, seated).plan(told, ids)
    Afterwards(db, moving, agenda, seated).plan(told, ids)
    Learning(db, moving, agenda, seated).plan(told, ids)
    Suggesting(db, moving, agenda, seated).plan(told, ids)
    Talking(db, moving, agenda, seated).plan(told, ids)
    Late(db, moving, agenda, seated).plan(told)
    Joining(db, moving, agenda, seated).plan(told)
    Meetings(db, moving, agenda, seated).plan(told)
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


def _finish(db: Database, clock: Clock) -> None:
    with db.writing() as conn:
        now = clock()
        samples.mark_all(conn)
        audit.append(conn, "operator", samples.LOADED, "table:1", at=now)
