"""Which conditions somebody at the table speaks for."""

from collections.abc import Mapping

from coalition.domain.ground import text
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.store.database import Database
from coalition.store.people import organisations


def spoken_for(db: Database, *, actor: Actor | None) -> Mapping[str, str]:
    """Return every condition declared, in one spelling, with its words, in alphabetical order.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    require(actor, Permission.READ_TABLE)
    with db.reading() as conn:
        told = organisations.conditions(conn)
    return dict(sorted((text.key(one), one) for one in told))
