"""What stands against the proposals, for how long, and what became of the rest."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from textwrap import shorten

import pandas as pd
import streamlit as st

from coalition.domain.deliberation.objections import State
from coalition.domain.insight.ageing import Sum, ended
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import objection_ledger
from coalition.services.insight.objection_ledger import Ledger, Line
from coalition.ui import parts
from coalition.ui.charts import spans
from coalition.ui.charts.spans import Span
from coalition.ui.deliberation.objection_views import GLYPHS
from coalition.ui.downloads import all_buttons
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.words import moments, t, tn
from coalition.words import objections as words

SHOWN = 25  # objections on one picture; the files hold them all
LONGEST = 160  # letters of a reason in the table; all of it stands on the proposal's page
DAY = timedelta(days=1)


def draw(here: Entry, wish: Wish) -> None:
    """Draw the objections to the proposals of the rounds asked for, a page at a time."""
    found = shared.ask(objection_ledger.objection_ledger, here, wish)
    question = t("What stands against the proposals, and for how long?")
    if not found.lines:
        st.header(question)
        st.markdown(_nothing(found))
    else:
        shelf = st.container()
        pages = -(-len(found.lines) // SHOWN)
        number = st.pagination(pages, key=f"ledger-{pages}") if pages > 1 else 1
        shown = found.lines[(number - 1) * SHOWN : number * SHOWN]
        with shelf:
            _picture(question, found, shown, here)
        if pages > 1:
            _files(found, here)
    if found.hidden and found.lines:
        st.caption(t("Objections behind ballots of rounds with hidden results are left out."))


def sentence(found: Ledger) -> str:
    """Return what waits, what is resolved, and how many of the objectors now support."""
    total = found.sum
    told = [
        tn("**{n} objection waits.**", "**{n} objections wait.**", total.unresolved)
        if total.unresolved
        else t("**No objection waits.**")
    ]
    if total.unowned:
        told.append(tn("{n} of them has no owner.", "{n} of them have no owner.", total.unowned))
    first = found.lines[0]
    if total.unresolved:
        told.append(
            tn("The oldest has waited {n} day.", "The oldest has waited {n} days.", first.days)
        )
    told.append(_share(total))
    if total.parties:
        told.append(
            tn(
                "Of {n} objector with nothing left to resolve, {support} now supports.",
                "Of {n} objectors (counted once a proposal) with nothing left to resolve, "
                "{support} now support.",
                total.parties,
                support=total.supporting,
            )
        )
    return " ".join(told)


def _share(total: Sum) -> str:
    return t(
        "{resolved} of {all} are resolved ({share} %).",
        resolved=total.resolved,
        all=total.all,
        share=round(100 * total.resolved / total.all),
    )


def _nothing(found: Ledger) -> str:
    if not found.rounds:
        return t("No round is here, so nobody could object.")
    if found.hidden:
        return t("No objection can be seen: rounds with hidden results keep theirs to themselves.")
    return t("Nobody has objected.")


def _picture(question: str, found: Ledger, shown: Sequence[Line], here: Entry) -> None:
    drawn = [_span(line, here.now) for line in shown]
    exhibit.exhibit(
        question,
        sentence(found),
        frame(shown, here.table.zone),
        name="objections",
        chart=spans.timeline(drawn, axis=t("Days ago"), dark=parts.is_dark()),
        alt=_alt(shown),
        legend=partial(_legend, {line.objection.state for line in shown}),
    )


def _span(line: Line, now: datetime) -> Span:
    this = line.objection
    return Span(
        text=f"{line.proposal.reference} · {this.organisation}",
        full=f"{line.proposal.reference} · {this.organisation} · {words.severity(this.severity)}",
        start=(now - this.raised_at) / DAY,
        end=(now - ended(this, now)) / DAY,
        state=this.state,
        word=words.state(this.state),
    )


def _alt(shown: Sequence[Line]) -> str:
    told = [
        t(
            "{reference}, {organisation}: {state}, {days}.",
            reference=line.proposal.reference,
            organisation=line.objection.organisation,
            state=words.state(line.objection.state),
            days=tn("{n} day", "{n} days", line.days),
        )
        for line in shown
    ]
    return " ".join(told)


def _legend(states: set[State]) -> None:
    told = [f"{GLYPHS[one]} {words.state(one)}" for one in State if one in states]
    st.caption(t("Each line runs from the day it was raised. {signs}", signs=" · ".join(told)))


def frame(lines: Sequence[Line], zone: str) -> pd.DataFrame:
    """Return one row an objection: what it is, how it stands, who answers, what was done."""
    headings = [
        t("Proposal"),
        t("Organisation"),
        t("Severity"),
        t("State"),
        t("Owner"),
        t("Raised"),
        t("Days open"),
        t("Reason"),
        t("What was done"),
    ]
    rows = [
        (
            line.proposal.reference,
            line.objection.organisation,
            words.severity(line.objection.severity),
            f"{GLYPHS[line.objection.state]} {words.state(line.objection.state)}",
            line.objection.owner or t("Nobody yet"),
            moments.day(line.objection.raised_at, zone),
            line.days,
            shorten(line.objection.words.reason, LONGEST, placeholder="…"),
            _done(line, zone),
        )
        for line in lines
    ]
    return pd.DataFrame(rows, columns=headings)


def _done(line: Line, zone: str) -> str:
    """Return every state it came to since it was raised, with its day."""
    told = [
        t("{state} by version {n}", state=words.state(step.state), n=step.version)
        + f" ({moments.day(step.at, zone)})"
        if step.version
        else f"{words.state(step.state)} ({moments.day(step.at, zone)})"
        for step in line.steps
    ]
    return " → ".join(told) or t("Nothing yet")


def _files(found: Ledger, here: Entry) -> None:
    st.caption(t("The files below hold every objection, not only this page."))
    all_buttons(partial(frame, found.lines, here.table.zone), "objections-all")
