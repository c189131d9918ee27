"""The second step of signing in: the code that a challenge waits for."""

from coalition.domain.ground.moments import Clock
from coalition.domain.people import browsers
from coalition.domain.people.second_factors import CodeWrong
from coalition.domain.people.sign_ins import ChallengeSpent, Outcome, Way
from coalition.services.people.code_tries import try_code
from coalition.services.people.tickets import fingerprint, issue_ticket
from coalition.store.database import Database
from coalition.store.ground import audit
from coalition.store.people import second_factors, sign_ins


def answer(
    db: Database,
    clock: Clock,
    *,
    key: bytes,
    challenge: str,
    code: str,
    source: str,
    agent: str = "",
) -> str:
    """Check a code and return a ticket. A code of the app and a recovery code both work, once.

    Args:
        key: The table's, under which secrets are sealed.
        challenge: The secret that ``sign_in`` returned.
        source: Generic key of the connection, hashed by the door.
        agent: What the browser calls itself, for the history its owner reads.

    Raises:
        ChallengeSpent: finished, too old or unknown: begin with the password again.
        TooManyAttempts: wait first; the code was not looked at.
        CodeWrong: no code that counts now.
        SecondFactorUnreadable: the table has another key; a recovery code still works.

    Audited as: ``second_factor.code_spent`` for a recovery code; ``session.locked`` when a
        wait begins.
    """
    asked = fingerprint(challenge)
    with db.writing() as conn:
        now = clock()
        waiting = sign_ins.find_challenge(conn, asked, at=now)
        if waiting is None:
            raise ChallengeSpent
        person = waiting.account_id
        way = try_code(conn, person, key=key, code=code, source=source, now=now)
        if way is not None:
            sign_ins.use_challenge(conn, asked, at=now)
            if waiting.try_id is not None:
                sign_ins.forget_try(conn, waiting.try_id)
            if way is Way.RECOVERY:
                left = {"left": second_factors.count_codes(conn, person)}
                label = f"account:{person}"
                audit.append(conn, label, "second_factor.code_spent", label, at=now, detail=left)
            return issue_ticket(conn, person, way=way, at=now)
        label = browsers.label(agent)
        sign_ins.note(conn, person, Outcome.CODE_REFUSED, Way.CODE, at=now, agent=label)
    raise CodeWrong(field="code")
