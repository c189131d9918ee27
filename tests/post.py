"""A real mail server on this machine, that takes mails or does not."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

GREYLISTED = "450 4.2.0 come back later"
UNKNOWN = "550 5.1.1 no such mailbox"
TAKEN = "250 OK"


class Box:
    """What a mail server was handed, and what it says to the next.

    Args:
        says: Its answers to the recipients, in turn; the last one stays.
        hangs_up: How many times it drops the line in the middle of a mail.
    """

    def __init__(self, *says: str, hangs_up: int = 0) -> None:
        self.says = [*says] or [TAKEN]
        self.hangs_up = hangs_up
        self.mails = []
        self.url = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        """Answer to a recipient."""
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if said == TAKEN:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        """Take the mail, or drop the line."""
        if self.hangs_up:
            self.hangs_up -= 1
            server.transport.abort()
            return TAKEN
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((tuple(envelope.rcpt_tos), parsed))
        return TAKEN

    def to(self, address):
        """Return the mails to one address."""
        return [mail for addresses, mail in self.mails if address in addresses]


@contextmanager
def a_mail_server(box):
    """Run the box as a server until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Controller(box, hostname="127.0.0.1", port=port)
    running.start()
    try:
        box.url = f"smtp://127.0.0.1:{port}"
        yield box
    finally:
        running.stop()
