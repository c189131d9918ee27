"""What moved: where each organisation stood before, and where it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.insight.measures import place


class Move(StrEnum):
    """How one organisation moved; up the scale is towards support."""

    WORSENED = "worsened"
    UNCONFIRMED = "unconfirmed"  # it had an answer, and nothing since from the organisation
    LEFT = "left"  # from a place on the scale to none
    JOINED = "joined"  # from none to a place on it
    IMPROVED = "improved"
    BESIDE = "beside"  # another answer than before, neither with a place on the scale
    SAME = "same"


MOVED = (Move.WORSENED, Move.LEFT, Move.JOINED, Move.IMPROVED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an organisation in a round.

    Args:
        version_id: The text it was given on; later versions have higher numbers.
        stance: None where it withdrew what stood.
    """

    version_id: VersionId
    stance: Stance | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """Where one organisation stood, and where it stands.

    Args:
        before, after: None where it said nothing; ``after`` is what still stands where it did
            not confirm that on a newer text.
        at: When it said what it says now; None where nothing came from it since.
    """

    before: Stance | None
    after: Stance | None
    move: Move
    at: datetime | None


def across_versions(chain: Sequence[Entry], substantive: VersionId) -> Change | None:
    """Return how an organisation moved when the text changed in substance.

    Args:
        chain: What it entered in one round, oldest first.
        substantive: The latest text that changed what is asked.

    None where it had no answer on an earlier text and has none now, or is recused: a recusal
    leaves the base whatever the text says, so it is never asked again.
    """
    older = [one for one in chain if one.version_id < substantive]
    newer = [one for one in chain if one.version_id >= substantive]
    before = older[-1].stance if older else None
    if newer:
        return _change(before, newer[-1])
    if before is None or before is Stance.RECUSED:
        return None
    return Change(before, before, Move.UNCONFIRMED, None)


def across_rounds(earlier: Sequence[Entry], later: Sequence[Entry]) -> Change | None:
    """Return how an organisation moved between two rounds on one proposal.

    None where it said nothing in either, or is recused in the earlier one and silent since.
    """
    before = earlier[-1].stance if earlier else None
    if later and later[-1].stance is not None:
        return _change(before, later[-1])
    if before is None or before is Stance.RECUSED:
        return None
    return Change(before, None, Move.UNCONFIRMED, None)


def _change(before: Stance | None, entry: Entry) -> Change | None:
    after = entry.stance
    if before is None and after is None:
        return None
    return Change(before, after, _move(before, after), entry.at)


def _move(before: Stance | None, after: Stance | None) -> Move:
    """Return which way the place on ``measures.SCALE`` changed; without a place it is 0."""
    was, now = place(before), place(after)
    if was and now:
        return Move.SAME if was == now else Move.IMPROVED if now > was else Move.WORSENED
    if was:
        return Move.LEFT
    if now:
        return Move.JOINED
    return Move.SAME if before is after else Move.BESIDE
