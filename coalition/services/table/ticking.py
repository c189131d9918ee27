"""What the clock does when nobody is looking: all the due work, by one process at a time."""

from datetime import timedelta
from secrets import token_hex

from coalition.domain.ground.moments import Clock
from coalition.services.deliberation import rounds
from coalition.services.effect import outcomes
from coalition.services.notices import packing, sending, telling
from coalition.services.notices.composing import From
from coalition.services.notices.smtp import Post
from coalition.services.table import retention
from coalition.store.database import Database
from coalition.store.ground import jobs

TICK = "tick"
LEASE = timedelta(minutes=45)  # longer than a hundred mails to a server that hangs


def tick(
    db: Database, clock: Clock, *, post: Post | None = None, sender: From | None = None
) -> dict[str, int]:
    """Do all due work, unless another process is doing it; return how many of each it did.

    Nothing depends on when it runs, or whether: a round closes by its deadline. Idempotent: what
    one run did, the next does not do again.

    Args:
        post: Where mails go; None where the table has no mail server, and none is made.
        sender: Whose mails they are.
    """
    holder = token_hex(16)
    with db.writing() as conn:
        if not jobs.take(conn, TICK, holder, at=clock(), lease=LEASE):
            return {"busy_elsewhere": 1}
    try:
        return _all(db, clock, post, sender)
    finally:
        with db.writing() as conn:
            jobs.let_go(conn, TICK, holder, at=clock())


def is_due(db: Database, clock: Clock, *, every: timedelta) -> bool:
    """Say whether the work was last done at least ``every`` ago, by whichever process."""
    with db.reading() as conn:
        last = jobs.last_done(conn, TICK)
    now = clock()
    return last is None or not last <= now < last + every


def _all(db: Database, clock: Clock, post: Post | None, sender: From | None) -> dict[str, int]:
    frozen = rounds.freeze_due(db, clock)
    announced = outcomes.announce_due(db, clock)
    told = telling.tell(db, clock) + telling.remind(db, clock)
    done = {"verdicts_frozen": frozen, "reviews_announced": announced, "notices": told}
    if post and sender:
        done["mails_made"] = packing.pack(db, clock)
        sent = sending.send(db, clock, post=post, sender=sender)
        done |= {f"mails_{what}": n for what, n in sent.items()}
    gone = retention.sweep(db, clock)
    return done | {f"{kind}_let_go": n for kind, n in gone.items()}
