"""What interests an organisation declares, by topic, from a day and perhaps until one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NewType

from coalition.domain.ground import text
from coalition.domain.ground.errors import Invalid, NotFound, NotPermitted
from coalition.domain.ground.permissions import OrganisationId
from coalition.domain.ground.pillars import Pillar

InterestId = NewType("InterestId", int)


class InterestNotFound(NotFound):
    """The person's organisation has declared no such interest."""

    code = "interest.not_found"


class SpeaksForNobody(NotPermitted):
    """The person holds no current seat, so there is no organisation to declare for."""

    code = "interest.no_seat"


class InterestDates(Invalid):
    """The last day comes before the first."""

    code = "interest.dates"


class PillarsMissing(Invalid):
    """Without a pillar nobody is reminded of the interest when it matters."""

    code = "interest.pillars"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a delegate declares for the organisation.

    Args:
        pillars: What it touches; a proposal with one of them brings it to mind.
        to_on: The last day, or None until further notice.
    """

    topic: str
    pillars: tuple[Pillar, ...]
    statement: str
    from_on: date
    to_on: date | None = None

    def checked(self) -> "Declaration":
        """Return it with its words trimmed.

        Raises:
            TextMissing, TextTooLong, TextUnreadable: topic or statement cannot be kept.
            PillarsMissing, InterestDates.
        """
        if not self.pillars:
            raise PillarsMissing(field="pillars")
        if self.to_on is not None and self.to_on < self.from_on:
            raise InterestDates(field="to_on")
        return replace(
            self,
            topic=text.line(self.topic, "topic"),
            statement=text.paragraphs(self.statement, "statement"),
        )


@dataclass(frozen=True, slots=True)
class Interest:
    """One declared interest as it stands; its words are "" once erased."""

    id: InterestId
    organisation_id: OrganisationId
    declared: Declaration

    def ends_by(self, day: date) -> bool:
        """Say whether ``day`` is its last, or past it."""
        return self.declared.to_on is not None and self.declared.to_on <= day

    def last_day(self, today: date) -> date:
        """Return its last day if it is ended today; one that has not begun lasts its first."""
        return max(today, self.declared.from_on)

    def touches(self, pillars: Iterable[Pillar], day: date) -> bool:
        """Say whether it holds on ``day`` and concerns one of these pillars."""
        mine = self.declared
        is_current = mine.from_on <= day and (mine.to_on is None or day <= mine.to_on)
        return is_current and not set(mine.pillars).isdisjoint(pillars)
