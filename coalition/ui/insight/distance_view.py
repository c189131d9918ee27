"""How far each round is from adoption: one card a round, with whom to call and what to say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

import streamlit as st

from coalition import wiring
from coalition.domain.deliberation.rounds import RoundId
from coalition.domain.insight.wishes import Wish
from coalition.services.deliberation.standings import Standing
from coalition.services.insight import calling, distance, finding
from coalition.services.insight.calling import Calls
from coalition.services.insight.distance import CARDS, Distances, Figures, Line
from coalition.services.insight.finding import Found
from coalition.ui import address, parts, safe, screens
from coalition.ui.charts.bar import Scale, scale_for
from coalition.ui.deliberation import distances, phrases, proposal_views, review_phrases
from coalition.ui.effect import decision_views
from coalition.ui.entry import Entry
from coalition.ui.insight import blank, briefing_view, distance_table, exhibit, shared
from coalition.words import codes, moments, t, tn

Whom = Callable[[], Mapping[RoundId, Calls]]


def draw(here: Entry, wish: Wish) -> None:
    """Draw the rounds asked for, a page at a time, and who has not answered yet."""
    above = st.container()
    looked, head = replace(wish, page=1), shared.stamp(here)
    these = shared.ask(finding.look, here, looked, head)
    found = shared.ask(distance.distances, here, looked, head, these=these)
    _count(found.total, here, closed=wish.closed)
    if not wish.closed:
        with above:
            if found.total:
                figures(found.figures)
            briefing_view.draw(here, wish, these, head)
    if not found.total:
        blank.empty(wish)
        return
    shelf = st.container()
    pages = -(-found.total // CARDS)
    key = f"page-{wish.closed}-{wish.order}-{'-'.join(sorted(wish.pillars))}"
    number = st.pagination(pages, key=key) if pages > 1 else 1
    if number > 1:
        found = shared.ask(distance.distances, here, replace(wish, page=number), head, these=these)
    with shelf:
        st.header(
            t("How was each proposal decided?")
            if wish.closed
            else t("How far is each proposal from adoption?")
        )
        st.markdown(answer(found.figures, closed=wish.closed))
        cards(found, here, notes=_notes(found, here, closed=wish.closed))
        _table(these, here, looked)


def answer(found: Figures, *, closed: bool) -> str:
    """Return how the rounds whose stances may be seen would end, or ended, in one sentence."""
    word = codes.outcome if closed else codes.prospect
    told = ", ".join(f"{word(one)}: **{n}**" for one, n in found.outcomes.items())
    if not told:
        return t("No proposal that shows its stances is being decided here.")
    return t("As decided: {told}.", told=told) if closed else t("As they stand: {told}.", told=told)


def _notes(found: Distances, here: Entry, *, closed: bool) -> Mapping[RoundId, str]:
    if not closed:  # nothing follows before the close
        return {}
    return decision_views.notes([one.standing for one in found.lines], here)


def _table(these: Found, here: Entry, wish: Wish) -> None:
    """Offer the cards of all pages as a table and as files, once somebody opens it."""
    with parts.fold(t("Show as a table"), key="board") as is_open:
        if is_open:
            found = distance.distances(
                here.db, actor=here.actor, now=here.now, wish=wish, these=these, whole=True
            )
            frame = distance_table.frame(found.lines, _notes(found, here, closed=wish.closed), here)
            exhibit.numbers(frame, name="board")


def _count(total: int, here: Entry, *, closed: bool) -> None:
    told = (
        tn("{n} round closed last", "{n} rounds closed last", total)
        if closed
        else tn("{n} round is open", "{n} rounds are open", total)
    )
    zone = moments.zone_name(here.table.zone)
    st.caption(t("{rounds} · times in {zone}", rounds=told, zone=zone))


def figures(found: Figures) -> None:
    """Draw what stands above a board of open rounds."""
    parts.figures(
        {
            t("Close this week"): found.closing,
            t("Would be adopted now"): found.adopted,
            t("Objections open"): found.objections,
            t("Answers still missing"): found.unheard,
        }
    )


def cards(found: Distances, here: Entry, *, notes: Mapping[RoundId, str]) -> None:
    """Draw one card a round, all bars on one scale.

    Args:
        notes: What has been said of a decided round since, in one line each.
    """
    tallies = [distances.counts(one.standing) for one in found.lines]
    shown = [tally for tally in tallies if tally]
    scale = scale_for(shown, max((one.standing.round.roll_size for one in found.lines), default=1))
    if shown:
        seen = set[str]().union(*(parts.counts_shown(tally) for tally in shown))
        parts.legend(seen, line=any(_needed(one.standing) is not None for one in found.lines))
    ids = [one.standing.round.id for one in found.lines]
    # Asked once for all, by the first card that somebody opens.
    whom = cache(partial(calling.calls, here.db, actor=here.actor, now=here.now, rounds=ids))
    for line, tally in zip(found.lines, tallies, strict=True):
        card(line, tally, scale, here, whom, note=notes.get(line.standing.round.id, ""))


def card(
    line: Line, tally: Mapping[str, int], scale: Scale, here: Entry, whom: Whom, *, note: str
) -> None:
    """Draw one round: what it is, its bar, how far it is from adoption, whom to call."""
    standing = line.standing
    with st.container(border=True, gap="xsmall", key=f"titled-{standing.round.id}"):
        words, picture = st.columns([5, 6], vertical_alignment="center")
        with words:
            _head(line, here, note)
        if tally:
            with picture:
                needed = _needed(standing)
                key = f"bar-{standing.round.id}"
                parts.bar_alone(tally, scale=scale, needed=needed, key=key)
        why = distances.reason(standing)
        if why:
            st.caption(why)
        _calls(line, here, whom)


def _head(line: Line, here: Entry, note: str) -> None:
    this, proposal = line.standing.round, line.proposal
    screens.lead("proposal", safe.label(proposal.text.title), id=proposal.id)
    told = (
        safe.label(proposal.reference),
        codes.pillar(proposal.text.pillar),
        phrases.short_deadline(this, here.now, here.table.zone),
        tn("{n} to call", "{n} to call", line.calls) if _may_call(line, here) else "",
    )
    badge = (
        f"{proposal_views.verdict_badge(line.standing)} :small[{' · '.join(filter(None, told))}]"
    )
    st.markdown("\n\n".join(filter(None, (badge, distances.distance(line.standing), note))))


def _may_call(line: Line, here: Entry) -> bool:
    return line.calls > 0 and line.standing.round.is_open(here.now)


def _calls(line: Line, here: Entry, whom: Whom) -> None:
    """Offer the names of those to speak with, and words to send those not heard from."""
    if not line.standing.round.is_open(here.now):
        return
    for name, one in line.reviewing.items():
        told = f"**{safe.label(name)}** · {review_phrases.ours(one, here)}"
        st.markdown(f":small[{told}]")
    if not _may_call(line, here):
        return
    # Without the number: under another label it would fold while somebody reads.
    with parts.fold(t("Whom to call"), key=f"calls-{line.standing.round.id}") as is_open:
        if is_open:
            _named(line, here, whom()[line.standing.round.id])


def _named(line: Line, here: Entry, found: Calls) -> None:
    if found.objecting:
        st.markdown(
            t("**What would remove the objection?** {names}", names=_names(found.objecting))
        )
    if found.unheard:
        st.markdown(t("**Not heard from:** {names}", names=_names(found.unheard)))
        st.caption(t("Words to send them:"))
        st.code(reminder(line, here), language=None, wrap_lines=True)


def _names(organisations: Sequence[str]) -> str:
    return safe.label(" · ".join(organisations))


def reminder(line: Line, here: Entry) -> str:
    """Return a message a convener can send to those not heard from."""
    this = line.standing.round
    return t(
        "{reference}: {title}\nWe have not heard from your organisation yet. The round closes "
        "{when}. Recording your stance takes a few minutes: {link}",
        reference=line.proposal.reference,
        title=line.proposal.text.title,
        when=moments.when(this.closes_at, here.table.zone),
        link=wiring.deployment().public_url + address.link("stance", id=this.id),
    )


def _needed(standing: Standing) -> int | None:
    return distances.needed(standing.verdict) if standing.verdict else None
