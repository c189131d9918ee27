"""Every screen there is, in the order of the menu.

A screen nobody may see in the menu still has its address: what answers there is
the door (``entry.require``), never the page.
"""

from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from coalition.domain.ground.permissions import Actor, Permission, Role, may
from coalition.ui import address, entry, providers
from coalition.words import mark, t

PAGES = Path(__file__).resolve().parents[2] / "pages"
P = Permission


class Shown(StrEnum):
    """When a screen stands in the menu of those who may open it."""

    ALWAYS = "always"
    SIGNED_OUT = "signed_out"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its file, its key (also its address), its name, who may open it.

    Args:
        permission: None where everybody may.
        section: Heading in the menu; "" stands alone.
    """

    path: str
    key: str
    title: str
    icon: str
    permission: Permission | None
    section: str
    shown: Shown = Shown.ALWAYS

    def may_open(self, actor: Actor | None) -> bool:
        """Say whether ``actor`` may open it."""
        return self.permission is None or may(actor, self.permission)

    def in_menu(self, actor: Actor | None) -> bool:
        """Say whether it stands in the menu of ``actor``."""
        out = self.shown is Shown.SIGNED_OUT and actor is not None
        return self.shown is not Shown.NEVER and not out and self.may_open(actor)


PROPOSALS = mark("Proposals")
COALITION = mark("Coalition")
HELP = mark("Help")
ADMIN = mark("Admin")
OUT, NEVER = Shown.SIGNED_OUT, Shown.NEVER
_TABLE, _TALKS, _PEOPLE, _INSIGHT = "table/", "deliberation/", "people/", "insight/"
_EFFECT, _NOTICES = "effect/", "notices/"

SCREENS = (
    Screen(_TABLE + "today.py", "today", mark("Today"), "today", P.READ_TABLE, ""),
    Screen(_TABLE + "desk.py", "desk", mark("Desk"), "inbox", P.READ_BOARD, ""),
    Screen(_TABLE + "welcome.py", "welcome", mark("Welcome"), "waving_hand", None, "", OUT),
    Screen(
        _TALKS + "proposals.py", "proposals", mark("Proposals"), "list_alt", P.READ_TABLE, PROPOSALS
    ),
    Screen(
        _TALKS + "draft.py",
        "draft",
        mark("New proposal"),
        "edit_document",
        P.DRAFT_PROPOSAL,
        PROPOSALS,
    ),
    Screen(
        _INSIGHT + "board.py",
        "board",
        mark("Consensus board"),
        "view_list",
        P.READ_BOARD,
        PROPOSALS,
    ),
    Screen(
        _INSIGHT + "reports.py", "reports", mark("Reports"), "summarize", P.READ_BOARD, PROPOSALS
    ),
    Screen(
        _TALKS + "round.py", "round", mark("Run a round"), "how_to_vote", P.RUN_ROUND, PROPOSALS
    ),
    Screen(
        _TALKS + "proposal.py",
        "proposal",
        mark("Proposal"),
        "description",
        P.READ_TABLE,
        PROPOSALS,
        NEVER,
    ),
    Screen(
        _TALKS + "stance.py",
        "stance",
        mark("Record our stance"),
        "how_to_vote",
        P.CAST_BALLOT,
        PROPOSALS,
        NEVER,
    ),
    Screen(
        _TALKS + "positions.py", "positions", mark("Adopted positions"), "verified", None, COALITION
    ),
    Screen(_EFFECT + "lessons.py", "lessons", mark("Lessons"), "lightbulb", None, COALITION),
    Screen(_NOTICES + "calendar.py", "calendar", mark("Calendar"), "event", None, COALITION),
    Screen(_PEOPLE + "members.py", "members", mark("Members"), "groups", None, COALITION),
    Screen(
        _PEOPLE + "organisation.py",
        "organisation",
        mark("Our organisation"),
        "apartment",
        P.CAST_BALLOT,  # who holds no vote is given no seat
        COALITION,
    ),
    Screen(
        _PEOPLE + "inquiries.py", "inquiries", mark("Inquiries"), "mail", P.WORK_INQUIRY, COALITION
    ),
    Screen(
        _PEOPLE + "intake.py",
        "intake",
        mark("Checklist and replies"),
        "checklist",
        P.WORK_INQUIRY,
        COALITION,
        NEVER,
    ),
    Screen(_TALKS + "how.py", "how", mark("How we decide"), "balance", None, HELP),
    Screen(
        _TALKS + "practice.py", "practice", mark("Practice vote"), "school", P.CAST_BALLOT, HELP
    ),
    Screen(_PEOPLE + "join.py", "join", mark("Ask to join"), "person_add", None, HELP, OUT),
    Screen(_PEOPLE + "inquiry.py", "inquiry", mark("My inquiry"), "search", None, HELP, OUT),
    Screen(
        _TABLE + "privacy.py", "privacy", mark("Privacy and accessibility"), "shield", None, HELP
    ),
    Screen(_NOTICES + "notices.py", "notices", mark("Notices"), "mail", P.OWN_ACCOUNT, HELP),
    Screen(_PEOPLE + "account.py", "account", mark("My account"), "person", P.OWN_ACCOUNT, HELP),
    Screen(
        _PEOPLE + "accounts.py",
        "accounts",
        mark("Accounts and seats"),
        "manage_accounts",
        P.INVITE_ACCOUNT,
        ADMIN,
    ),
    Screen(_TALKS + "rules.py", "rules", mark("Rules"), "gavel", P.MANAGE_RULE, ADMIN),
    Screen(_TABLE + "audit.py", "audit", mark("Audit log"), "history", P.READ_AUDIT, ADMIN),
    Screen(_PEOPLE + "sign_in.py", "sign_in", mark("Sign in"), "login", None, "", OUT),
    Screen(_PEOPLE + "forgot.py", "forgot", mark("Forgotten password"), "key", None, "", NEVER),
    Screen(
        _PEOPLE + "invitation.py", "invitation", mark("Your invitation"), "mail", None, "", NEVER
    ),
)

BY_KEY = {screen.key: screen for screen in SCREENS}


@dataclass(frozen=True, slots=True)
class _Known:
    """Whose pages these are, and those of this run so far."""

    actor: Actor | None
    made: dict[str, st.Page]


_HERE: ContextVar[_Known | None] = ContextVar("here", default=None)


def home(actor: Actor | None) -> str:
    """Return the key of the screen where ``actor`` arrives."""
    if actor is None:
        return "welcome"
    return {Role.CONVENER: "desk", Role.ADMINISTRATOR: "accounts"}.get(actor.role, "today")


def menu(actor: Actor | None) -> dict[str, list[st.Page]]:
    """Return the menu of ``actor``, every other screen's address answered by the door.

    The bare address leads on to the screen where the person arrives.
    """
    know(actor)
    start = home(actor)
    sections: dict[str, list[st.Page]] = {
        "": [
            st.Page(
                partial(_arrive, start),
                title=t(BY_KEY[start].title),
                url_path="home",
                default=True,
                visibility="hidden",
            )
        ]
    }
    for screen in SCREENS:
        sections.setdefault(t(screen.section), []).append(page(screen.key))
    return sections


def know(actor: Actor | None) -> None:
    """Let every ``page`` of this run be one for ``actor``; each is made when it is asked for."""
    _HERE.set(_Known(actor, {}))


def page(key: str) -> st.Page:
    """Return the screen ``key`` for ``st.page_link`` and ``st.switch_page``.

    Raises:
        KeyError: no screen has this key.
    """
    here = _HERE.get()
    made = here.made if here else {}
    if key not in made:
        screen, actor = BY_KEY[key], here.actor if here else None
        file = PAGES / screen.path if screen.may_open(actor) else None
        kind = (key, file, screen.in_menu(actor), t(screen.title))
        made[key] = copy(_page(*kind) if get_script_run_ctx() else _page.__wrapped__(*kind))
    return made[key]


def lead(key: str, title: str, **query: str | int) -> None:
    """Draw a title that leads to a screen, as every card and every line of a queue begins.

    Args:
        title: Markdown; a person's words in it are escaped.
        query: What the screen is opened with.
    """
    st.page_link(
        page(key),
        label=f"**{title}**",
        icon=":material/chevron_right:",
        icon_position="right",
        query_params=address.query(**query),
    )


@cache  # each looks at the disk, and there are thirty in a menu; a run marks its own copy
def _page(key: str, file: Path | None, shown: bool, title: str) -> st.Page:  # noqa: FBT001 (a key)
    """Return the page's file for those who may open it, for others the door in its place."""
    screen = BY_KEY[key]
    return st.Page(
        file or partial(_door, screen),
        title=title,
        icon=f":material/{screen.icon}:",
        url_path=key,
        visibility="visible" if shown else "hidden",
    )


def _door(screen: Screen) -> None:
    """Answer in place of a page that is not for this person: its guard, and nothing else."""
    if screen.permission is not None:
        entry.require(screen.permission)


def _arrive(start: str) -> None:
    to = "sign_in" if providers.is_back() else start
    st.switch_page(page(to), query_params=address.here())
