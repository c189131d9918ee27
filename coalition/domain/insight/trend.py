"""How support moved, day by day since a round opened, from ballots that are never written over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from coalition.domain.deliberation.counts import counts
from coalition.domain.deliberation.proposals import VersionId
from coalition.domain.deliberation.rounds import Terms
from coalition.domain.deliberation.stances import SUPPORTS, VOTES_CAST, Stance
from coalition.domain.ground.permissions import OrganisationId

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cast:
    """One entry of an organisation in a round.

    Args:
        stance: None where it withdrew what stood.
        recorded: Whether a convener entered it.
    """

    organisation_id: OrganisationId
    version_id: VersionId
    stance: Stance | None
    at: datetime
    recorded: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a round was about.

    Args:
        at: Since when it was in force.
        substantive_from: Since when it counts as changing what is asked: at once where it is
            marked so, else since its mark was contested; None where neither happened.
    """

    id: VersionId
    number: int
    at: datetime
    substantive_from: datetime | None


@dataclass(frozen=True, slots=True)
class Point:
    """Where a round stood at the end of one day since it opened, or when it ended or was asked.

    Args:
        day: From 1; a day is 24 hours, counted from the opening.
        version: Number of the text in force.
        yes, cast: Organisations that supported it, of those that cast a vote.
    """

    day: int
    at: datetime
    version: int
    yes: int
    cast: int

    @property
    def share(self) -> Fraction | None:
        """The share of votes cast that supported it, 0 to 1; None where none was cast."""
        return Fraction(self.yes, self.cast) if self.cast else None


def points(
    casts: Sequence[Cast], texts: Sequence[Text], terms: Terms, *, opened: datetime, until: datetime
) -> tuple[Point, ...]:
    """Return where a round stood at the end of each day from its opening to ``until``.

    At each of them only the then latest entry of an organisation counts, if the round's terms
    let it reach the engine on the text then in force.

    Args:
        casts: All entries of the round, oldest first.
        texts: The texts it was about, oldest first; the first is the one it opened on.
    """
    latest: dict[OrganisationId, Cast] = {}
    coming = iter(casts)
    following = next(coming, None)
    found = []
    for day, at in _days(opened, until):
        while following is not None and following.at <= at:
            latest[following.organisation_id] = following
            following = next(coming, None)
        stances = _counted(latest.values(), _substantive(texts, at), terms)
        yes, cast = (sum(stances[one] for one in those) for those in (SUPPORTS, VOTES_CAST))
        found.append(Point(day, at, _in_force(texts, at), yes, cast))
    return tuple(found)


def _days(opened: datetime, until: datetime) -> Iterator[tuple[int, datetime]]:
    day = 1
    while opened + day * DAY < until:
        yield day, opened + day * DAY
        day += 1
    yield day, until


def _counted(casts: Iterable[Cast], substantive: VersionId, terms: Terms) -> Counter[Stance]:
    """Count what reaches the engine; a recusal on an earlier text is never carried."""
    return Counter(
        one.stance
        for one in casts
        if one.stance is not None
        and counts(
            terms,
            carried=one.version_id < substantive and one.stance is not Stance.RECUSED,
            recorded=one.recorded,
        )
    )


def _in_force(texts: Sequence[Text], at: datetime) -> int:
    return max((one.number for one in texts[1:] if one.at <= at), default=texts[0].number)


def _substantive(texts: Sequence[Text], at: datetime) -> VersionId:
    """Return the latest text that, by then, had changed what is asked; ids only rise."""
    changed = (
        one.id
        for one in texts[1:]
        if one.substantive_from is not None and one.substantive_from <= at
    )
    return max(changed, default=texts[0].id)
