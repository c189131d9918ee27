"""Handing a mail to the coalition's mail server.

The standard library's ``smtplib``: it is kept with Python itself and needs no event loop in a
job that sends one mail after another.
"""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from coalition.domain.notices.mails import Deferred, Refused

PATIENCE = 20.0  # seconds
FINAL, SIGN_IN = range(500, 600), range(530, 540)  # codes of RFC 5321 and RFC 4954
LONGEST_WORD = 200  # characters of a server's answer that are kept


class Post(Protocol):
    """What takes a mail off our hands."""

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Hand over one mail.

        Raises:
            Refused: it never will be taken.
            Deferred: try again later.
        """


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server, by URL: ``smtp://host:25`` (with STARTTLS where offered), ``smtps://``.

    Args:
        url: With user and password where the server asks for them.
        patience: Seconds for a server that says nothing.
    """

    url: str
    patience: float = PATIENCE

    def deliver(self, message: EmailMessage, to: str) -> None:
        """Hand over one mail on a connection of its own.

        Raises:
            Refused: the server answered 5xx to the address or to the mail.
            Deferred: 4xx, silence, or the line broke before the server said yes.
        """
        try:
            with self._connected() as server:
                server.send_message(message, to_addrs=[to])
        except smtplib.SMTPRecipientsRefused as fault:
            code, said = next(iter(fault.recipients.values()))
            raise _outcome(code)(_told(code, said)) from fault
        except smtplib.SMTPResponseException as fault:
            raise _outcome(fault.smtp_code)(_told(fault.smtp_code, fault.smtp_error)) from fault
        except smtplib.SMTPNotSupportedError as fault:  # an address this server cannot spell
            raise Refused(str(fault)[:LONGEST_WORD]) from fault
        except (smtplib.SMTPException, OSError) as fault:
            raise Deferred(f"{type(fault).__name__}: {fault}"[:LONGEST_WORD]) from fault

    def _connected(self) -> smtplib.SMTP:
        at = urlsplit(self.url)
        host, secure = at.hostname or "localhost", at.scheme == "smtps"
        trusted = ssl.create_default_context()
        server: smtplib.SMTP
        if secure:
            server = smtplib.SMTP_SSL(host, at.port or 465, timeout=self.patience, context=trusted)
        else:
            server = smtplib.SMTP(host, at.port or 25, timeout=self.patience)
        try:
            server.ehlo()
            if not secure and server.has_extn("starttls"):
                server.starttls(context=trusted)
                server.ehlo()
            if at.username:
                server.login(unquote(at.username), unquote(at.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def _outcome(code: int) -> type[Refused] | type[Deferred]:
    """Return what an SMTP code means for one mail; sign-in troubles (53x) are ours, not its."""
    return Refused if code in FINAL and code not in SIGN_IN else Deferred


def _told(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {words}"[:LONGEST_WORD]
