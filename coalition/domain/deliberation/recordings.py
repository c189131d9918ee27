"""A position recorded for an organisation that gave it elsewhere, with the evidence for it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.rounds import Round
from coalition.domain.ground import text
from coalition.domain.ground.attachments import Attachment
from coalition.domain.ground.audit import fingerprint, instant
from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken


class Channel(StrEnum):
    """How an organisation said it."""

    PHONE = "phone"
    MAIL = "mail"
    LETTER = "letter"
    MEETING = "meeting"


class ChannelMissing(Invalid):
    """How it was said was not chosen."""

    code = "recording.channel_missing"


class OrganisationMissing(Invalid):
    """For whom it is recorded was not chosen."""

    code = "recording.organisation_missing"


class HourMissing(Invalid):
    """When it was said was not given."""

    code = "recording.hour_missing"


class SaidLater(Invalid):
    """It cannot have been said in the future."""

    code = "recording.said_later"


class SaidBefore(Invalid):
    """It was said before the round opened, so not of this round."""

    code = "recording.said_before"


class SaidOnEarlierText(Invalid):
    """It was said of a text that has changed in substance since."""

    code = "recording.earlier_text"


class SeatAnswered(RuleBroken):
    """The seat itself has given the ballot; a convener never replaces that."""

    code = "recording.seat_answered"


class RecordedMeanwhile(Conflict):
    """Another position was recorded for it since the form was opened."""

    code = "recording.meanwhile"


class EvidenceMissing(NotFound):
    """There is no such evidence, or none this person may read."""

    code = "recording.evidence_missing"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that an organisation said it: kept apart from the ballot, so that it can go.

    Args:
        said_by: Who said it, by name.
        received_at: When it was said.
    """

    channel: Channel | None
    said_by: str
    received_at: datetime | None
    note: str = ""
    file: Attachment | None = None

    def checked(self) -> "Evidence":
        """Return the evidence with its words trimmed and in one Unicode form.

        Raises:
            ChannelMissing: how it was said was not chosen.
            TextMissing, TextTooLong, TextUnreadable: a field cannot be kept as it is.
        """
        if self.channel is None:
            raise ChannelMissing(field="channel")
        said_by = text.line(self.said_by, "said_by")
        note = text.paragraphs(self.note, "note", required=False)
        return replace(self, said_by=said_by, note=note)

    @property
    def sha256(self) -> str:
        """Hash of the attached file, or ""."""
        return self.file.sha256 if self.file else ""

    def sealed(self) -> str:
        """Return the fingerprint of what stays of it when its words are erased."""
        return seal(self.channel or "", self.received_at, self.sha256)


def require_said_in(this: Round, evidence: Evidence, *, now: datetime) -> None:
    """Stop unless the position was given while the round was open, and before ``now``.

    Raises:
        HourMissing, SaidLater, SaidBefore.
    """
    if evidence.received_at is None:
        raise HourMissing(field="received_at")
    if evidence.received_at > now:
        raise SaidLater(field="received_at")
    if evidence.received_at < this.opens_at:
        raise SaidBefore(field="received_at")


def seal(channel: str, received_at: datetime | None, sha256: str) -> str:
    """Return the fingerprint that the audit trail keeps of evidence."""
    return fingerprint([channel, instant(received_at) if received_at else "", sha256])
