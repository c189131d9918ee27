"""Whose table this is."""

from dataclasses import dataclass
from enum import StrEnum


class TableKind(StrEnum):
    """A coalition's own table, or the demonstration, which says so on every page."""

    OWN = "own"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True, slots=True)
class TableProfile:
    """The table's name and the zone its deadlines are set in.

    Args:
        zone: IANA name, such as ``America/New_York``.
    """

    name: str
    zone: str
    kind: TableKind

    @property
    def is_demonstration(self) -> bool:
        """Say whether everything here is invented."""
        return self.kind is TableKind.DEMONSTRATION
