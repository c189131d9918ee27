"""What the reports share: how a round, its stances and its hour stand in a table."""

from collections.abc import Sequence

from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import Round, RoundKind, Status
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.profile import TableProfile
from coalition.domain.insight.reports import Bar, Cell, Part
from coalition.services.deliberation.standings import Standing
from coalition.words import codes, distances, moments, t

NAMED = 12  # organisations named in one cell; a roll of two hundred would fill a page
FROM_YES = (
    Stance.SUPPORT,
    Stance.SUPPORT_WITH_RESERVATIONS,
    Stance.STAND_ASIDE,
    Stance.OBJECT,
    Stance.ABSTAIN,
    Stance.RECUSED,
)
MISSING = "missing"


def titled(proposal: Proposal) -> str:
    """Return what a proposal is called: its reference, then its title."""
    return f"{proposal.reference} · {proposal.text.title}"


def stances(one: Standing) -> Cell:
    """Return the bar of a round; words where its stances may not be seen."""
    if one.tally is None:
        return t("Hidden until it closes")
    counts = {stance.value: one.tally.counts[stance] for stance in FROM_YES}
    counts[MISSING] = one.tally.missing
    return Bar(tuple(Part(code, codes.stance(code), n) for code, n in counts.items() if n))


def distance(one: Standing) -> str:
    """Return how far a round is from adoption, or how it was decided."""
    return distances.distance(
        one.round, one.status, answered=one.answered, verdict=one.verdict, tally=one.tally
    )


def outcome(one: Standing) -> str:
    """Return how a round ended in a word; what kind it is where nothing is decided by it."""
    if one.verdict is None:
        return codes.round_kind(one.round.kind)
    said = codes.outcome if one.status is Status.CLOSED else codes.prospect
    return said(one.verdict.outcome)


def closing(this: Round, table: TableProfile) -> str:
    """Return when a round closes or closed, in the table's hour."""
    if this.stopped:
        return t("clock stopped")
    return moments.clock(this.closes_at, table.zone)


def names(organisations: Sequence[str]) -> str:
    """Return names in one line, the first few where there are many; a dash for none."""
    if not organisations:
        return "–"
    told = " · ".join(organisations[:NAMED])
    more = len(organisations) - NAMED
    return t("{names} and {n} more", names=told, n=more) if more > 0 else told


def is_binding(one: Standing) -> bool:
    """Say whether a round decides anything."""
    return one.round.kind is RoundKind.BINDING
