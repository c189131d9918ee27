"""Dissent: what an organisation sets beside a decision, and how it leaves an adopted position."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from coalition.domain.deliberation.decisions import FINAL, Outcome
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.errors import Conflict, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import OrganisationId

DissentId = NewType("DissentId", int)


class DissentKind(StrEnum):
    """What an organisation says of a decision after it was made."""

    MINORITY_STATEMENT = "minority_statement"
    DISSOCIATION = "dissociation"

    @property
    def field(self) -> str:
        """Name of the field that holds the words."""
        return "statement" if self is DissentKind.MINORITY_STATEMENT else "reason"


class NothingDecided(RuleBroken):
    """The round has no final outcome, so there is nothing to dissent from."""

    code = "dissent.nothing_decided"


class NothingAdopted(RuleBroken):
    """Nothing was adopted, so there is no position to leave."""

    code = "dissent.nothing_adopted"


class OutsideTheRoll(RuleBroken):
    """The organisation was not on the roll of the round."""

    code = "dissent.outside_the_roll"


class SpeakerMissing(NotPermitted):
    """The person holds no current seat of an organisation."""

    code = "dissent.speaker_missing"


class DissentChanged(Conflict):
    """The organisation's statement is another by now than the form showed."""

    code = "dissent.changed"


class NothingToTakeBack(RuleBroken):
    """The organisation has no such statement standing."""

    code = "dissent.nothing_to_take_back"


@dataclass(frozen=True, slots=True)
class Dissent:
    """One organisation's dissent that stands beside a decision.

    Args:
        words: The statement, or the reason for dissociating.
    """

    id: DissentId
    round_id: RoundId
    organisation_id: OrganisationId
    organisation: str
    kind: DissentKind
    words: str
    at: datetime


def require_open_to(kind: DissentKind, outcome: Outcome | None) -> None:
    """Stop unless a round with this frozen outcome can be dissented from in this way.

    Args:
        outcome: None where no verdict is frozen.

    Raises:
        NothingDecided: it has no final outcome.
        NothingAdopted: one dissociates from an adopted position alone.
    """
    if outcome not in FINAL:
        raise NothingDecided
    if kind is DissentKind.DISSOCIATION and outcome is not Outcome.ADOPTED:
        raise NothingAdopted
