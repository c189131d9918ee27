"""What a proposal has before a round opens, and what one round opened without."""

import streamlit as st

from coalition.domain.deliberation.rounds import Round, RoundKind
from coalition.domain.ground import grades
from coalition.services.deliberation import checklists, disclosures
from coalition.services.deliberation.checklists import Checklist, Item
from coalition.services.deliberation.disclosures import Disclosed
from coalition.ui import forms, parts, safe
from coalition.ui.deliberation import interest_form
from coalition.ui.entry import Entry
from coalition.words import codes, mark, t, tn

STATES = {
    "none": mark("there is none"),
    "draft": mark("there is a draft, not read over"),
}


def draw(found: Checklist, name: str, kind: RoundKind | None) -> dict[Item, str]:
    """Draw the checklist; return the reasons written for what is missing.

    Args:
        name: Of the form; its fields empty when it is renewed.
    """
    st.header(t("Is the proposal ready?"))
    st.markdown("  \n".join(_line(item, found) for item in found.met))
    if not found.unmet:
        return {}
    if kind is not RoundKind.BINDING:
        st.caption(t("Only a consensus call waits for these; members see the gap all the same."))
        return {}
    st.caption(
        t(
            "Fill in what is missing on the proposal, or say why it can open without. "
            "Members read your reason."
        )
    )
    key = forms.token(name)
    return {
        item: st.text_area(
            t("{item}: why can it open without?", item=codes.readiness(item)),
            max_chars=2_000,
            height=80,
            key=f"{key}-waive-{item}",
        )
        or ""
        for item in found.unmet
    }


def reading(summary: str) -> None:
    """Tell the author how hard the summary is to read, and which sentences make it so."""
    level = grades.grade(summary)
    if level is None:
        return
    st.caption(
        t("Your summary reads at grade {n}; we aim at {aim} or below.", n=level, aim=grades.AIM)
    )
    hardest = grades.hardest(summary)
    if level > grades.AIM and hardest:
        told = tn("The hardest sentence:", "The {n} hardest sentences:", len(hardest))
        st.markdown("\n".join([told, "", *(f"- {safe.label(one)}" for one in hardest)]))


def record(this: Round, here: Entry) -> None:
    """Draw what was waived when a round opened, and who has declared an interest."""
    waived = checklists.waivers(here.db, actor=here.actor, round_id=this.id)
    if waived:
        st.subheader(t("What it opened without"))
        for item, why in waived.items():
            st.markdown(f"**{codes.readiness(item)}:** {safe.md(why)}")
    made = disclosures.disclosures(
        here.db, actor=here.actor, now=here.now, proposal_id=this.proposal_id
    )
    if made:
        st.header(t("Who has an interest?"))
        _disclosed(made)


def _disclosed(made: tuple[Disclosed, ...]) -> None:
    interested = [one for one in made if one.interested]
    with parts.reading():
        for one in interested:
            who = safe.label(one.organisation)
            st.markdown(f"**{who}:** {interest_form.said(one)}")
        free = len(made) - len(interested)
        if free:
            st.markdown(
                tn(
                    "{n} organisation said that it has none.",
                    "{n} organisations said that they have none.",
                    free,
                )
            )


def _line(item: Item, found: Checklist) -> str:
    told = codes.readiness(item)
    if not found.met[item]:
        state = STATES[found.translation] if item is Item.TRANSLATION else mark("missing")
        return f"○ {told}: **{t(state)}**"
    if item is Item.SUMMARY:
        told = t("{item}, reading grade {n}", item=told, n=found.grade)
        if found.is_hard:
            told = t("{told}: harder than grade {aim}", told=told, aim=grades.AIM)
    return f"✓ {told}"
