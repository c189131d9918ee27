"""Privacy and accessibility in plain words: what is kept, for how long, and what does not work."""

import pandas as pd
import streamlit as st

from coalition.domain.people.inquiries import ANSWER_DAYS
from coalition.domain.table.retention import TERMS, Kept, Term
from coalition.ui import address, parts, screens
from coalition.words import mark, t, tn

WHAT = {
    Kept.SESSIONS: mark("Your sign-in on a browser: when, and what kind of browser"),
    Kept.SIGN_INS: mark("Who came in to your account or tried to: when, and what kind of browser"),
    Kept.INVITATIONS: mark("One-use links that begin an account"),
    Kept.ATTEMPTS: mark("Failed sign-ins and too many requests, without a name"),
    Kept.TOKENS: mark("That a form was sent, so that a double click counts once"),
    Kept.NOTICES: mark("What you were told of, as numbers and dates"),
    Kept.MAILS: mark("That a mail went to you, and what the mail server said; never its words"),
    Kept.INQUIRIES_CLOSED: mark("An inquiry that was closed: name, e-mail, message"),
    Kept.INQUIRIES_OPEN: mark("An inquiry that nobody closed"),
}
WHY = {
    Kept.SESSIONS: mark("So that you stay signed in and can end it from elsewhere"),
    Kept.SIGN_INS: mark("So that you notice if somebody else tries"),
    Kept.INVITATIONS: mark("So that a link works once"),
    Kept.ATTEMPTS: mark("To slow down people who guess passwords"),
    Kept.TOKENS: mark("So that nothing is recorded twice"),
    Kept.NOTICES: mark("So that you can read it again, and hear of nothing twice"),
    Kept.MAILS: mark("So that a mail that did not arrive is noticed"),
    Kept.INQUIRIES_CLOSED: mark("So that we can answer, and see what was said"),
    Kept.INQUIRIES_OPEN: mark("So that we can still answer"),
}
SINCE = {
    "ended": mark("after it ended"),
    "expired": mark("after it expired"),
    "tried": mark("after the last try"),
    "done": mark("after it was sent"),
    "told": mark("after it was told"),
    "closed": mark("after it was closed"),
    "received": mark("after it came in"),
}
MEMORY = (
    mark(
        "Organisations, proposals, texts, rounds, verdicts, meetings and public lessons: they are "
        "the coalition's memory."
    ),
    mark(
        "Each answer: organisation, stance, time, and who gave it. Its words can be erased; a "
        "fingerprint of them stays, from which nobody can read them."
    ),
    mark("That you practised a vote, and when; nothing of what you chose or wrote in it."),
    mark("The audit trail: who did what and when, as numbers and fingerprints, never as words."),
)
LIMITS = (
    mark("Some large tables cannot be walked by keyboard. Each has a plain table or a file."),
    mark("Charts cannot be explored by keyboard. Each has a sentence and a table beside it."),
    mark("A few words of the program around our pages stay English in every language."),
    mark("Without scripts in the browser the pages do not open."),
    mark("The calendar button of a date field is smaller than we would like."),
)


def kept() -> None:
    """Draw what is kept for a time, why, and how long; then what stays."""
    rows = [(t(WHAT[one.kept]), t(WHY[one.kept]), _term(one)) for one in TERMS.values()]
    headings = [t("What"), t("Why"), t("How long")]
    parts.table(pd.DataFrame(rows, columns=headings))
    st.markdown(t("These stay as long as the table does:"))
    st.markdown("\n".join(f"- {t(one)}" for one in MEMORY))
    st.markdown(
        t(
            "We set one cookie, for signing in. We count no visitors, and no page asks another "
            "company's server for anything."
        )
    )


def erasing() -> None:
    """Say how somebody has their words erased."""
    st.markdown(
        t(
            "Ask a convener or an administrator. Whoever runs the table can erase your name, your "
            "address and all that you wrote, at any time. What your organisation decided or told "
            "the public stays, without you in it."
        )
    )


def limits() -> None:
    """Name what is known not to work well."""
    st.markdown(
        t(
            "We aim at the guideline WCAG 2.2, level AA, and a program tests every page for it. "
            "Programs find only part of the gaps. We know of these:"
        )
    )
    st.markdown("\n".join(f"- {t(one)}" for one in LIMITS))


def contact() -> None:
    """Say where to turn."""
    st.markdown(
        tn(
            "Write to us with the form Ask to join; you get an answer within {n} working day. "
            "Choose the topic that fits best, and say what you could not do.",
            "Write to us with the form Ask to join; you get an answer within {n} working days. "
            "Choose the topic that fits best, and say what you could not do.",
            ANSWER_DAYS,
        )
    )
    st.page_link(screens.page("join"), query_params=address.query())


def _term(one: Term) -> str:
    days = tn("{n} day", "{n} days", one.days)
    said = t("{days} {since}", days=days, since=t(SINCE[one.since]))
    if one.words == "erased":
        return t("{term}; then name, address and words are erased", term=said)
    return said
