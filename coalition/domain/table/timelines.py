"""A proposal's timeline: everything that happened to it, one event after the other.

An event holds codes, numbers and names. Its sentence is made in the reader's language
when it is shown, and is kept nowhere.

Source: issue "Deliberation", History.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from coalition.domain.deliberation.ballots import WITHDRAWN
from coalition.domain.deliberation.rounds import RoundKind, Terms
from coalition.domain.ground.permissions import Capacity


class Kind(StrEnum):
    """What a reader can narrow a timeline to."""

    PROPOSAL = "proposal"
    TEXT = "text"
    SUGGESTION = "suggestion"
    OBJECTION = "objection"
    ROUND = "round"
    STANCE = "stance"
    INTEREST = "interest"
    DECISION = "decision"
    DISCUSSION = "discussion"


class What(StrEnum):
    """What happened."""

    SUBMITTED = "version_first"
    WITHDRAWN = "withdrawn"
    EDITORIAL = "version_editorial"
    SUBSTANTIVE = "version_substantive"
    CONTESTED = "contested"
    SUGGESTED = "suggested"
    ACCEPTED = "suggestion_accepted"
    ACCEPTED_IN_PART = "suggestion_in_part"
    DECLINED = "suggestion_declined"
    APPLIED = "applied"
    OBJECTED = "objection_open"
    REOPENED = "objection_reopened"
    OBJECTION_ANSWERED = "objection_answered"
    OBJECTION_WITHDRAWN = "objection_withdrawn"
    OBJECTION_MET = "objection_met"
    UPHELD = "objection_upheld"
    OVERRIDDEN = "objection_overridden"
    SCHEDULED = "scheduled"
    WAIVED = "waived"
    OPENED = "opened"
    EXTENDED = "extended"
    STOPPED = "clock_stopped"
    RESTARTED = "clock_restarted"
    ADDED = "roll_added"
    REMOVED = "roll_removed"
    CANCELLED = "cancelled"
    CLOSED_EARLY = "closed_early"
    CLOSED = "closed"
    GIVEN = "given"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    REPEATED = "repeated"
    TAKEN_BACK = "taken_back"
    RECORDED = "recorded"
    REVIEWING = "reviewing"
    REVIEW_ENDED = "review_ended"
    INTERESTED = "interested"
    NO_INTEREST = "no_interest"
    VERDICT = "verdict"
    PUBLISHED = "published"
    MINORITY = "dissent_minority_statement"
    DISSOCIATED = "dissent_dissociation"
    MINORITY_ENDED = "dissent_ended_minority_statement"
    DISSOCIATION_ENDED = "dissent_ended_dissociation"
    STATED = "stated"
    SUPERSEDED = "superseded"
    SUPERSEDES = "supersedes"
    THREAD = "thread"


class Place(StrEnum):
    """Where an event leads: a view of the proposal's page, or a page of its own."""

    SUMMARY = "summary"
    TEXT = "text"
    OBJECTIONS = "objections"
    DISCUSSION = "discussion"
    STANCES = "stances"
    STANCE = "stance"
    POSITION = "position"


_PLACES = {
    Kind.PROPOSAL: Place.SUMMARY,
    Kind.TEXT: Place.TEXT,
    Kind.SUGGESTION: Place.TEXT,
    Kind.OBJECTION: Place.OBJECTIONS,
    Kind.INTEREST: Place.STANCES,
    Kind.DISCUSSION: Place.DISCUSSION,
}


@dataclass(frozen=True, slots=True)
class Opening:
    """What a round was opened under."""

    kind: RoundKind
    preset: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Facts:
    """The codes and numbers of an event; each is empty where it does not apply.

    Args:
        code: A stance, a severity, an item of the checklist, an outcome, a day.
        before: The stance that this one replaced.
        via: How a position was given that a convener recorded.
        version: Number of the text it is about.
        n: Organisations on the roll, or comments in a thread.
        until: When a round closes or opens, or a review ends.
        words: The reason or note that somebody wrote with it; may be erased.
        other: Reference of the proposal that another decision was about.
        opening: Of a round that opens.
    """

    code: str = ""
    before: str = ""
    via: str = ""
    version: int | None = None
    n: int = 0
    until: datetime | None = None
    words: str = ""
    other: str = ""
    opening: Opening | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Args:
        place, item: Where it leads: a view or page, and the version, thread or round there;
            None where the view is enough.
        organisation: Whose word, objection or seat it is, or "".
        person: Who did it; "" where a rule or the clock did, or once erased.
    """

    at: datetime
    kind: Kind
    what: What
    place: Place
    item: int | None
    organisation: str
    person: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Given:
    """A ballot beside the one it replaced; "" and None where there was none.

    Args:
        stance, before: Codes of stances, or ``withdrawn``.
        capacity, capacity_before: In what capacity each was given.
    """

    stance: str
    capacity: str
    version: int | None
    before: str = ""
    capacity_before: str = ""
    version_before: int | None = None


def of_ballot(one: Given) -> What:
    """Return what a ballot did to the one that stood before it."""
    if one.stance == WITHDRAWN:
        return What.TAKEN_BACK
    if one.capacity == Capacity.RECORDED:
        return What.RECORDED
    if one.before in {"", WITHDRAWN}:
        return What.GIVEN
    if one.stance != one.before:
        return What.CHANGED
    unconfirmed = one.capacity_before == Capacity.RECORDED or one.version != one.version_before
    return What.CONFIRMED if unconfirmed else What.REPEATED


def leads_to(
    kind: Kind,
    *,
    item: int,
    version: int | None,
    round_id: int | None,
    is_public: bool,
    is_ours: bool,
) -> tuple[Place, int | None]:
    """Return where an event leads: the place, and what to show there.

    Args:
        item: Number of what it tells of: a thread.
        is_public: Whether the result of its round is published.
        is_ours: Whether it is about the reader's own organisation.
    """
    if kind is Kind.DECISION and is_public:
        return Place.POSITION, round_id
    if kind is Kind.STANCE and is_ours:
        return Place.STANCE, round_id
    place = _PLACES.get(kind, Place.STANCES)
    shown = {Place.TEXT: version, Place.DISCUSSION: item, Place.STANCES: round_id}
    return place, shown.get(place)
