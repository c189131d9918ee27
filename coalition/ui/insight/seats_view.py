"""How each seat is doing, to see who could do with a hand; in no order of merit."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import pandas as pd
import streamlit as st

from coalition.domain.insight.wishes import Wish
from coalition.services.insight import seats
from coalition.services.insight.seats import Seat, Seats
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.words import accords, people, t, tn


def draw(here: Entry, wish: Wish) -> None:
    """Draw the seats asked for, then how much each size of organisation comments."""
    found = shared.ask(seats.seats, here, wish)
    st.header(t("Which seats could do with a hand?"))
    st.markdown(answer(found))
    if found.lines:
        whole = partial(frame, found.lines)
        exhibit.listed(
            lambda these: frame(found.lines[these]), whole, len(found.lines), name="seats"
        )
        st.caption(_explanation(found.closed))
    exhibit.exhibit(
        t("Who comments, by size of organisation?"), voices(found), shares(found), name="comments"
    )


def answer(found: Seats) -> str:
    """Return how many seats lack somebody who can act, and for how many something waits."""
    if not found.lines:
        return t("No organisation with a vote is among those asked for.")
    lacking = sum(not one.primary for one in found.lines)
    alone = sum(not one.alternate for one in found.lines)
    waiting = sum(one.waiting > 0 for one in found.lines)
    told = [
        tn("{n} seat has no delegate", "{n} seats have no delegate", lacking),
        tn("{n} has no alternate", "{n} have no alternate", alone),
        tn("{n} has something to answer", "{n} have something to answer", waiting),
    ]
    seats_in_all = tn("Of {n} seat", "Of {n} seats", len(found.lines))
    return f"{seats_in_all}: {', '.join(told)}."


def _explanation(closed: int) -> str:
    return tn(
        "Missed in a row and days to answer look back over {n} round that closed last. Those for "
        "whom something waits that is not in clearance come first; each part is by name.",
        "Missed in a row and days to answer look back over the {n} rounds that closed last. Those "
        "for whom something waits that is not in clearance come first; each part is by name.",
        closed,
    )


def frame(lines: Sequence[Seat]) -> pd.DataFrame:
    """Return a row a seat: who can act for it, what waits, what it missed, how fast it answers."""
    headings = [
        t("Organisation"),
        t("Delegate"),
        t("Alternate"),
        t("Waiting"),
        t("In clearance"),
        t("Missed in a row"),
        t("Median days to answer"),
    ]
    return pd.DataFrame([_row(one) for one in lines], columns=headings)


def _row(one: Seat) -> list[str | int]:
    return [
        one.organisation,
        _held(held=one.primary),
        _held(held=one.alternate),
        tn("{n} waiting", "{n} waiting", one.waiting) if one.waiting else "–",
        one.reviewing or "–",
        one.missed or "–",
        "–" if one.days is None else f"{one.days:g}",
    ]


def _held(*, held: bool) -> str:
    return f"✓ {t('Held')}" if held else f"○ {t('Vacant')}"


def voices(found: Seats) -> str:
    """Return how many comments there are, and the share of small organisations beside it."""
    total = sum(one.comments for one in found.voices)
    if not total:
        return t("No organisation asked for has commented on a proposal with an open round yet.")
    told = tn(
        "{n} comment by the organisations asked for on proposals with an open round",
        "{n} comments by the organisations asked for on proposals with an open round",
        total,
    )
    each = " · ".join(f"{_size(one.size)}: {_share(one.comments, total)}" for one in found.voices)
    return f"{told}. {each}."


def shares(found: Seats) -> pd.DataFrame:
    """Return each size with its share of the seats and of the comments."""
    seats_in_all = sum(one.organisations for one in found.voices)
    total = sum(one.comments for one in found.voices)
    rows = [
        [
            _size(one.size),
            one.organisations,
            _share(one.organisations, seats_in_all),
            one.comments,
            _share(one.comments, total),
        ]
        for one in found.voices
    ]
    headings = [
        t("Size"),
        t("Organisations"),
        t("Share of seats"),
        t("Comments"),
        t("Share of comments"),
    ]
    return pd.DataFrame(rows, columns=headings)


def _share(part: int, whole: int) -> str:
    return accords.percent(Fraction(part, whole) if whole else None)


def _size(code: str | None) -> str:
    return people.size(code) if code else t("Not said")
