"""What the clock does when nobody is looking: for cron, and for nothing else."""

from coalition.domain.ground.moments import Clock
from coalition.services.deliberation import rounds
from coalition.services.effect import outcomes
from coalition.services.table import retention
from coalition.store.database import Database


def tick(db: Database, clock: Clock) -> dict[str, int]:
    """Freeze the verdicts of closed rounds, announce reviews, let go of what is past its term.

    Nothing depends on when it runs, or whether: a round closes by its deadline.
    Idempotent. Return how many of each it did.
    """
    frozen = rounds.freeze_due(db, clock)
    announced = outcomes.announce_due(db, clock)
    gone = retention.sweep(db, clock)
    done = {"verdicts_frozen": frozen, "reviews_announced": announced}
    return done | {f"{kind}_let_go": n for kind, n in gone.items()}
