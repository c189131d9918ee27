"""The door: who is here, at what hour, at whose table.

Every page starts with ``here = entry.require(Permission.…)``, or with
``here = entry.visit()`` where all may come. It is not decoration: the services
check again, and this stops a page from running at all for anybody else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.moments import Clock, ZoneUnknown, zone
from coalition.domain.ground.permissions import Actor, Permission, PermissionMissing, may
from coalition.domain.ground.profile import TableProfile
from coalition.services.people import sessions
from coalition.services.people.sessions import Ending
from coalition.ui import feedback, login
from coalition.wiring import Database
from coalition.words import t


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page that all may open needs to call a service.

    Args:
        now: The hour of this run, for reading; deeds take ``clock``.
        zone: The reader's time zone: their own choice, else their browser's, else the table's.
        session_id: Number of the session, or None for a stranger.
        enrolling: Who is signed in and must set up a second factor before anything else;
            ``actor`` is None then, on every page and for every service.
        ending: When the session ends if nothing more is done in it.
    """

    db: Database
    actor: Actor | None
    now: datetime
    clock: Clock
    table: TableProfile
    zone: str
    session_id: int | None
    enrolling: Actor | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Entry(Visit):
    """The same for a page that asks for a permission: somebody is here."""

    actor: Actor


_RUN: ContextVar[Visit | None] = ContextVar("run", default=None)


def session_token() -> str | None:
    """Return the secret in the browser's session cookie, or None.

    Cookies are those of the websocket's opening, so a new one counts after the
    page is loaded again.
    """
    return st.context.cookies.get(wiring.deployment().cookie)


@contextmanager
def run(*, seen: bool = True) -> Iterator[Visit]:
    """Find out once who is here, and answer every ``visit`` and ``require`` of this run by it.

    Args:
        seen: A person did something; see ``sessions.arrive``.
    """
    arrived = _arrive(seen=seen)
    mark = _RUN.set(arrived)
    try:
        yield arrived
    finally:
        _RUN.reset(mark)


def is_running() -> bool:
    """Say whether this run has found out already who is here."""
    return _RUN.get() is not None


def visit() -> Visit:
    """Return the entry of a page that everybody may open."""
    return _RUN.get() or _arrive()


def require(permission: Permission) -> Entry:
    """Return the page's entry, or stop the page with a plain word why not.

    Strangers are offered the sign-in form at the very address they asked for.
    """
    here = visit()
    actor = here.actor
    if actor is None and here.enrolling is not None:
        st.info(t("The table asks you for a second factor first. Please load the page again."))
        end()  # a part of a page alone; the script draws that step in place of whole ones
    if actor is None:
        st.title(t("Sign in"))
        st.info(t("Please sign in to see this page."))
        login.form(here.db, here.clock)
        end()
    if not may(actor, permission):
        st.title(t("Not part of your role"))
        feedback.tell(PermissionMissing())
        end()
    return Entry(here.db, actor, here.now, here.clock, here.table, here.zone, here.session_id)


def end() -> NoReturn:
    """End the page here; what stands around every page still follows.

    ``st.stop`` asks the whole run to stop, and with it the footer with the way out.
    """
    raise StopException


def _arrive(*, seen: bool = True) -> Visit:
    """Ask the database who is here; stop the run in words where it cannot say."""
    now = wiring.clock()
    try:
        db = wiring.database()
        found = sessions.arrive(db, secret=session_token(), now=now, seen=seen)
    except CoalitionError as refusal:
        st.title(t("The table cannot open now"))
        feedback.tell(refusal)
        st.stop()
    if found.table is None:
        st.title(t("This table is not laid yet"))
        st.info(
            t(
                "Whoever runs it can begin with `python -m coalition init`, "
                "or look around first with `python -m coalition demo`."
            )
        )
        st.stop()
    theirs = _zone(found.actor or found.enrolling, found.table)
    return Visit(
        db,
        found.actor,
        now,
        wiring.clock,
        found.table,
        theirs,
        found.session_id,
        found.enrolling,
        found.ending,
    )


def _zone(actor: Actor | None, table: TableProfile) -> str:
    """Return the reader's time zone; a browser may name one that nobody knows."""
    for name in (actor.zone if actor else "", st.context.timezone or ""):
        with suppress(ZoneUnknown):
            return zone(name).key
    return table.zone
