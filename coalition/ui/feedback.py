"""How a refusal is told, once for all pages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import streamlit as st

from coalition.domain.ground.errors import CoalitionError, Conflict, NotPermitted, Unavailable
from coalition.ui import safe
from coalition.words import t
from coalition.words.refusals import refusal

_log = logging.getLogger(__name__)


@contextmanager
def told(**labels: str) -> Iterator[None]:
    """Turn a refusal inside the block into a message; let every other exception through.

    What follows a success (the word of thanks, ``forms.renew``) stands inside the
    block too, after the one service call.

    Args:
        labels: What the form calls each field, for refusals that name one:
            ``told(email=t("E-mail"))``.
    """
    try:
        yield
    except CoalitionError as error:
        tell(error, **labels)


def tell(error: CoalitionError, **labels: str) -> None:
    """Show the sentence of ``error``: a warning for what may pass, else an error."""
    field = error.facts.get("field")
    if isinstance(field, str):
        error.facts["field"] = labels.get(field, field)
    sentence = safe.md(refusal(error))
    if isinstance(error, NotPermitted | Conflict | Unavailable):
        st.warning(sentence)
    else:
        st.error(sentence)


def incident(error: Exception) -> bool:
    """Log what nobody foresaw under a reference, show only that, and say it was shown.

    Streamlit calls this for every exception a page lets through; the reader gets
    no traceback, path or statement.
    """
    if isinstance(error, CoalitionError):
        tell(error)
        return True
    reference = token_hex(4)
    _log.error("Incident %s", reference, exc_info=error)
    st.error(
        t(
            "Something went wrong on our side. Nothing more was changed. If you tell whoever runs "
            "the table, this reference helps: {reference}",
            reference=reference,
        )
    )
    return True
