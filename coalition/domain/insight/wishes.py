"""What a convener asks the board for: which rounds, which organisations, in which order."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coalition.domain.ground import text
from coalition.domain.ground.pillars import Pillar
from coalition.domain.people.organisations import (
    OrganisationKind,
    OrganisationSize,
    Profile,
    Region,
)


class Order(StrEnum):
    """In which order open rounds stand on the board."""

    MOVABLE = "movable"
    CLOSING = "closing"


class RowOrder(StrEnum):
    """In which order organisations stand in a map."""

    NAME = "name"
    SIMILARITY = "similarity"


class Grouping(StrEnum):
    """By what organisations have declared they are grouped; never by how they answer."""

    CONDITION = "condition"
    SIZE = "size"
    REGION = "region"
    KIND = "kind"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of one view; hashable, so that it can name a kept answer.

    Args:
        pillars: Only proposals whose main pillar is one of these; empty: all.
        closed: The rounds that closed last, latest first, instead of those open.
        page: From 1; one beyond the last shows the last.
        kinds, regions, sizes, condition: Only organisations that declared one of these;
            empty: all.
        rows: In which order organisations stand in a map.
        grouping: By what they are grouped.
    """

    pillars: frozenset[Pillar] = frozenset()
    closed: bool = False
    order: Order = Order.MOVABLE
    page: int = 1
    kinds: frozenset[OrganisationKind] = frozenset()
    regions: frozenset[Region] = frozenset()
    sizes: frozenset[OrganisationSize] = frozenset()
    condition: str = ""
    rows: RowOrder = RowOrder.NAME
    grouping: Grouping = Grouping.SIZE

    def admits(self, profile: Profile) -> bool:
        """Say whether an organisation is among those asked for."""
        return (
            _among(profile.kind, self.kinds)
            and _among(profile.region, self.regions)
            and _among(profile.size, self.sizes)
            and (not self.condition or self.condition in conditions(profile))
        )


def conditions(profile: Profile) -> frozenset[str]:
    """Return the conditions an organisation speaks for, in one spelling."""
    return frozenset(text.key(one) for one in profile.conditions)


def groups_of(profile: Profile, grouping: Grouping) -> tuple[str, ...]:
    """Return the codes of the declared groups an organisation belongs to; () where it said none.

    By condition it can belong to several; the code is the condition in one spelling.
    """
    if grouping is Grouping.CONDITION:
        return tuple(sorted(conditions(profile)))
    told: Mapping[Grouping, StrEnum | None] = {
        Grouping.SIZE: profile.size,
        Grouping.REGION: profile.region,
        Grouping.KIND: profile.kind,
    }
    code = told[grouping]
    return (code.value,) if code else ()


def _among(value: object, chosen: Collection[object]) -> bool:
    return not chosen or value in chosen
