"""Which declared group supports each proposal least, and how far all groups do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from coalition.domain.deliberation import counts
from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind
from coalition.domain.deliberation.stances import SUPPORTS
from coalition.domain.ground.permissions import Actor, Permission, require
from coalition.domain.insight.measures import (
    FEWEST_IN_GROUP,
    SCALE,
    Group,
    group_aware_consensus,
    weakest,
)
from coalition.domain.insight.wishes import Grouping, Wish
from coalition.services.insight.finding import found
from coalition.store.database import Connection, Database
from coalition.store.insight import groups as store
from coalition.store.insight.groups import Said


@dataclass(frozen=True, slots=True)
class Heard:
    """What one declared group said in one round.

    Args:
        code: Of its size, region or class; by condition the condition in one spelling.
    """

    code: str
    group: Group


@dataclass(frozen=True, slots=True)
class Support:
    """How far the declared groups support one proposal.

    Args:
        groups: Those of which enough organisations took a place on the scale, the least
            supportive first.
        few: Codes of the others heard from: a share of so few would be a person.
        consensus: Group-aware consensus over ``groups``, and over no others; None without.
    """

    round: Round
    proposal: Proposal
    groups: tuple[Heard, ...]
    few: tuple[str, ...]
    consensus: Fraction | None

    @property
    def least(self) -> Heard | None:
        """The group that supports it least; None where every group is too few."""
        place = weakest([one.group for one in self.groups])
        return None if place is None else self.groups[place]


@dataclass(frozen=True, slots=True)
class Supports:
    """The rounds asked for, those with the least supportive group first.

    Args:
        hidden: Rounds left out because they keep their stances to themselves.
        signed: Rounds left out because in them one can only sign.
    """

    lines: tuple[Support, ...]
    hidden: int
    signed: int = 0


def least_on_board(db: Database, *, actor: Actor | None, now: datetime, wish: Wish) -> Supports:
    """Return how far each group of ``wish.grouping`` supports each round asked for.

    Of rounds whose stances may be seen, without those in which one can only sign. Groups are
    what organisations declared, never what their answers look like; an organisation that has
    declared nothing is in none.

    Raises:
        PermissionMissing: only conveners.
    """
    person = require(actor, Permission.READ_BOARD)
    with db.reading() as conn:
        these = found(conn, person, wish, now=now)
        lines = supports(conn, these.shown, these.proposals, grouping=wish.grouping)
    return Supports(lines, these.hidden, len(these.shown) - len(lines))


def supports(
    conn: Connection,
    rounds: Iterable[Round],
    proposals: Mapping[ProposalId, Proposal],
    *,
    grouping: Grouping,
) -> tuple[Support, ...]:
    """Return how far each declared group supports each of these rounds, the least first.

    One query.

    Args:
        rounds: Whose stances may be seen; one in which one can only sign is left out.
    """
    asked = {one.id: one for one in rounds if one.kind is not RoundKind.SIGN_ON}
    heard = _heard(store.said(conn, list(asked), grouping=grouping, stances=SCALE), asked)
    lines = [
        _support(one, proposals[one.proposal_id], heard.get(one.id, {})) for one in asked.values()
    ]
    return tuple(sorted(lines, key=_order))


def lowest(lines: Sequence[Support]) -> tuple[Support, ...]:
    """Return the proposals that a group supports least of all, those first of ``supports``."""
    least = lines[0].least if lines else None
    if least is None:
        return ()
    shares = ((one, one.least) for one in lines)
    return tuple(one for one, its in shares if its and its.group.share == least.group.share)


def _heard(
    said: Iterable[Said], rounds: Mapping[RoundId, Round]
) -> Mapping[RoundId, Mapping[str, Group]]:
    """Add up what reaches the engine under each round's terms, by round and group."""
    groups: dict[RoundId, dict[str, Group]] = defaultdict(dict)
    for one in said:
        terms = rounds[one.round_id].terms
        if not counts.counts(terms, carried=one.carried, recorded=one.recorded):
            continue
        agree = one.n if one.stance in SUPPORTS else 0
        for code in one.groups:
            before = groups[one.round_id].get(code, Group(0, 0))
            groups[one.round_id][code] = Group(before.agree + agree, before.seen + one.n)
    return groups


def _support(this: Round, proposal: Proposal, heard: Mapping[str, Group]) -> Support:
    enough = [Heard(code, group) for code, group in heard.items() if group.seen >= FEWEST_IN_GROUP]
    few = sorted(code for code, group in heard.items() if group.seen < FEWEST_IN_GROUP)
    return Support(
        this,
        proposal,
        tuple(sorted(enough, key=lambda one: (one.group.share, one.code))),
        tuple(few),
        group_aware_consensus(one.group for one in enough) if enough else None,
    )


def _order(one: Support) -> tuple[bool, Fraction, datetime]:
    least = one.least
    return least is None, least.group.share if least else Fraction(1), one.round.closes_at
