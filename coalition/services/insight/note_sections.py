"""The sections of a monthly note: what every member may know of the month, in words."""

from collections.abc import Mapping, Sequence

from coalition.domain.deliberation.decisions import Outcome
from coalition.domain.deliberation.proposals import Proposal, ProposalId
from coalition.domain.deliberation.versions import Mark
from coalition.domain.ground.profile import TableProfile
from coalition.domain.insight.reports import Column, Section, Table
from coalition.services.deliberation.standings import Standing
from coalition.services.insight import cells
from coalition.store.insight.months import Written
from coalition.words import mark, moments, rules, t, tn

Proposals = Mapping[ProposalId, Proposal]
CHANGES = {
    Mark.FIRST: mark("Put to the table"),
    Mark.EDITORIAL: mark("Wording changed"),
    Mark.SUBSTANTIVE: mark("What is asked changed"),
}


def decided(stand: Sequence[Standing], proposals: Proposals, table: TableProfile) -> Section:
    """Return what was decided in the month: the outcome, the stances, why."""
    heading = t("What was decided?")
    if not stand:
        return Section(heading, (t("No round closed this month."),))
    adopted = sum(
        one.verdict is not None and one.verdict.outcome is Outcome.ADOPTED for one in stand
    )
    said = " ".join(
        (
            tn("{n} round closed.", "{n} rounds closed.", len(stand)),
            tn("{n} proposal was adopted.", "{n} proposals were adopted.", adopted),
        )
    )
    columns = (
        Column(t("Proposal"), 6),
        Column(t("Outcome"), 3),
        Column(t("Stances"), 6),
        Column(t("Why"), 5),
        Column(t("Closed"), 3),
    )
    rows = tuple(
        (
            cells.titled(proposals[one.round.proposal_id]),
            cells.outcome(one),
            cells.stances(one),
            cells.distance(one),
            cells.closing(one.round, table),
        )
        for one in stand
    )
    return Section(heading, (said,), Table(columns, rows))


def by_which_rules(stand: Sequence[Standing], proposals: Proposals) -> Section | None:
    """Return each rule that decided something, once, in plain sentences; None without any."""
    used: dict[tuple[str, str], list[str]] = {}
    for one in stand:
        if cells.is_binding(one):
            told = " ".join(rules.rule_in_words(one.round.rule))
            named = rules.preset_name(one.round.preset), told
            used.setdefault(named, []).append(proposals[one.round.proposal_id].reference)
    if not used:
        return None
    columns = (Column(t("Rule"), 3), Column(t("In words"), 9), Column(t("Decided by it"), 3))
    rows = tuple((name, told, ", ".join(those)) for (name, told), those in used.items())
    return Section(t("By which rule?"), (), Table(columns, rows))


def open_rounds(stand: Sequence[Standing], proposals: Proposals, table: TableProfile) -> Section:
    """Return which rounds are open and when they close."""
    heading = t("What is open now?")
    if not stand:
        return Section(heading, (t("No round is open."),))
    columns = (
        Column(t("Proposal"), 6),
        Column(t("Stances"), 7),
        Column(t("Still needed"), 5),
        Column(t("Closes"), 3),
    )
    rows = tuple(
        (
            cells.titled(proposals[one.round.proposal_id]),
            cells.stances(one),
            cells.distance(one) if one.sight.stances else "–",
            cells.closing(one.round, table),
        )
        for one in stand
    )
    said = tn("{n} round is open.", "{n} rounds are open.", len(stand))
    return Section(heading, (said,), Table(columns, rows))


def changed(texts: Sequence[Written], table: TableProfile) -> Section:
    """Return which texts were put to the table or changed."""
    heading = t("What changed?")
    if not texts:
        return Section(heading, (t("No text was put to the table or changed this month."),))
    columns = (
        Column(t("Proposal"), 6),
        Column(t("Change"), 4),
        Column(t("Version"), 2, number=True),
        Column(t("What its writer said"), 5),
        Column(t("Day"), 3),
    )
    rows = tuple(
        (
            f"{one.reference} · {one.title}",
            t(CHANGES[one.mark]),
            str(one.number),
            one.note or "–",
            moments.day(one.at, table.zone),
        )
        for one in texts
    )
    first = sum(one.mark is Mark.FIRST for one in texts)
    later = len(texts) - first
    said = " ".join(
        (
            tn("{n} proposal was put to the table.", "{n} proposals were put to the table.", first),
            tn("{n} text was changed.", "{n} texts were changed.", later),
        )
    )
    return Section(heading, (said,), Table(columns, rows))
