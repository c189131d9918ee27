"""A mail as it is sent: plain text and HTML, in the reader's language, with a way out.

What it says is looked up when it is sent. It names a proposal, a round or an inquiry and never
what anybody said there: no stance, no reason, no comment, no convener's note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from urllib.parse import urlencode

from coalition.domain.ground.permissions import AccountId
from coalition.domain.ground.profile import TableProfile
from coalition.domain.ground.telling import NoticeKind, Transactional
from coalition.domain.notices.mails import Mail
from coalition.domain.notices.paces import AT_MOST, Pace
from coalition.services.notices import unsubscribing
from coalition.store.notices.facts import Facts
from coalition.store.notices.mails import Recipient
from coalition.store.notices.notices import Notice
from coalition.words import language, moments, notices, t, tn

_LINE_BREAKS = re.compile(r"[\r\n\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class From:
    """Whose mail it is.

    Args:
        url: Where people reach the table, without a path.
        address: ``Name <address>`` of the sender.
        key: Of the table; it seals the links to hear no more.
    """

    url: str
    address: str
    key: bytes

    def link(self, page: str, **query: str | int) -> str:
        """Return the address of a page."""
        return f"{self.url}/{page}" + (f"?{urlencode(query)}" if query else "")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a mail tells: a line, what to know, and where it opens."""

    line: str
    more: str
    link: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail says, before it is put into any form.

    Args:
        foot: Why the person gets it, and how to hear no more.
        stop: The link for that; "" for a mail that was asked for.
    """

    subject: str
    opening: str
    items: tuple[Item, ...]
    closing: str
    foot: str
    stop: str = ""


def item(one: Notice, facts: Facts, where: TableProfile, to: Recipient, sender: From) -> Item:
    """Return a notice as one thing of a mail."""
    more = facts.title
    if facts.at is not None and one.kind in _CLOSES:
        hour = moments.when_both(facts.at, where.zone, to.zone)
        more = "\n".join(part for part in (more, t("Closes {when}.", when=hour)) if part)
    if facts.at is not None and one.kind in _PROMISED:
        hour = moments.when_both(facts.at, where.zone, to.zone)
        more = t("An answer is promised by {when}.", when=hour)
    page, query = place(one, facts)
    return Item(notices.line(one.kind, facts.reference), more, sender.link(page, **query))


_CLOSES = {NoticeKind.ROUND_OPENED, NoticeKind.CLOSING}
_PROMISED = {NoticeKind.INQUIRY, NoticeKind.DUE}


def place(one: Notice, facts: Facts) -> tuple[str, dict[str, str]]:
    """Return the page a notice opens, and its query."""
    if one.kind in _CLOSES:
        return "stance", {"id": str(one.number)}
    if one.kind in _PROMISED:
        return "inquiries", {"id": str(one.number)}
    views = {
        NoticeKind.OBJECTION: "objections",
        NoticeKind.ANSWER: "objections",
        NoticeKind.MENTION: "discussion",
    }
    query = {"id": str(facts.proposal_id)}
    if one.kind in views:
        query["view"] = views[one.kind]
    if facts.thread_id:
        query["thread"] = str(facts.thread_id)
    return "proposal", query


def notices_mail(
    this: Mail,
    items: Sequence[Item],
    kinds: Sequence[NoticeKind],
    to: Recipient,
    account_id: AccountId,
    sender: From,
) -> Told:
    """Return the words of one notice, or of a digest of at most five."""
    one_kind = kinds[0] if this.purpose == Pace.NOW else None
    stopped = unsubscribing.token(sender.key, account_id, one_kind or unsubscribing.ALL)
    shown = tuple(items[:AT_MOST])
    rest = len(items) - len(shown)
    closing = tn("{n} more waits at the table.", "{n} more wait at the table.", rest)
    subject = shown[0].line
    if this.purpose != Pace.NOW:
        subject = tn("{n} thing from the table", "{n} things from the table", len(items))
    return Told(
        subject=subject,
        opening=t("Hello {name},", name=to.name),
        items=shown,
        closing=closing if rest else "",
        foot=t("You choose what reaches you, and how soon, at {link}", link=sender.link("notices")),
        stop=sender.link(f"unsubscribe/{stopped}"),
    )


def transactional(kind: Transactional, to: Recipient, link: str, until: str) -> Told:
    """Return the words of a mail that somebody asked for."""
    subject, opening, line, more = _TRANSACTIONAL[kind]()
    return Told(
        subject=subject,
        opening=f"{t('Hello {name},', name=to.name)}\n\n{opening}",
        items=(Item(line, t(more, when=until) if more else "", link),),
        closing="",
        foot=t("If you did not expect this, you need do nothing."),
    )


def _reset() -> tuple[str, str, str, str]:
    return (
        t("A new password for the table"),
        t("Somebody, probably you, asked for a new password. Your password is as it was."),
        t("Choose a new password"),
        t("The link opens once, until {when}."),
    )


def _invitation() -> tuple[str, str, str, str]:
    return (
        t("Your invitation to the table"),
        t("You are invited to the table. Nobody but you will know the password you choose."),
        t("Choose a password and come in"),
        t("The link opens once, until {when}."),
    )


def _receipt() -> tuple[str, str, str, str]:
    return (
        t("We have your inquiry"),
        t(
            "Thank you for writing. We are a coalition on health policy and cannot give medical "
            "advice. In an emergency call 911; in distress call or text 988."
        ),
        t("Follow your inquiry with the code you were shown"),
        "",
    )


def _answer() -> tuple[str, str, str, str]:
    return (
        t("Your inquiry was answered"),
        t("The table has answered you."),
        t("Read the answer with the code you were shown"),
        "",
    )


_TRANSACTIONAL = {
    Transactional.RESET: _reset,
    Transactional.INVITATION: _invitation,
    Transactional.INQUIRY_RECEIPT: _receipt,
    Transactional.INQUIRY_ANSWER: _answer,
}


def message(
    this: Mail, told: Told, to: Recipient, table: str, sender: From, now: datetime
) -> EmailMessage:
    """Return a mail ready to go.

    Its ``Message-ID`` follows from its number: a mail that is sent again after a crash is the
    same mail, and a reader's server can tell.
    """
    made = EmailMessage()
    name, address = parseaddr(sender.address)
    made["From"] = Address(_plain(name or table), addr_spec=address)
    made["To"] = Address(_plain(to.name), addr_spec=to.address)
    made["Subject"] = _plain(f"{told.subject} · {table}")
    made["Date"] = format_datetime(now)
    host = address.rpartition("@")[2]
    made["Message-ID"] = f"<mail-{this.id}-{this.made_at:%Y%m%d%H%M%S}@{host}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = language()
    if told.stop:
        made["List-Unsubscribe"] = f"<{told.stop}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_text(told))
    made.add_alternative(_html(told), subtype="html")
    return made


def _plain(words: str) -> str:
    """Return words for a header: on one line, whatever was typed."""
    return _LINE_BREAKS.sub(" ", words).strip()


def _text(told: Told) -> str:
    parts = [told.opening]
    parts += ["\n".join(x for x in (one.line, one.more, one.link) if x) for one in told.items]
    parts += [told.closing, "-- ", told.foot]
    if told.stop:
        parts.append(t("To hear no more of this: {link}", link=told.stop))
    return "\n\n".join(part for part in parts if part) + "\n"


def _html(told: Told) -> str:
    body = [f"<p>{_lines(told.opening)}</p>"]
    for one in told.items:
        more = f"<br>{_lines(one.more)}" if one.more else ""
        body.append(f'<p><a href="{escape(one.link)}">{escape(one.line)}</a>{more}</p>')
    if told.closing:
        body.append(f"<p>{escape(told.closing)}</p>")
    body.append(f"<hr><p><small>{escape(told.foot)}</small></p>")
    if told.stop:
        stop = escape(t("Hear no more of this"))
        body.append(f'<p><small><a href="{escape(told.stop)}">{stop}</a></small></p>')
    title, inside = escape(told.subject), "\n".join(body)
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body>\n{inside}\n</body>\n</html>\n"
    )


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")
