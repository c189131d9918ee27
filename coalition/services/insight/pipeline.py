"""Where the proposals are between draft and decision, and how long each stage takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.spells import median_days
from coalition.domain.insight.wishes import Wish
from coalition.services.insight.finding import LATEST
from coalition.store.database import Database
from coalition.store.insight import attendance
from coalition.store.insight import pipeline as store
from coalition.store.insight.attendance import Closed
from coalition.store.insight.pipeline import Course


@dataclass(frozen=True, slots=True)
class Pipeline:
    """How many proposals are in each stage.

    Args:
        counts: By stage and main pillar; those with none are left out.
        days: The median days in a stage, of what closed last; None where nothing has.
        rounds: From how many closed rounds the days open are.
        proposals: From how many different proposals of theirs the days before that are.
    """

    counts: Mapping[tuple[Stage, Pillar], int]
    days: Mapping[Stage, float | None]
    rounds: int
    proposals: int

    def total(self, stage: Stage) -> int:
        """Return how many proposals of all pillars are in a stage."""
        return sum(n for (one, _), n in self.counts.items() if one is stage)

    @property
    def all(self) -> int:
        """How many proposals there are in all stages."""
        return sum(self.counts.values())


def pipeline(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Pipeline:
    """Return the pipeline of the pillars asked for, in a fixed number of queries.

    Raises:
        PermissionMissing: only conveners.
    """
    require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        closed = attendance.closed(conn, now, pillars=wish.pillars, limit=LATEST)
        counts = store.counts(conn, now, pillars=wish.pillars)
        courses = store.courses(conn, {one.proposal_id for one in closed})
    return Pipeline(counts, _days(closed, courses.values()), len(closed), len(courses))


def _days(closed: Iterable[Closed], courses: Iterable[Course]) -> Mapping[Stage, float | None]:
    gone = list(courses)
    return {
        Stage.DRAFT: median_days(one.submitted_at - one.drafted_at for one in gone),
        Stage.SUBMITTED: median_days(one.opened_at - one.submitted_at for one in gone),
        Stage.OPEN: median_days(one.closes_at - one.opens_at for one in closed),
    }
