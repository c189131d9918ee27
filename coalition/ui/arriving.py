"""Who is here and in which language, for a whole run and for a part that runs again alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from coalition.ui import address, entry, screens, turns
from coalition.ui.entry import Visit
from coalition.words import speak


@contextmanager
def arrived(*, seen: bool = True) -> Iterator[tuple[Visit, str]]:
    """Wait for one's turn, find out who is here, speak their language, know what they may open.

    Args:
        seen: A person did something; see ``sessions.arrive``.

    Yields:
        The visit, and the code of the language spoken.
    """
    asked = address.language()
    speak(asked or (st.context.locale or "")[:2])
    with turns.taken(), entry.run(seen=seen) as here:
        person = here.actor or here.enrolling
        chosen = asked or (person.language if person else "")
        spoken = speak(chosen or (st.context.locale or "")[:2])
        screens.know(here.actor)
        yield here, spoken


@contextmanager
def again() -> Iterator[None]:
    """Do the same for a fragment: it runs alone later, without the script around it.

    Who is here is asked of the database each time, so that a session that ended meanwhile
    ends here too; and because it may run without anybody near, it does not count as being seen.
    Inside a whole run nothing is asked twice.
    """
    if entry.is_running():
        yield
        return
    with arrived(seen=False):
        yield
