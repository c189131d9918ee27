"""What a round follows, and what a round that has ended leads to; read off, never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.presets import DEFAULT
from coalition.domain.deliberation.rounds import Ending, Round, RoundId, RoundKind


class Succession(StrEnum):
    """How a round comes after an earlier one of its proposal."""

    SECOND_ROUND = "second_round"  # the same text, after an objection sent it round
    NEW_TEXT = "new_text"  # the text was changed after an objection
    FALLBACK = "fallback"  # after no decision, or no quorum
    AFTER_BLOCK = "after_block"
    AFTER_REFUSAL = "after_refusal"
    AFTER_CHECK = "after_check"
    AFTER_CANCELLATION = "after_cancellation"


_AFTER = {
    Outcome.PENDING: Succession.FALLBACK,
    Outcome.NO_QUORUM: Succession.FALLBACK,
    Outcome.BLOCKED: Succession.AFTER_BLOCK,
    Outcome.NOT_ADOPTED: Succession.AFTER_REFUSAL,
}
_OBJECTED = frozenset({Outcome.RECIRCULATE, Outcome.BLOCKED})


@dataclass(frozen=True, slots=True)
class NextRound:
    """What round to prepare next; the convener chooses all the same.

    Args:
        preset: Code of the rule to begin from; "" for a kind without one.
    """

    how: Succession
    kind: RoundKind
    preset: str


def follows(
    this: Round, earlier: Sequence[Round], outcomes: Mapping[RoundId, Outcome]
) -> Succession | None:
    """Return how ``this`` comes after the earlier rounds of its proposal, or None for the first.

    Args:
        earlier: Oldest first; all have ended.
        outcomes: Of those that have a verdict.
    """
    if this.kind is not RoundKind.BINDING or not earlier:
        return None
    text = this.substantive_version_id
    again = [one for one in earlier if one.substantive_version_id == text]
    if any(outcomes.get(one.id) is Outcome.RECIRCULATE for one in again):
        return Succession.SECOND_ROUND  # as the rule reads it, whatever came between
    before = earlier[-1]
    if outcomes.get(before.id) in _OBJECTED and before.substantive_version_id != text:
        return Succession.NEW_TEXT
    return _after(before, outcomes.get(before.id))


def suggested(ended: Round, outcome: Outcome | None) -> NextRound | None:
    """Return the round that would follow one that has ended; None where nothing follows."""
    if outcome is Outcome.RECIRCULATE:
        return NextRound(Succession.SECOND_ROUND, ended.kind, ended.preset)
    how = _after(ended, outcome)
    if how is None:
        return None
    if how is Succession.AFTER_CHECK:
        return NextRound(how, RoundKind.BINDING, DEFAULT)
    if how is Succession.AFTER_REFUSAL:
        return NextRound(how, RoundKind.TEMPERATURE, "")
    return NextRound(how, ended.kind, ended.preset)


def _after(before: Round, outcome: Outcome | None) -> Succession | None:
    if before.ending is Ending.CANCELLED:
        return Succession.AFTER_CANCELLATION
    if before.kind is RoundKind.TEMPERATURE:
        return Succession.AFTER_CHECK
    return _AFTER.get(outcome) if outcome else None
