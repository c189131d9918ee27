"""One round of a proposal: who stands where and why, who is on its roll, by what rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.rounds import Round, RoundId, RoundKind, Status
from coalition.domain.deliberation.stances import Stance
from coalition.domain.ground.permissions import OrganisationId
from coalition.services.deliberation.chronicle import Chronicle
from coalition.services.deliberation.chronicle import Entry as Given
from coalition.services.deliberation.standings import Participant, Standing
from coalition.ui import address, parts, safe, screens
from coalition.ui.deliberation import (
    checklist_views,
    distances,
    phrases,
    review_phrases,
    roll_views,
    unconfirmed,
)
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.words import codes, moments, t, tn
from coalition.words.rules import preset_name, rule_in_words
from coalition.words.verdicts import explanation, still_needed_in_words

AGAINST = (Stance.OBJECT, Stance.STAND_ASIDE, Stance.SUPPORT_WITH_RESERVATIONS, Stance.RECUSED)
FEW = 5  # reasons that need no folding
SHOWN = 50  # reasons, or organisations on a roll, that stand unfolded


def pick(rounds: Sequence[Round], zone: str) -> Round:
    """Return the round to look at: the latest, unless the reader picks an earlier one."""
    if len(rounds) == 1:
        return rounds[0]
    by_id = {one.id: one for one in reversed(rounds)}
    turns = {one.id: number for number, one in enumerate(rounds, 1)}
    newest, asked = rounds[-1].id, address.number("round")
    chosen = st.selectbox(
        t("Round"),
        list(by_id),
        index=list(by_id).index(RoundId(asked)) if asked in by_id else 0,
        format_func=lambda one: t(  # numbered: a choice goes by its words, and days can be alike
            "{n} · {kind}, opened {day}",
            n=turns[one],
            kind=codes.round_kind(by_id[one].kind),
            day=moments.day(by_id[one].opens_at, zone),
        ),
        key="round",
    )
    address.keep("round", None if chosen == newest else str(chosen))
    return by_id[chosen]


@dataclass(frozen=True, slots=True)
class Since:
    """What was said of a round after it closed, for the tables of its answers.

    Args:
        numbers: What changed, in words, and how often.
        marks: What stands beside an organisation's answer.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[OrganisationId, str] = field(default_factory=dict)


def stances(
    stand: Standing,
    roll: Sequence[Participant],
    given: Chronicle,
    here: Entry,
    *,
    since: Since | None = None,
) -> None:
    """Draw how the round stands: sentence and bar, reasons, the roll, the rule in words."""
    later = since or Since()
    st.header(_question(stand))
    if stand.tally is None:
        _hidden(stand, here)
    else:
        parts.stance_bar(
            distances.counts(stand),
            roll=stand.round.roll_size,
            needed=distances.needed(stand.verdict) if stand.verdict else None,
            sentence=sentence(stand),
            name=str(stand.round.id),
            since=later.numbers,
        )
        if told := unconfirmed.sentence(stand.count, stand.round.terms):
            st.markdown(told)
    reasons(given.entries)
    st.header(t("Who is on the roll?"))
    participation(stand.round, roll, later.marks, here.table.zone)
    roll_views.changes(given.roll_changes, here)
    rule(stand.round)
    checklist_views.record(stand.round, here)


def alone(one: Participant, given: Chronicle, here: Entry) -> None:
    """Draw what one organisation answered and why, as far as it may be seen; a way to all."""
    st.header(t("What did {organisation} answer?", organisation=safe.label(one.organisation)))
    st.markdown(_answer(one, here.table.zone))
    theirs = [it for it in given.entries if it.ballot.organisation_id == one.organisation_id]
    reasons(theirs)
    query = {name: value for name, value in address.here().items() if name != "organisation"}
    st.page_link(
        screens.page("proposal"),
        label=t("See every answer"),
        icon=":material/arrow_back:",
        query_params=query,
    )


def sentence(stand: Standing) -> str:
    """Return what the numbers mean: why, and what is still needed."""
    if stand.verdict is None:
        answered = stand.tally.returned if stand.tally else 0
        if stand.round.kind is RoundKind.SIGN_ON:
            return tn(
                "{n} of {roll} has signed.",
                "{n} of {roll} have signed.",
                answered,
                roll=stand.round.roll_size,
            )
        return t(
            "{n} of {roll} have answered. This round asks for opinions; it decides nothing.",
            n=answered,
            roll=stand.round.roll_size,
        )
    told = f"{explanation(stand.verdict)}."
    if stand.status is not Status.OPEN:
        return f"**{codes.outcome(stand.verdict.outcome)}.** {told}"
    needed = still_needed_in_words(stand.verdict.still_needed)
    if not needed:
        return told
    return f"{told} {t('Still needed: {list}.', list=', '.join(needed))}"


