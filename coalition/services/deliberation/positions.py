"""Adopted positions as anyone may read them: page by page, and one with its adopted text."""

from dataclasses import dataclass
from datetime import datetime

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import TextVersion
from coalition.domain.deliberation.rounds import RoundId
from coalition.services.deliberation import standings
from coalition.services.deliberation.standings import Position
from coalition.store.database import Database
from coalition.store.deliberation import rolls as rolls_store
from coalition.store.deliberation import versions as versions_store

__all__ = ["PAGE", "Page", "Position", "Published", "one", "page"]

PAGE = 10  # positions on one page


@dataclass(frozen=True, slots=True)
class Page:
    """One page of adopted positions, and how many there are in all."""

    items: tuple[Position, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Published:
    """One published result with the text it was about, word for word."""

    position: Position
    text: TextVersion


def page(
    db: Database, *, now: datetime, pillar: str = "", number: int = 1, size: int = PAGE
) -> Page:
    """Return one page of adopted positions, latest first, for anyone.

    Args:
        pillar: Only those with this main pillar; "": all.
        number: From 1.
    """
    found = standings.positions(db, now=now, pillar=pillar, page=number, size=size)
    with db.reading() as conn:
        total = rolls_store.count_published(conn, pillar=pillar, outcome=Outcome.ADOPTED)
    return Page(found, total)


def one(db: Database, *, now: datetime, round_id: RoundId) -> Published | None:
    """Return one published result for anyone, or None if it is not published."""
    found = standings.position(db, now=now, round_id=round_id)
    if found is None:
        return None
    with db.reading() as conn:
        text = versions_store.version(conn, found.round.version_id)
    return Published(found, text)
