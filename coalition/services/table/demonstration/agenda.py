"""A past that is played through the services, hour by hour."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from coalition.domain.ground.moments import from_wall, zone

DEADLINE = time(17, 0)  # on the clock of the table
AT_LEAST = timedelta(hours=2)  # what closes "today" is still open for this long


@dataclass(slots=True)
class MovingClock:
    """The hour of the story."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the hour of the story."""
        return self.at


@dataclass(slots=True)
class Agenda:
    """Deeds with their hour; those of the future are left to people.

    Args:
        now: The hour of loading.
        zone: The table's, in which deadlines are set.
    """

    now: datetime
    zone: str
    _deeds: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)

    def at(self, hour: datetime, deed: Callable[[], object]) -> None:
        """Put a deed on the agenda."""
        self._deeds.append((hour, len(self._deeds), deed))

    def play(self, clock: MovingClock) -> None:
        """Do every deed whose hour has come, in the order of their hours."""
        for hour, _, deed in sorted(self._deeds, key=lambda one: one[:2]):
            if hour <= self.now:
                clock.at = hour
                deed()
        clock.at = self.now

    def ago(self, days: float) -> datetime:
        """Return the hour so many days before loading."""
        return self.now - timedelta(days=days)

    def deadline(self, days: int) -> datetime:
        """Return 17:00 at the table, so many days after loading.

        Today's has the hour that comes next, so that there is time to answer.
        """
        day = self.now.astimezone(zone(self.zone)).date() + timedelta(days=days)
        hour = from_wall(day, DEADLINE, self.zone)
        if days == 0 and hour < self.now + AT_LEAST:
            return from_wall(day + timedelta(days=1), DEADLINE, self.zone)
        return hour