def reasons(entries: Sequence[Given]) -> None:
    """Draw the reasons of the answers that stand: what speaks against first, the rest folded."""
    replaced = {entry.ballot.replaces for entry in entries}
    told = [one for one in entries if one.ballot.id not in replaced and one.words.reason]
    against = [one for one in told if one.ballot.stance in AGAINST]
    rest = [one for one in told if one.ballot.stance and one.ballot.stance not in AGAINST]
    if not told:
        return
    with parts.reading():
        st.header(t("What reasons were given?"))
        for one in sorted(against, key=lambda one: AGAINST.index(one.ballot.stance or AGAINST[-1])):
            _reason(one)
        if rest:
            label = tn("{n} more reason", "{n} more reasons", len(rest))
            with st.expander(label, expanded=not against and len(rest) <= FEW):
                for one in rest[:SHOWN]:
                    _reason(one)


def participation(
    this: Round,
    roll: Sequence[Participant],
    marks: Mapping[OrganisationId, str],
    zone: str,
) -> None:
    """Draw the roll, with as much of each answer as the reader may see, and the same as a file.

    Args:
        marks: What stands beside an answer since the close.
    """
    by_rule = preset_name(this.preset)
    rows = [
        (
            one.organisation,
            _answer(one, zone),
            one.given.version if one.given else "",
            by_rule,
            marks.get(one.organisation_id, ""),
        )
        for one in roll
    ]
    headings = [t("Organisation"), t("Answer"), t("On text version"), t("Rule")]
    frame = pd.DataFrame(rows, columns=[*headings, t("Since the close")])
    told = [" · ".join(filter(None, (said, since))) for _, said, *_, since in rows]
    shown = frame[headings[:2]].assign(**{headings[1]: told})  # more would not fit a phone
    size = tn("{n} organisation on the roll", "{n} organisations on the roll", len(roll))
    with st.expander(size, expanded=len(roll) <= SHOWN):
        parts.table(shown)
        csv_button(frame, "roll", key="csv-roll")


def rule(this: Round) -> None:
    """Draw the rule the round was opened under, sentence by sentence."""
    st.header(t("By what rule is it decided?"))
    if this.kind is RoundKind.TEMPERATURE:
        st.markdown(t("By none: it asks for opinions and decides nothing."))
        return
    st.markdown(f"**{safe.label(preset_name(this.preset))}**")
    st.markdown("\n".join(f"- {one}" for one in rule_in_words(this.rule)))
    if this.terms.urgency:
        st.markdown(t("**Why it could not wait:** {why}", why=safe.md(this.terms.urgency)))


def _reason(one: Given) -> None:
    who = safe.label(one.organisation)
    st.markdown(f"**{who}: {phrases.stance(one.ballot.stance)}**  \n{safe.md(one.words.reason)}")
    if one.words.remedy:
        remedy = safe.md(one.words.remedy)
        st.markdown(t("_What would remove the objection:_ {remedy}", remedy=remedy))


def _question(stand: Standing) -> str:
    if stand.round.kind is RoundKind.SIGN_ON:
        return t("Who has signed?")
    if stand.status is Status.OPEN and stand.round.kind is RoundKind.BINDING:
        return t("How far is it from adoption?")
    return t("How did it end?") if stand.status is Status.CLOSED else t("Where does it stand?")


def _hidden(stand: Standing, here: Entry) -> None:
    closing = moments.when_both(stand.round.closes_at, here.table.zone, here.zone)
    if stand.status is Status.CANCELLED:
        parts.empty(
            t("The stances stay hidden"),
            t("The round was cancelled before its hidden results were due."),
        )
    else:
        parts.empty(
            t("Stances are hidden until it closes"),
            t("They are shown to all members {when}.", when=closing),
            t("Until then each organisation sees only its own."),
        )
    if stand.answered is not None:
        st.markdown(t("{n} of {roll} have answered.", n=stand.answered, roll=stand.round.roll_size))
    if stand.own_stance:
        st.markdown(t("Your own: {stance}", stance=phrases.stance(stand.own_stance)))


def _answer(one: Participant, zone: str) -> str:
    if one.stance is not None:
        told = (phrases.stance(one.stance), unconfirmed.beside(one.given))
        return " · ".join(filter(None, told))
    if one.answered is None:
        return t("Hidden until it closes")
    if one.clearance is not None:
        return f"{phrases.stance(None)} · {review_phrases.told(one.clearance, zone)}"
    return t("Has answered") if one.answered else phrases.stance(None)
