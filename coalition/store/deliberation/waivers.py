"""What a convener waived when a round opened, in and out of its table."""

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from coalition.domain.deliberation.readiness import Item
from coalition.domain.deliberation.rounds import RoundId
from coalition.store.schema import round_waiver


def add(conn: Connection, round_id: RoundId, waivers: Mapping[Item, str]) -> None:
    """Store the items that a round opened without, each with its reason."""
    if waivers:
        rows = [
            {"round_id": round_id, "item": item, "reason": why} for item, why in waivers.items()
        ]
        conn.execute(insert(round_waiver), rows)


def of_round(conn: Connection, round_id: RoundId) -> dict[Item, str]:
    """Return the items that a round opened without and why, in the order of the checklist."""
    query = select(round_waiver).where(round_waiver.c.round_id == round_id)
    found = {row.item: row.reason for row in conn.execute(query)}
    return {item: found[item] for item in Item if item in found}
