"""What happened in the rounds of a proposal: their life, the answers, the interests told."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, or_, select

from coalition.domain.deliberation.rounds import Ending
from coalition.domain.table.timelines import What
from coalition.store.schema import (
    ballot,
    clearance,
    disclosure,
    roll_change,
    round_clock,
    round_extension,
    round_waiver,
)
from coalition.store.schema import consensus_round as rounds
from coalition.store.table.happenings import (
    ABOUT,
    DARK,
    NOW,
    OURS,
    OWN,
    after,
    beside,
    by_the_trail,
    may_see,
    told,
)

Part = Select[Any]


def scheduled() -> Part:
    """Return the rounds that were to open later than they were planned."""
    return _opening(What.SCHEDULED, rounds.c.opened_at, rounds.c.opens_at).where(
        rounds.c.opens_at > rounds.c.opened_at
    )


def waived() -> Part:
    """Return what rounds opened without, and why."""
    return (
        told(
            What.WAIVED,
            at=rounds.c.opened_at,
            item=rounds.c.id,
            account_id=rounds.c.opened_by,
            round_id=rounds.c.id,
            code=round_waiver.c.item,
            words=round_waiver.c.reason,
        )
        .select_from(beside(round_waiver))
        .where(OURS)
    )


def opened() -> Part:
    """Return the rounds that have opened; one cancelled before that has closed as it would."""
    one = rounds.c
    return _opening(What.OPENED, one.opens_at, one.first_closes_at).where(
        one.opens_at <= NOW, or_(one.opens_at == one.opened_at, one.closes_at > one.opens_at)
    )


def roll_changes() -> Part:
    """Return who came onto a roll after the opening or was taken off it, and why."""
    return (
        told(
            after("roll_", roll_change.c.change),
            at=roll_change.c.at,
            item=roll_change.c.id,
            organisation_id=roll_change.c.organisation_id,
            account_id=roll_change.c.made_by,
            round_id=rounds.c.id,
            words=roll_change.c.reason,
        )
        .select_from(beside(roll_change))
        .where(OURS)
    )


def extensions() -> Part:
    """Return the deadlines that were moved, and why."""
    return (
        told(
            What.EXTENDED,
            at=round_extension.c.at,
            item=round_extension.c.id,
            account_id=round_extension.c.made_by,
            round_id=rounds.c.id,
            until=round_extension.c.closes_at,
            words=round_extension.c.reason,
        )
        .select_from(beside(round_extension))
        .where(OURS)
    )


def clocks() -> Part:
    """Return when an objection stopped a clock and when it ran again."""
    return (
        told(
            after("clock_", round_clock.c.change),
            at=round_clock.c.at,
            item=round_clock.c.id,
            round_id=rounds.c.id,
            until=round_clock.c.closes_at,
        )
        .select_from(beside(round_clock))
        .where(OURS, rounds.c.id.not_in(DARK))
    )


def cancelled() -> Part:
    """Return the rounds that were cancelled, and why."""
    off = by_the_trail(after("round:", cast(rounds.c.id, String)), "round.cancelled")
    return told(
        What.CANCELLED,
        at=func.coalesce(off["at"], rounds.c.closes_at),
        item=rounds.c.id,
        account_id=off["account_id"],
        round_id=rounds.c.id,
        words=rounds.c.ending_reason,
    ).where(OURS, rounds.c.ending == Ending.CANCELLED)


def closed() -> Part:
    """Return the rounds that have closed, by their deadline or before it."""
    early = by_the_trail(after("round:", cast(rounds.c.id, String)), "round.closed_early")
    at_its_hour = rounds.c.ending.is_(None)
    return told(
        case((at_its_hour, What.CLOSED), else_=What.CLOSED_EARLY),
        at=rounds.c.closes_at,
        item=rounds.c.id,
        account_id=case((~at_its_hour, early["account_id"])),
        round_id=rounds.c.id,
    ).where(OURS, rounds.c.closes_at <= NOW, rounds.c.ending.is_distinct_from(Ending.CANCELLED))


def reviews() -> Part:
    """Return who said that its board reviews, and that it no longer does."""
    ended = clearance.c.until_at.is_(None)
    return (
        told(
            case((ended, What.REVIEW_ENDED), else_=What.REVIEWING),
            at=clearance.c.at,
            item=clearance.c.id,
            organisation_id=clearance.c.organisation_id,
            account_id=clearance.c.marked_by,
            round_id=rounds.c.id,
            until=clearance.c.until_at,
            words=clearance.c.note,
        )
        .select_from(beside(clearance))
        .where(OURS, may_see(clearance.c.organisation_id))
    )


def ballots() -> Part:
    """Return every ballot; what it did to the one before is found for the page shown."""
    return (
        told(
            What.GIVEN,
            at=ballot.c.cast_at,
            item=ballot.c.id,
            organisation_id=ballot.c.organisation_id,
            account_id=ballot.c.cast_by,
            round_id=rounds.c.id,
            version_id=ballot.c.version_id,
            code=ballot.c.stance,
        )
        .select_from(beside(ballot))
        .where(OURS, may_see(ballot.c.organisation_id))
    )


def disclosures() -> Part:
    """Return who said that it has an interest, or none; the latter goes unsaid with a ballot.

    What was said while a dark round ran came with a ballot, and may have been a recusal.
    """
    with_ballot = select(ballot.c.id).where(
        ballot.c.organisation_id == disclosure.c.organisation_id,
        ballot.c.cast_at == disclosure.c.at,
    )
    in_the_dark = select(rounds.c.id).where(
        OURS,
        rounds.c.id.in_(DARK),
        rounds.c.opens_at <= disclosure.c.at,
        rounds.c.closes_at > disclosure.c.at,
    )
    return told(
        case((disclosure.c.interested, What.INTERESTED), else_=What.NO_INTEREST),
        at=disclosure.c.at,
        item=disclosure.c.id,
        organisation_id=disclosure.c.organisation_id,
        account_id=disclosure.c.made_by,
        words=disclosure.c.statement,
    ).where(
        disclosure.c.proposal_id == ABOUT,
        or_(disclosure.c.interested, ~with_ballot.exists()),
        or_(disclosure.c.organisation_id == OWN, ~in_the_dark.exists()),
    )


def _opening(what: What, at: ColumnElement[Any], until: ColumnElement[Any]) -> Part:
    return told(
        what,
        at=at,
        item=rounds.c.id,
        account_id=rounds.c.opened_by,
        round_id=rounds.c.id,
        version_id=rounds.c.version_id,
        until=until,
    ).where(OURS)
