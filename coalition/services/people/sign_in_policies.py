"""What the table asks of those who sign in, and what each sees of their own sign-ins."""

from coalition.domain.ground.moments import Clock
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.people.sign_ins import SHOWN, OwnFactorFirst, Policy, Try
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.people import second_factors, sign_ins


def read_policy(db: Database, *, actor: Actor | None) -> Policy:
    """Return what the table asks of those who sign in.

    Raises:
        NotPermitted: the actor does not manage accounts.
    """
    require(actor, Permission.MANAGE_ACCOUNT)
    with db.reading() as conn:
        return sign_ins.policy(conn)


def set_policy(db: Database, clock: Clock, *, actor: Actor | None, wanted: Policy) -> None:
    """Say what the table asks of those who sign in; it holds from everybody's next click on.

    Raises:
        NotPermitted: the actor does not manage accounts.
        OwnFactorFirst: they have no second factor themselves.

    Audited as: ``sign_in.policy_set``.
    """
    person = require(actor, Permission.MANAGE_ACCOUNT)
    with db.writing() as conn:
        now = clock()
        before = sign_ins.policy(conn)
        if before == wanted:
            return
        newly = wanted.second_factor and not before.second_factor
        if newly and not second_factors.is_on(conn, person.account_id):
            raise OwnFactorFirst
        sign_ins.set_policy(conn, wanted)
        detail = {
            "second_factor": wanted.second_factor,
            "trusts_provider": wanted.trusts_provider,
        }
        audit.append(conn, person.label, "sign_in.policy_set", "table:1", at=now, detail=detail)


def list_tries(db: Database, *, actor: Actor | None) -> tuple[Try, ...]:
    """Return who came in to one's own account or tried to, the latest first.

    Raises:
        NotPermitted: nobody is signed in.
    """
    person = require(actor, Permission.OWN_ACCOUNT)
    with db.reading() as conn:
        return sign_ins.list_tries(conn, person.account_id, limit=SHOWN)
