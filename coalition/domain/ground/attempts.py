"""How long one waits after too many tries: ever longer, never for ever."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coalition.domain.ground.errors import NotPermitted


class TooManyAttempts(NotPermitted):
    """Too many tries; ``facts["minutes"]`` says how long to wait, rounded up."""

    code = "attempt.wait"


@dataclass(frozen=True, slots=True)
class Patience:
    """How many tries are free, and how the wait grows after them.

    Args:
        free: Tries that cost nothing.
        first: The wait after the first try beyond them; it doubles with each more.
        longest: The wait never exceeds this.
        forget: After this long without a try the count starts again.
    """

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait(self, count: int) -> timedelta:
        """Return the wait that the ``count``-th try in a row brings."""
        over = count - self.free
        if over < 0:
            return timedelta(0)
        doublings = min(over, 20)  # a million first waits are beyond any longest
        return min(self.first * (1 << doublings), self.longest)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The tries made under one key."""

    count: int
    first_at: datetime
    last_at: datetime
    locked_until: datetime | None

    def check(self, now: datetime) -> None:
        """Stop while the wait is not over.

        Raises:
            TooManyAttempts: with the minutes left.
        """
        if self.locked_until is not None and now < self.locked_until:
            left = self.locked_until - now
            raise TooManyAttempts(minutes=-(-left // timedelta(minutes=1)))
