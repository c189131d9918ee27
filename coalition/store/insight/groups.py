"""What each declared group of organisations said, counted where the ballots are."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, cast, func, select

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground import text
from coalition.domain.insight.wishes import Grouping
from coalition.store.deliberation.tallies import CARRIED, NOT_REPLACED, RECORDED
from coalition.store.schema import ballot, consensus_round, organisation


@dataclass(frozen=True, slots=True)
class Said:
    """How many organisations of the same groups took one stance in one round.

    Args:
        groups: The codes of the groups they belong to; by condition there can be several.
    """

    round_id: RoundId
    groups: tuple[str, ...]
    stance: Stance
    carried: bool
    recorded: bool
    n: int


def _counted(code: ColumnElement[str]) -> Select[Any]:
    kind = (
        ballot.c.round_id,
        code.label("code"),
        ballot.c.stance,
        CARRIED.label("carried"),
        RECORDED.label("recorded"),
    )
    return (
        select(*kind, func.count().label("n"))
        .select_from(
            ballot.join(consensus_round, consensus_round.c.id == ballot.c.round_id).join(
                organisation, organisation.c.id == ballot.c.organisation_id
            )
        )
        .where(
            ballot.c.round_id.in_(bindparam("ids", expanding=True)),
            ballot.c.stance.in_(bindparam("stances", expanding=True)),
            NOT_REPLACED,
        )
        .group_by(*kind)
    )


_BY = {
    Grouping.CONDITION: _counted(cast(organisation.c.conditions, Text)),
    Grouping.SIZE: _counted(organisation.c.size),
    Grouping.REGION: _counted(organisation.c.region),
    Grouping.KIND: _counted(organisation.c.kind),
}


def said(
    conn: Connection,
    ids: Collection[RoundId],
    *,
    grouping: Grouping,
    stances: Collection[Stance],
) -> tuple[Said, ...]:
    """Return the standing ballots of several rounds counted by group, in one query.

    Args:
        stances: Only these.
    """
    wanted = {"ids": list(ids), "stances": [stance.value for stance in stances]}
    return tuple(
        Said(
            RoundId(row.round_id),
            _groups(row.code, grouping),
            Stance(row.stance),
            row.carried,
            row.recorded,
            row.n,
        )
        for row in conn.execute(_BY[grouping], wanted)
    )


@lru_cache(maxsize=4_096)  # pure, and hundreds of rounds have the same organisations
def _groups(code: str, grouping: Grouping) -> tuple[str, ...]:
    if grouping is Grouping.CONDITION:
        return tuple(sorted({text.key(one) for one in json.loads(code)}))
    return (code,) if code else ()
