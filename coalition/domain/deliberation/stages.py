"""The stage a proposal is in: what a person moved it to, then its rounds and the clock."""

from datetime import datetime

from coalition.domain.deliberation.proposals import Proposal, Stage
from coalition.domain.deliberation.rounds import Round, Status


def derived_stage(this: Proposal, latest: Round | None, now: datetime, *, settled: bool) -> Stage:
    """Return the stage a proposal is in by its rounds and the clock.

    Args:
        latest: Its latest round, or None before the first.
        settled: Whether a closed round has decided it.
    """
    if this.stage is not Stage.SUBMITTED or latest is None:
        return this.stage
    if latest.status(now) is Status.OPEN:
        return Stage.OPEN
    return Stage.DECIDED if settled else Stage.SUBMITTED
