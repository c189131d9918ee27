"""The due work, each minute, while the table is served: one process does it, the others look."""

import asyncio
import logging
from datetime import timedelta

from starlette.concurrency import run_in_threadpool

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.services.table import ticking

EVERY = timedelta(minutes=1)
_LOOK = 20.0  # seconds between two looks: a process that dies is followed within the minute
_log = logging.getLogger(__name__)


async def keep_doing() -> None:
    """Do the due work each minute until cancelled; a fault is logged, and the next run tries."""
    while True:
        await asyncio.sleep(_LOOK)
        try:
            await run_in_threadpool(once)
        except CoalitionError as fault:
            _log.warning("The due work waits: %s", fault.code)
        except Exception:  # noqa: BLE001 (whatever it is, the next minute is another try)
            _log.exception("The due work failed; it is tried again within the minute")


def once() -> dict[str, int]:
    """Do the due work unless it was done within the minute; return what was done."""
    db = wiring.database()
    if not ticking.is_due(db, wiring.clock, every=EVERY):
        return {}
    post, sender = wiring.mail()
    return ticking.tick(db, wiring.clock, post=post, sender=sender)
