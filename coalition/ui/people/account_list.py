"""Accounts: the list, the invitation, and what can be done with one of them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coalition import wiring
from coalition.domain.ground import text
from coalition.domain.ground.permissions import Permission, Role, may
from coalition.domain.people.accounts import EMAIL, Account, invitable
from coalition.services.people import accounts, invitations, second_factors
from coalition.services.people.accounts import AccountLine
from coalition.services.people.invitations import Invited
from coalition.ui import address, feedback, forms, parts
from coalition.ui.downloads import csv_button
from coalition.ui.entry import Entry
from coalition.ui.people.doing import done
from coalition.words import codes, moments, t, tn

PAGE = 25  # accounts on one page of the list
ROLES = (Role.MEMBER, Role.OBSERVER, Role.CONVENER, Role.ADMINISTRATOR)


def draw(lines: Sequence[AccountLine], here: Entry) -> None:
    """Draw the accounts that a search finds, a page at a time, and all of them as a file."""
    words = text.key(st.text_input(t("Search"), max_chars=200, key="accounts-search"))
    found = [line for line in lines if words in text.key(_seen(line))] if words else lines
    st.caption(tn("{n} account", "{n} accounts", len(found)))
    shelf = st.container(key="wide-table-accounts")
    pages = -(-len(found) // PAGE)
    number = st.pagination(pages, key=f"accounts-of-{len(found)}") if pages > 1 else 1
    with shelf:
        if found:
            parts.table(frame(found[(number - 1) * PAGE : number * PAGE], here))
            csv_button(lambda: frame(found, here), "accounts", key="accounts-csv")
        else:
            parts.empty(t("No account found"), t("Nobody has this name, address or organisation."))


def invite(here: Entry) -> bool:
    """Draw the form that lets somebody in; show their link, once; return whether one was made."""
    made: list[Invited] = []
    said = st.container()
    with forms.form("invite"):
        name = st.text_input(t("Name (required)"), autocomplete="off", max_chars=text.LINE)
        email = st.text_input(t("E-mail (required)"), autocomplete="off", max_chars=EMAIL)
        mine = invitable(here.actor.role)
        role = st.selectbox(
            t("Role (required)"),
            [role for role in ROLES if role in mine],
            index=None,
            format_func=codes.role,
            placeholder=t("Choose one"),
        )
        sent = st.form_submit_button(t("Make an account and its link"), type="primary")
    if not sent:
        return False
    if role is None:
        said.error(t("Role: please choose one."))
        return False
    chosen = role

    def make(token: str) -> None:
        one = invitations.invite(
            here.db,
            here.clock,
            actor=here.actor,
            name=name,
            email=email,
            role=chosen,
            token=token,
            by_mail=wiring.mail()[0] is not None,
        )
        made.append(one)

    is_made = done("invite", make, said=said, name=t("Name"), email=t("E-mail"))
    for one in made:
        with said:
            link(one, here)
    return is_made


def link(made: Invited, here: Entry) -> None:
    """Show a one-use link, which can be read this once; or say that it goes by mail."""
    until = moments.when(made.expires_at, here.zone)
    if not made.secret:
        st.success(
            t("The link is on its way by mail. It works once, and until {when}.", when=until)
        )
        return
    st.success(
        t(
            "Hand this link on. It is shown this once, works once, and until {when}.",
            when=until,
        )
    )
    st.code(
        wiring.deployment().public_url + address.link("invitation", invitation=made.secret),
        language=None,
        wrap_lines=True,
    )


def work(lines: Sequence[AccountLine], here: Entry) -> bool:
    """Draw what can be done with one account, chosen by its number; return whether it was."""
    by_id = {line.account.id: line.account for line in lines}
    chosen = st.selectbox(
        t("Account"),
        list(by_id),
        index=None,
        format_func=lambda number: f"{by_id[number].name} ({by_id[number].email})",
        placeholder=t("Choose one"),
    )
    if chosen is None:
        return False
    this = by_id[chosen]
    said = st.container()
    stamp = _stamp(this)
    place, after = forms.place(f"open-{stamp}", f"role-given-{stamp}"), st.container()
    with place.box:
        changed = _deeds(this, here, said)
    if changed:
        place.clear()
        lines = accounts.list_accounts(here.db, actor=here.actor, now=here.now)
        with after:
            _deeds(next(one.account for one in lines if one.account.id == this.id), here, said)
    return changed


def _deeds(this: Account, here: Entry, said: DeltaGenerator) -> bool:
    """Draw the deeds open to this person; return whether role or state of the account changed.

    Both are part of the buttons' names, so that they can be drawn again after the deed.
    """
    stamp = _stamp(this)
    if this.active and st.button(t("New link"), key=f"link-{stamp}"):
        with said, feedback.told():
            made = invitations.renew_link(
                here.db,
                here.clock,
                actor=here.actor,
                account_id=this.id,
                by_mail=wiring.mail()[0] is not None,
            )
            link(made, here)
    if not may(here.actor, Permission.MANAGE_ACCOUNT):
        return False
    if st.button(t("Sign it out everywhere"), key=f"out-{stamp}"):
        with said, feedback.told():
            ended = accounts.end_sessions_of(
                here.db, here.clock, actor=here.actor, account_id=this.id
            )
            st.success(tn("{n} session has ended.", "{n} sessions have ended.", ended))
    if st.button(t("Reset its second factor"), key=f"factor-{stamp}"):
        with said, feedback.told():
            second_factors.reset_second_factor(
                here.db, here.clock, actor=here.actor, account_id=this.id
            )
            st.success(t("Its second factor is gone, and it is signed out everywhere."))
    return _opening(this, here, said, stamp) or _role(this, here, said, stamp)


def _opening(this: Account, here: Entry, said: DeltaGenerator, stamp: str) -> bool:
    label = t("Close this account") if this.active else t("Open this account again")
    if not st.button(label, key=f"open-{stamp}"):
        return False
    deed = accounts.deactivate if this.active else accounts.reactivate
    changed = []
    with said, feedback.told():
        deed(here.db, here.clock, actor=here.actor, account_id=this.id)
        changed.append(this.id)
        st.success(
            t("The account is closed; its sessions and links have ended.")
            if this.active
            else t("The account is open again.")
        )
    return bool(changed)


def _role(this: Account, here: Entry, said: DeltaGenerator, stamp: str) -> bool:
    with st.form(f"role-{stamp}"):
        role = st.selectbox(
            t("Another role (required)"),
            [role for role in ROLES if role is not this.role],
            index=None,
            format_func=codes.role,
            placeholder=t("Choose one"),
        )
        sent = st.form_submit_button(t("Give this role"), key=f"role-given-{stamp}")
    if not sent:
        return False
    if role is None:
        said.error(t("Role: please choose one."))
        return False
    changed = []
    with said, feedback.told():
        accounts.change_role(here.db, here.clock, actor=here.actor, account_id=this.id, role=role)
        changed.append(role)
        st.success(t("The role counts from that person's next click on."))
    return bool(changed)


def _stamp(this: Account) -> str:
    return f"{this.id}-{this.active}-{this.role}"


def frame(lines: Sequence[AccountLine], here: Entry) -> pd.DataFrame:
    """Return one row an account, in the order given."""
    headings = [
        t("Name"),
        t("E-mail"),
        t("Role"),
        t("Acts for"),
        t("State"),
        t("Last seen"),
    ]
    return pd.DataFrame([_row(line, here) for line in lines], columns=headings)


def _row(line: AccountLine, here: Entry) -> list[str]:
    this = line.account
    seen = moments.when(line.seen_at, here.zone) if line.seen_at else t("never")
    return [
        this.name,
        this.email,
        codes.role(this.role),
        line.organisation,
        _state(line, here),
        seen,
    ]


def _state(line: AccountLine, here: Entry) -> str:
    if not line.account.active:
        return t("closed")
    if line.invited_until:
        return t("link open until {when}", when=moments.when(line.invited_until, here.zone))
    return t("active") if line.account.has_password else t("no password yet, no open link")


def _seen(line: AccountLine) -> str:
    return f"{line.account.name} {line.account.email} {line.organisation}"
