"""Preparing a round: kind, rule, dates, terms, what is ready, who is on the roll, review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from coalition.domain.deliberation.plans import RoundPlan
from coalition.domain.deliberation.proposals import Proposal
from coalition.domain.deliberation.rounds import COUNTS, MISSING, Results, RoundKind, Terms
from coalition.domain.deliberation.rules import MalformedRule, Rule
from coalition.domain.deliberation.successions import NextRound
from coalition.services.deliberation.agendas import Means
from coalition.services.deliberation.checklists import Checklist, Item
from coalition.services.deliberation.presets import Choice
from coalition.ui import forms, safe
from coalition.ui.deliberation import checklist_views, phrases, plan_dates, rule_editor
from coalition.ui.entry import Entry
from coalition.words import codes, mark, moments, t, tn
from coalition.words.malformed import malformed

KINDS = {
    RoundKind.BINDING: mark("The rule decides. The verdict is frozen when the round closes."),
    RoundKind.TEMPERATURE: mark("Asks for opinions. It decides nothing."),
    RoundKind.SIGN_ON: mark("Who signs, signs for itself. Nothing is adopted for the others."),
}
RESULTS = {
    Results.OPEN: mark("Members see who stands where as it goes."),
    Results.HIDDEN: mark("Each organisation sees its own; you see only who has answered."),
}
TERMS = {COUNTS: mark("It counts"), MISSING: mark("It counts as not heard from")}
LABELS = {
    "rule": mark("Rule"),
    "opens_at": mark("Opening"),
    "urgency": mark("Why it cannot wait"),
}


@dataclass(slots=True)
class Draft:
    """What the form holds so far."""

    kind: RoundKind | None = None
    choice: Choice | None = None
    rule: Rule | None = None
    results: Results | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    terms: Terms = field(default_factory=Terms)
    waivers: Mapping[Item, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """Return what still has to be chosen before it can be opened."""
        asked = {
            t("the kind of round"): self.kind,
            t("the rule"): self.rule or (self.kind is not RoundKind.BINDING) or None,
            t("whether stances can be seen"): self.results,
            t("the opening"): self.opens_at,
            t("the close"): self.closes_at,
        }
        return [words for words, chosen in asked.items() if chosen is None]

    def plan(self) -> RoundPlan | None:
        """Return the plan, or None while something is missing."""
        if not (self.kind and self.results and self.opens_at and self.closes_at) or self.missing:
            return None
        return RoundPlan(
            kind=self.kind,
            preset=self.choice.code if self.choice else "",
            rule=self.rule,
            results=self.results,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            terms=self.terms,
            waivers=self.waivers,
        )


def fields(name: str, means: Means, here: Entry, *, suggestion: NextRound | None = None) -> Draft:
    """Draw everything a round is made of and return what is chosen so far.

    Args:
        name: Of the form; its fields empty when it is renewed.
        suggestion: The kind and the rule that the end of the last round leads to.
    """
    key = forms.token(name)
    made = Draft()
    made.kind = st.radio(
        t("What kind of round?"),
        list(KINDS),
        index=list(KINDS).index(suggestion.kind) if suggestion else None,
        format_func=codes.round_kind,
        captions=[t(words) for words in KINDS.values()],
        key=f"{key}-kind",
    )
    if made.kind is None:
        return made
    if made.kind is RoundKind.BINDING:
        _rule(made, means, key, suggestion.preset if suggestion else "")
    else:
        made.choice = next((one for one in means.choices if one.kind is made.kind), None)
    made.results = st.radio(
        t("Can stances be seen before it closes?"),
        list(RESULTS),
        index=None,
        format_func=codes.results,
        captions=[t(words) for words in RESULTS.values()],
        key=f"{key}-results",
    )
    _dates(made, here, key)
    _terms(made, key)
    return made


def readiness(made: Draft, found: Checklist, name: str) -> None:
    """Draw what members will find filled in, and ask why the round can open without the rest."""
    made.waivers = checklist_views.draw(found, name, made.kind)
    if made.rule is not None and not made.rule.needs_support:
        st.warning(t("This rule needs nobody's support: silence alone could adopt the text."))


def roll(names: tuple[str, ...]) -> None:
    """Draw who will be on the roll, as it stands now."""
    st.header(t("Who is asked?"))
    told = tn(
        "{n} organisation with a vote. The roll is frozen when you open the round.",
        "{n} organisations with a vote. The roll is frozen when you open the round.",
        len(names),
    )
    st.markdown(told)
    if names:
        with st.expander(t("Their names"), type="compact"):
            st.markdown(safe.label(" · ".join(names)))


def review(made: Draft, this: Proposal, size: int, here: Entry, name: str) -> bool:
    """Draw the whole plan in words before the one button; return whether it was pressed."""
    st.header(t("Check before you open it"))
    if made.missing:
        st.markdown(t("Still to choose: {list}.", list=", ".join(made.missing)))
    else:
        st.markdown("\n".join(f"- {one}" for one in _told(made, this, size, here)))
    key = forms.token(name)
    sure = st.checkbox(t("This is what I want to put to the table"), key=f"{key}-sure")
    pressed = st.button(t("Open the round"), type="primary", key=forms.button_key(name))
    if pressed and made.missing:
        st.error(t("Please choose first: {list}.", list=", ".join(made.missing)))
    elif pressed and not sure:
        st.warning(t("Please tick the box first. Nothing was opened."))
    return pressed and sure and not made.missing


def labels() -> dict[str, str]:
    """Return what the form calls each field, for refusals."""
    items = {item.value: codes.readiness(item) for item in Item}
    return {name: t(words) for name, words in LABELS.items()} | items


def _rule(made: Draft, means: Means, key: str, suggested: str) -> None:
    offered = {one.code: one for one in means.choices if one.kind is RoundKind.BINDING}
    code = st.selectbox(
        t("By which rule?"),
        list(offered),
        index=list(offered).index(suggested) if suggested in offered else None,
        format_func=lambda one: rule_editor.called(offered[one]),
        placeholder=t("Choose a rule"),
        key=f"{key}-rule",
    )
    if code is None:
        return
    made.choice = offered[code]
    if made.choice.rule is None:
        return
    with st.container(border=True):
        words = st.container()
        with st.expander(t("Change its numbers"), type="compact"):
            try:
                made.rule = rule_editor.numbers(made.choice.rule, f"{key}-{code}")
            except MalformedRule as fault:
                st.error(malformed(fault))
        if made.rule is None:
            return
        with words:
            rule_editor.in_words(made.rule)
            if made.rule != made.choice.rule:
                st.caption(t("You changed its numbers for this round only."))
        with st.expander(t("Try it"), expanded=True, type="compact"):
            rule_editor.tried(made.rule, len(means.roll), name="plan")


def _dates(made: Draft, here: Entry, key: str) -> None:
    zone = here.table.zone
    made.opens_at = plan_dates.opening(here.now, zone, key)
    if made.opens_at is not None:
        hours = (made.rule.window_hours or 0) if made.rule else 0
        made.closes_at = plan_dates.closing(max(made.opens_at, here.now), zone, hours, key)


def _terms(made: Draft, key: str) -> None:
    urgency = ""
    if made.choice is not None and made.choice.needs_urgency:
        urgency = st.text_area(t(LABELS["urgency"]), max_chars=2_000, key=f"{key}-urgency")
    with st.expander(t("Terms: which ballots count"), type="compact"):
        made.terms = Terms(
            unconfirmed=_term(t("A ballot given on an earlier text"), f"{key}-unconfirmed"),
            recorded=_term(t("A ballot entered for an organisation"), f"{key}-recorded"),
            urgency=urgency,
        )


def _term(label: str, key: str) -> str:
    return st.radio(
        label, list(TERMS), format_func=lambda one: t(TERMS[one]), horizontal=True, key=key
    )


def _told(made: Draft, this: Proposal, size: int, here: Entry) -> list[str]:
    if not (made.kind and made.results and made.opens_at and made.closes_at):
        return []
    zone = here.table.zone
    by_rule = (
        t("By the rule: {rule}", rule=rule_editor.called(made.choice))
        if made.choice and made.kind is RoundKind.BINDING
        else t(KINDS[made.kind])
    )
    opening = (
        t("Opens now")
        if made.opens_at <= here.now
        else t("Opens {when}", when=moments.when(made.opens_at, zone))
    )
    return [
        f"**{codes.round_kind(made.kind)}**: {phrases.heading(this)}",
        by_rule,
        f"{opening}, {t('closes {when}', when=moments.when(made.closes_at, zone))}",
        codes.results(made.results),
        tn("{n} organisation on the roll", "{n} organisations on the roll", size),
    ]
