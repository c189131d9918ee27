"""Four answers above the board: what closes, who unblocks, who is not on board, what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from coalition.domain.insight.news import News
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import briefing
from coalition.services.insight.briefing import Briefing
from coalition.services.insight.finding import Found
from coalition.services.insight.least_on_board import Supports
from coalition.services.insight.unblocking import Lever, Unblocking
from coalition.ui import address, safe, screens
from coalition.ui.entry import Entry
from coalition.ui.insight import least_on_board_view, shared
from coalition.ui.insight.stance_bars_view import hidden_rounds
from coalition.words import distances, moments, people, t, tn

NAMED = 3  # proposals; more are only counted


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with its answer in a sentence and where to go from there.

    Args:
        screen, query: What the link opens.
    """

    question: str
    sentence: str
    link: str
    screen: str
    query: Mapping[str, str | int]


def draw(here: Entry, wish: Wish, these: Found, head: str) -> None:
    """Draw the four answers for the pillars asked for.

    Args:
        these: The open rounds of these pillars.
        head: The stamp they were asked under.
    """
    asked = Wish(pillars=wish.pillars)
    found = shared.ask(briefing.briefing, here, asked, head, these=these)
    st.header(t("What matters now?"))
    with st.grid(2, min_column_width=280):
        for one in answers(found, here.table.zone):
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.markdown(f":small[{one.question}]\n\n{one.sentence}")
                st.page_link(
                    screens.page(one.screen),
                    label=one.link,
                    query_params=_asked(one),
                )
    left_out = hidden_rounds(found.hidden)
    if left_out:
        st.caption(left_out)


def _asked(one: Answer) -> dict[str, str]:
    """Return the query of a link; one to another view of the board keeps the filters."""
    return address.here(**one.query) if one.screen == "board" else address.query(**one.query)


def answers(found: Briefing, zone: str) -> tuple[Answer, ...]:
    """Return the four questions with their answers, in the language spoken."""
    return (_closing(found, zone), _unblocking(found.unblocking), _least(found), _news(found, zone))


def _closing(found: Briefing, zone: str) -> Answer:
    question = t("Which proposal closes next and falls short?")
    everything = _board("bars", t("See where every proposal stands"))
    if found.short is None:
        return Answer(question, _nothing_short(found.binding), *everything)
    standing, proposal = found.short
    lacks = (
        distances.short(standing.verdict, standing.tally)
        if standing.verdict and standing.tally
        else ""
    )
    told = t(
        "**{reference}, {title}**, closes {when} and falls short: {lacks}.",
        reference=safe.label(proposal.reference),
        title=safe.label(proposal.text.title),
        when=moments.when(standing.round.closes_at, zone),
        lacks=lacks,
    )
    return Answer(question, told, t("Open this proposal"), "proposal", {"id": proposal.id})


def _nothing_short(binding: int) -> str:
    return (
        tn(
            "The one proposal that shows its stances would be adopted now.",
            "All {n} proposals that show their stances would be adopted now.",
            binding,
        )
        if binding
        else t("No proposal that shows its stances is being decided now.")
    )


def _unblocking(found: Unblocking) -> Answer:
    question = t("Which organisation could unblock most?")
    told = _unblocks(found)
    who = found.carrier or found.objector or found.awaited
    if found.carrier and len(found.carried) == 1:
        only = found.carried[0]
        return Answer(question, told, t("Open this proposal"), "proposal", {"id": only.id})
    if who is None:
        return Answer(question, told, *_board("waiting", t("See who is awaited")))
    whose = {"search": who.organisation}
    return Answer(question, told, t("Open this organisation"), "members", whose)


def _unblocks(found: Unblocking) -> str:
    if not found.short:
        return t("No proposal that shows its stances falls short.")
    if found.carrier:
        told = tn(
            "Support from **{organisation}** alone would carry {n} of {short} that fall short: "
            "{proposals}",
            "Support from **{organisation}** alone would carry {n} of {short} that fall short: "
            "{proposals}",
            found.carrier.n,
            organisation=safe.label(found.carrier.organisation),
            short=found.short,
            proposals=_listed([one.reference for one in found.carried]),
        )
        return f"{told}{_alike(found.carrier)}."
    if found.objector:
        return t(
            "No single organisation could carry one alone; **{organisation}** objects in most, "
            "{n} of {short}{alike}.",
            **_holding(found.objector, found.short),
        )
    if found.awaited:
        return t(
            "No single organisation could carry one alone; **{organisation}** is awaited in "
            "most, {n} of {short}{alike}.",
            **_holding(found.awaited, found.short),
        )
    return t("No single organisation could carry one alone; none objects and none is awaited.")


def _holding(one: Lever, short: int) -> dict[str, object]:
    return {
        "organisation": safe.label(one.organisation),
        "n": one.n,
        "short": short,
        "alike": _alike(one),
    }


def _alike(one: Lever) -> str:
    """Return how many others do as much; the first by name alone would be an unfair pick."""
    if not one.alike:
        return ""
    return tn(", and {n} other as many", ", and {n} others as many", one.alike)


def _least(found: Briefing) -> Answer:
    told = (
        least_on_board_view.answer(Supports(found.least, 0), people.size)
        if found.least
        else t("No group can be compared yet.")
    )
    return Answer(
        t("Which group is least on board with what?"),
        told,
        *_board("groups", t("See every group")),
    )


def _news(found: Briefing, zone: str) -> Answer:
    day = moments.day(found.since, zone)
    told = _changes(found.news)
    return Answer(
        t("What changed since Monday?"),
        t("Since Monday {day}: {changes}.", day=day, changes=", ".join(told))
        if told
        else t("Nothing has changed since Monday {day}.", day=day),
        t("See all proposals, the latest changed first"),
        "proposals",
        {},
    )


def _changes(news: News) -> list[str]:
    counted = (
        (news.answers, tn("{n} answer came in", "{n} answers came in", news.answers)),
        (news.changed, tn("{n} answer changed", "{n} answers changed", news.changed)),
        (news.withdrawn, tn("{n} answer withdrawn", "{n} answers withdrawn", news.withdrawn)),
        (news.texts, tn("{n} new text", "{n} new texts", news.texts)),
        (
            news.raised,
            tn("{n} objection raised", "{n} objections raised", news.raised),
        ),
        (
            news.resolved,
            tn("{n} objection resolved", "{n} objections resolved", news.resolved),
        ),
        (news.opened, tn("{n} round opened", "{n} rounds opened", news.opened)),
        (news.closed, tn("{n} round closed", "{n} rounds closed", news.closed)),
    )
    return [said for n, said in counted if n]


def _listed(references: Sequence[str]) -> str:
    """Return the first references, and how many more there are."""
    told = [safe.label(one) for one in references[:NAMED]]
    more = len(references) - NAMED
    return ", ".join([*told, tn("{n} more", "{n} more", more)] if more > 0 else told)


def _board(view: str, label: str) -> tuple[str, str, Mapping[str, str | int]]:
    """Return a link to another view of the board, for the end of an ``Answer``."""
    return label, "board", {"view": view}
