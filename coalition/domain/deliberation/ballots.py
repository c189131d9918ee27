"""A ballot: what one organisation said in one round, by whom, and what it replaced."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import Round, RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground import text
from coalition.domain.ground.audit import fingerprint, instant, sealed
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId

BallotId = NewType("BallotId", int)
WITHDRAWN = "withdrawn"  # stands in the place of a stance; the organisation is then not heard from
REASON_REQUIRED = frozenset({Stance.OBJECT, Stance.RECUSED})


class StanceMissing(Invalid):
    """No stance was chosen."""

    code = "ballot.stance_missing"


class StanceNotOffered(Invalid):
    """This kind of round does not offer that stance."""

    code = "ballot.stance_not_offered"


class ReasonMissing(Invalid):
    """An objection and a recusal need a reason in words."""

    code = "ballot.reason_missing"


class AuthorityMissing(Invalid):
    """The person has not said that they may speak for the organisation."""

    code = "ballot.authority_missing"


class TextMoved(Conflict):
    """The stance was given on another text than the round's."""

    code = "ballot.text_moved"


class SomebodyAnswered(Conflict):
    """The organisation has answered since this form was opened; replacing asks first."""

    code = "ballot.somebody_answered"


class NotOnTheRoll(RuleBroken):
    """The organisation was not on the roll when the round opened."""

    code = "ballot.not_on_the_roll"


class SeatMissing(NotPermitted):
    """The person holds no current seat of an organisation."""

    code = "ballot.seat_missing"


class NothingToWithdraw(RuleBroken):
    """The organisation has no standing ballot in this round."""

    code = "ballot.nothing_to_withdraw"


class NothingToConfirm(RuleBroken):
    """The organisation's ballot stands as it is; nobody asks it to be confirmed."""

    code = "ballot.nothing_to_confirm"


class ReceiptUnknown(NotFound):
    """No ballot this person may read has that receipt."""

    code = "ballot.receipt_unknown"


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote with a ballot: kept apart, so that it can be erased."""

    reason: str = ""
    remedy: str = ""
    authority: str = ""

    def checked(self) -> "Words":
        """Return the words, trimmed and in one Unicode form.

        Raises:
            TextTooLong, TextUnreadable: a field cannot be kept as it is.
        """
        return Words(
            text.paragraphs(self.reason, "reason", required=False),
            text.paragraphs(self.remedy, "remedy", required=False),
            text.line(self.authority, "authority", required=False),
        )

    def sealed(self, salt: str) -> str:
        """Return the salted hash that history keeps of them."""
        return sealed(salt, self.reason, self.remedy, self.authority)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One entry of history: a stance given, replaced or withdrawn.

    Args:
        stance: None where the organisation withdrew its ballot.
        replaces: The ballot this one took the place of, or None for the first.
        receipt: Short code under which the organisation and the convener find it.
    """

    id: BallotId
    round_id: RoundId
    version_id: VersionId
    organisation_id: OrganisationId
    stance: Stance | None
    cast_by: AccountId
    capacity: Capacity
    cast_at: datetime
    replaces: BallotId | None
    words_hash: str
    receipt: str

    def digest(self) -> str:
        """Return the hash the audit entry carries.

        The salted hash of the words is part of it, so the stance cannot be
        guessed back from the digest while results are hidden.
        """
        return fingerprint(
            [
                self.round_id,
                self.version_id,
                self.organisation_id,
                self.stance or WITHDRAWN,
                self.cast_by,
                self.capacity,
                instant(self.cast_at),
                self.replaces,
                self.words_hash,
                self.receipt,
            ]
        )


def require_stance(this: Round, stance: Stance | None, words: Words) -> Stance:
    """Return the stance if this round offers it and the words go with it.

    Source: decision rules, "Stances": an objection and a recusal need a reason.

    Raises:
        StanceMissing, StanceNotOffered, ReasonMissing.
    """
    if stance is None:
        raise StanceMissing(field="stance")
    if stance not in this.stances:
        raise StanceNotOffered(field="stance", stance=stance.value)
    if stance in REASON_REQUIRED and not words.reason:
        raise ReasonMissing(field="reason", stance=stance.value)
    return stance


def require_castable(this: Round, stance: Stance | None, words: Words) -> Stance:
    """Return the stance if one of the seat's people can record it with these words.

    Raises:
        StanceMissing, StanceNotOffered, ReasonMissing, AuthorityMissing.
    """
    found = require_stance(this, stance, words)
    if not words.authority:
        raise AuthorityMissing(field="authority")
    return found
