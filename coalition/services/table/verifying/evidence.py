"""The evidence for recorded positions, sealed again as it lies there."""

import hashlib
from collections.abc import Iterable

from coalition.domain.deliberation.ballots import BallotId
from coalition.domain.deliberation.recordings import seal
from coalition.store.deliberation.recordings import Kept

SPOILT = "spoilt"


def seals(kept: Iterable[Kept]) -> dict[BallotId, str]:
    """Return the seal of each piece of evidence; ``SPOILT`` where its file is not what it was."""
    return {one.ballot_id: _seal(one) for one in kept}


def _seal(one: Kept) -> str:
    if one.data is None:
        is_file = not one.sha256 or one.erased_at is not None
    else:
        is_file = hashlib.sha256(one.data).hexdigest() == one.sha256
    return seal(one.channel, one.received_at, one.sha256) if is_file else SPOILT
