"""The sections of a board report: what a meeting has to know of each round, in words."""

from collections.abc import Mapping, Sequence

from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.ground.profile import TableProfile
from coalition.domain.insight.reports import Cell, Column, Section, Table
from coalition.services.insight import cells
from coalition.services.insight.calling import Calls
from coalition.services.insight.distance import Distances, Line
from coalition.services.insight.waiting import Quiet
from coalition.words import t, tn


def summary(found: Distances) -> Section:
    """Return the figures above the board as sentences."""
    if not found.total:
        return Section(t("In short"), (t("No round is open."),))
    figures = found.figures
    adopted = tn(
        "{n} would be adopted if it closed as it stands.",
        "{n} would be adopted if they closed as they stand.",
        figures.adopted,
    )
    told = (
        tn("{n} round is open.", "{n} rounds are open.", found.total),
        tn("{n} closes within a week.", "{n} close within a week.", figures.closing),
        adopted,
        tn("{n} objection is open.", "{n} objections are open.", figures.objections),
        tn("{n} answer is still missing.", "{n} answers are still missing.", figures.unheard),
    )
    return Section(t("In short"), (" ".join(told), *_hidden(found.lines)))


def distance(lines: Sequence[Line], table: TableProfile) -> Section:
    """Return how far each open round is from adoption."""
    columns = (
        Column(t("Proposal"), 6),
        Column(t("Stances"), 7),
        Column(t("Still needed"), 5),
        Column(t("Closes"), 3),
    )
    rows = tuple(
        (
            cells.titled(one.proposal),
            cells.stances(one.standing),
            cells.distance(one.standing),
            cells.closing(one.standing.round, table),
        )
        for one in lines
    )
    said = (
        t("Those that a few calls could carry come first. Each bar is one whole roll."),
        t("What is still needed counts on nothing else changing."),
    )
    return Section(
        t("How far is each proposal from adoption?"), (" ".join(said),), _or(rows, columns)
    )


def calls(lines: Sequence[Line], whom: Mapping[RoundId, Calls]) -> Section:
    """Return whom to call about each open round."""
    columns = (
        Column(t("Proposal"), 5),
        Column(t("Objects"), 3),
        Column(t("Not heard from"), 8),
        Column(t("In clearance"), 3),
    )
    rows = tuple(
        (
            cells.titled(one.proposal),
            cells.names(whom[one.standing.round.id].objecting),
            cells.names(whom[one.standing.round.id].unheard),
            cells.names(tuple(one.reviewing)),
        )
        for one in lines
        if one.calls or one.reviewing
    )
    said = () if rows else (t("There is nobody to call."),)
    return Section(t("Whom to call?"), said, _or(rows, columns))


def waiting(found: Sequence[Quiet]) -> Section:
    """Return who has not answered all that waits for them."""
    columns = (
        Column(t("Organisation"), 8),
        Column(t("Waiting"), 2, number=True),
        Column(t("In clearance"), 2, number=True),
        Column(t("Rounds on its roll"), 3, number=True),
    )
    rows = tuple(
        (one.organisation, str(one.waiting), str(one.reviewing), str(one.on_rolls)) for one in found
    )
    said = (
        tn(
            "{n} organisation has something to answer.",
            "{n} organisations have something to answer.",
            len(found),
        )
        if found
        else t("No open round waits for an answer.")
    )
    return Section(t("Who has not answered yet?"), (said,), _or(rows, columns))


def decided(lines: Sequence[Line], table: TableProfile) -> Section:
    """Return how the rounds that closed of late were decided."""
    columns = (
        Column(t("Proposal"), 6),
        Column(t("Outcome"), 3),
        Column(t("Stances"), 6),
        Column(t("Why"), 5),
        Column(t("Closed"), 3),
    )
    rows = tuple(
        (
            cells.titled(one.proposal),
            cells.outcome(one.standing),
            cells.stances(one.standing),
            cells.distance(one.standing),
            cells.closing(one.standing.round, table),
        )
        for one in lines
    )
    said = () if rows else (t("No round has closed in these days."),)
    return Section(t("What was decided in the last thirty days?"), said, _or(rows, columns))


def _hidden(lines: Sequence[Line]) -> tuple[str, ...]:
    hidden = sum(not one.standing.sight.stances for one in lines)
    if not hidden:
        return ()
    told = tn(
        "{n} round keeps its stances hidden until it closes: they enter no figure here.",
        "{n} rounds keep their stances hidden until they close: they enter no figure here.",
        hidden,
    )
    return (told,)


def _or(rows: tuple[tuple[Cell, ...], ...], columns: tuple[Column, ...]) -> Table | None:
    """Return the table, or none where it would be empty."""
    return Table(columns, rows) if rows else None
