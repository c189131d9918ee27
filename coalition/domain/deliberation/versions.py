"""How a text changes once it has been put to the table: versions, marks, contests."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coalition.domain.deliberation.proposals import Proposal, Stage, TextVersion, VersionId
from coalition.domain.deliberation.rounds import MISSING, Round
from coalition.domain.ground import text
from coalition.domain.ground.errors import Conflict, Invalid, RuleBroken
from coalition.domain.ground.permissions import OrganisationId

CONTEST_HOURS = 48  # a delegate may contest an editorial mark for so long


class Mark(StrEnum):
    """What kind of change made a version."""

    FIRST = "first"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


class VersionMoved(Conflict):
    """Somebody made a newer version since this form was opened."""

    code = "version.moved"


class NothingChanged(Invalid):
    """The text says the same, word for word, as the version in force."""

    code = "version.nothing_changed"


class MarkMissing(Invalid):
    """The change is marked neither editorial nor substantive."""

    code = "version.mark_missing"


class TooLateToChange(RuleBroken):
    """Too little of the round is left for the others to answer a change of its text."""

    code = "version.too_late"


class TextJustChanged(RuleBroken):
    """The others still have time to answer the last change, so the round stays open."""

    code = "version.just_changed"


class TextSettled(RuleBroken):
    """The proposal is no longer on the table, so its text stays as it is."""

    code = "version.settled"


class NotEditorial(RuleBroken):
    """Only a version marked editorial can be contested."""

    code = "version.not_editorial"


class ContestOver(RuleBroken):
    """The hours in which the mark could be contested have passed."""

    code = "version.contest_over"


@dataclass(frozen=True, slots=True)
class Contest:
    """Why an editorial mark became substantive, and who said so."""

    version_id: VersionId
    organisation_id: OrganisationId
    organisation: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """What a champion or convener sends to make the next version.

    Args:
        base_id: The version the form was opened on.
        note: What changed, in words for the members.
        mark: Editorial or substantive; None where nobody chose.
    """

    base_id: VersionId
    title: str
    ask: str
    body: str
    note: str
    mark: Mark | None

    def checked(self) -> "Revision":
        """Return the same, trimmed and in one Unicode form.

        Raises:
            TextMissing, TextTooLong, TextUnreadable: a field cannot be kept as it is.
            MarkMissing: nobody chose what kind of change it is.
        """
        if self.mark not in {Mark.EDITORIAL, Mark.SUBSTANTIVE}:
            raise MarkMissing(field="mark")
        return replace(
            self,
            title=text.line(self.title, "title"),
            ask=text.line(self.ask, "ask"),
            body=text.paragraphs(self.body, "body", limit=text.DOCUMENT),
            note=text.paragraphs(self.note, "note"),
        )


def require_revisable(
    this: Proposal,
    latest: Round | None,
    *,
    settled: bool,
    now: datetime,
    mark: Mark | None = None,
) -> None:
    """Stop unless the text of a proposal may change now.

    While a round is open, as many hours must be left as a contest takes: nobody can
    change the text so late that the others could not answer. Where unconfirmed ballots
    are missing, an editorial change needs them twice, to contest it and then to answer:
    else one contest in the last minute would strike every ballot given before.

    Args:
        mark: What kind of change it is, once that is chosen.

    Source: issue "Deliberation", Versions and re-confirmation (48 hours to contest).

    Raises:
        TextSettled: it is a draft, withdrawn or decided.
        TooLateToChange: the open round closes too soon; extend it first.
    """
    if this.stage is not Stage.SUBMITTED or settled:
        raise TextSettled(reference=this.reference)
    if latest is None or not latest.is_open(now):
        return
    is_struck = mark is Mark.EDITORIAL and latest.terms.unconfirmed == MISSING
    hours = 2 * CONTEST_HOURS if is_struck else CONTEST_HOURS
    if latest.closes_at - now < timedelta(hours=hours):
        raise TooLateToChange(hours=hours, closes_at=latest.closes_at)


def contest_until(version: TextVersion) -> datetime:
    """Return until when an editorial mark can be contested."""
    return version.at + timedelta(hours=CONTEST_HOURS)


def require_answerable(changed: TextVersion, this: Round, *, carried: int, now: datetime) -> None:
    """Stop unless the others have answered a change of a round's text, or had the hours to.

    Args:
        carried: Standing ballots that were given on an earlier text.

    Raises:
        TextJustChanged: the text in force was written in this round, and too lately.
    """
    is_answered = changed.id == this.substantive_version_id and not carried
    if changed.round_id == this.id and now < contest_until(changed) and not is_answered:
        raise TextJustChanged(hours=CONTEST_HOURS)


def require_contestable(version: TextVersion, *, now: datetime) -> None:
    """Stop unless a version's editorial mark can be contested now.

    Raises:
        NotEditorial: it is marked substantive, or is the first.
        ContestOver: 48 hours have passed.
    """
    if version.mark != Mark.EDITORIAL:
        raise NotEditorial(version=version.number)
    if now >= contest_until(version):
        raise ContestOver(hours=CONTEST_HOURS)
