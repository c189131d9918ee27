"""Answers kept for all who look at the same moment with the same sight.

An answer is named by everything that decides it: the database, the last audit entry (every
deed writes one, in its own transaction), the time in steps of ``REFRESH``, what the person may
see, the view and what is asked of it. So a write is seen at once, a deadline at most
``REFRESH`` later, and nobody gets an answer of somebody who may see more.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import streamlit as st

from coalition.domain.insight.wishes import Wish
from coalition.services.ground import stamps
from coalition.ui.entry import Entry

T = TypeVar("T")
REFRESH = 30  # seconds
KEPT = 64  # answers of all views and wishes; those of an earlier state are asked for no more


def stamp(here: Entry) -> str:
    """Return the state of the data that every answer of one draw is kept under.

    A draw whose second question is asked with the answer to its first takes it once: else a
    deed in between would keep an old answer under its own new name.
    """
    return stamps.head(here.db)


def ask(
    question: Callable[..., T],
    here: Entry,
    wish: Wish,
    head: str = "",
    **given: object,
) -> T:
    """Return the answer to ``question`` for this person, computed once for all who are alike.

    Args:
        question: A service that takes ``db``, ``actor``, ``now`` and ``wish``. What it returns
            is shared, so nobody may change it.
        head: The draw's ``stamp``, where it asks more than once.
        given: What was asked already under this stamp, and the question takes as well.
    """
    actor = here.actor
    sees = (actor.role, actor.seat.organisation_id if actor.seat else None)
    head = head or stamp(here)
    step = int(here.now.timestamp()) // REFRESH
    name = f"{question.__module__}.{question.__qualname__}"
    key = repr((str(here.db.url), head, step, sees, name, wish))
    asked = partial(question, here.db, actor=actor, now=here.now, wish=wish, **given)
    answer: T = _answered(key, asked)
    return answer


@st.cache_resource(max_entries=KEPT, ttl=4 * REFRESH, show_spinner=False)
def _answered(
    named: str,  # noqa: ARG001 (the key; the question is not looked at)
    _asked: Callable[[], Any],
) -> Any:  # noqa: ANN401 (each question has a type of its own)
    return _asked()
