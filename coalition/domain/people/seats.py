"""The one seat of an organisation: who may act for it, in what order, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from coalition.domain.ground.errors import Conflict, Invalid, NotFound, RuleBroken
from coalition.domain.ground.permissions import AccountId, Capacity, OrganisationId, Role

SeatId = NewType("SeatId", int)
PRIMARY = 0  # the rank of the delegate; alternates follow from 1 in their order
LAST_RANK = 9


class SeatNotFound(NotFound):
    """No holding of a seat has this number."""

    code = "seat.not_found"


class SeatEnded(RuleBroken):
    """The holding has ended already."""

    code = "seat.ended"


class HolderUnfit(RuleBroken):
    """Only an active account with the role of a member may hold a seat."""

    code = "seat.holder_unfit"


class HolderSeated(Conflict):
    """The person holds a seat in that time already; one person, one seat."""

    code = "seat.holder_seated"


class RankTaken(Conflict):
    """Somebody holds that place of the organisation's seat in that time."""

    code = "seat.rank_taken"


class RankUnknown(Invalid):
    """A place is the delegate's (0) or an alternate's (1 to 9)."""

    code = "seat.rank"


class DatesCrossed(Invalid):
    """The holding would end before it begins."""

    code = "seat.dates"


class SeatBackdated(Invalid):
    """A holding cannot begin or end in the past: what was done then stays done."""

    code = "seat.backdated"


class SeatsMoved(Conflict):
    """Somebody changed the seat since its order was shown."""

    code = "seat.moved"


@dataclass(frozen=True, slots=True)
class Window:
    """From ``from_at`` on and until just before ``to_at``; None is without end."""

    from_at: datetime
    to_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Say whether the instant lies in it."""
        return self.from_at <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        """Say whether it has ended by ``at``."""
        return self.to_at is not None and self.to_at <= at

    def meets(self, other: "Window") -> bool:
        """Say whether the two share an instant; one ending as the other begins share none."""
        if self.is_empty or other.is_empty:
            return False
        mine_first = other.to_at is None or self.from_at < other.to_at
        return mine_first and (self.to_at is None or other.from_at < self.to_at)

    @property
    def is_empty(self) -> bool:
        """Say whether it ended as it began: a holding called off before it started."""
        return self.to_at is not None and self.to_at <= self.from_at


@dataclass(frozen=True, slots=True)
class Holding:
    """One person's time in one place of an organisation's seat.

    Args:
        holder: The person's name; "" once erased.
        rank: 0 for the delegate, then the alternates in order.
        is_able: Whether the account is active and a member's; else nobody acts.
    """

    id: SeatId
    organisation_id: OrganisationId
    account_id: AccountId
    holder: str
    rank: int
    window: Window
    is_able: bool = True

    @property
    def capacity(self) -> Capacity:
        """Return in what capacity the person acts."""
        return capacity(self.rank)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """An active organisation with a vote for which no delegate acts now.

    Args:
        has_alternate: Whether an alternate can act in the meantime.
        all_away: Whether there are people who could act, and every one of them is away.
    """

    organisation_id: OrganisationId
    organisation: str
    has_alternate: bool
    all_away: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member's account that holds no seat, now or later."""

    account_id: AccountId
    name: str
    email: str


def capacity(rank: int) -> Capacity:
    """Return the capacity that goes with a place: the first is the delegate's."""
    return Capacity.PRIMARY if rank == PRIMARY else Capacity.ALTERNATE


def require_fit(role: Role, *, is_active: bool) -> None:
    """Stop unless such an account may hold a seat.

    Source: issue "The table works", Data: conveners and administrators hold no vote.

    Raises:
        HolderUnfit: not a member, or not active.
    """
    if role is not Role.MEMBER or not is_active:
        raise HolderUnfit(field="account_id", role=role.value)


def require_window(window: Window, now: datetime) -> None:
    """Stop unless a new holding begins now or later and ends after it begins.

    Raises:
        SeatBackdated, DatesCrossed.
    """
    if window.from_at < now:
        raise SeatBackdated(field="from_at")
    if window.is_empty:
        raise DatesCrossed(field="to_at")


def require_free(
    holdings: Iterable[Holding],
    *,
    account_id: AccountId,
    organisation_id: OrganisationId,
    rank: int,
    window: Window,
) -> None:
    """Stop if the person or the place is taken at any instant of ``window``.

    Raises:
        HolderSeated: the person holds a seat then, here or elsewhere.
        RankTaken: somebody holds that place then.
    """
    clashing = [holding for holding in holdings if holding.window.meets(window)]
    if any(holding.account_id == account_id for holding in clashing):
        raise HolderSeated(field="account_id")
    if any(h.organisation_id == organisation_id and h.rank == rank for h in clashing):
        raise RankTaken(field="rank")


def next_rank(holdings: Iterable[Holding]) -> int:
    """Return the place after the last alternate; never the delegate's."""
    return max((holding.rank for holding in holdings), default=PRIMARY) + 1


def require_rank(rank: int) -> int:
    """Return the place if there is such a one.

    Raises:
        RankUnknown: below 0 or past the last alternate.
    """
    if not PRIMARY <= rank <= LAST_RANK:
        raise RankUnknown(field="rank", limit=LAST_RANK)
    return rank


def ending(window: Window, at: datetime) -> Window:
    """Return the window cut short at ``at``; one that has not begun is emptied.

    Raises:
        SeatEnded: it is over by then.
    """
    if window.is_over(at):
        raise SeatEnded
    return Window(window.from_at, max(at, window.from_at))
