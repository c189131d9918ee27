"""What differs between deployments, read from the environment."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How this table is deployed.

    Args:
        database_url: SQLAlchemy URL; a SQLite file under ``data/`` unless said.
        public_url: Where people reach the table, without a path.
        key_file: 32 random bytes, made once and kept outside the repository.
        trusted_proxy: Addresses or networks whose ``X-Forwarded-For`` is believed.
        smtp_url: The mail server, ``smtp://user:password@host:port`` or ``smtps://``; "" where
            the table sends no mail.
        mail_from: ``Name <address>`` that mails come from.
    """

    database_url: str
    public_url: str
    key_file: Path
    trusted_proxy: tuple[str, ...] = ()
    smtp_url: str = ""
    mail_from: str = ""

    @property
    def public_host(self) -> str:
        """Return host and port as a browser's ``Host`` header has them."""
        return urlsplit(self.public_url).netloc.lower()

    @property
    def is_secure(self) -> bool:
        """Say whether people come by https, which decides the cookie."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_loopback(self) -> bool:
        """Say whether only this machine can reach the table."""
        return (urlsplit(self.public_url).hostname or "") in LOOPBACK

    @property
    def cookie(self) -> str:
        """Return the session cookie's name; ``__Host-`` binds it to this https host."""
        return "__Host-table" if self.is_secure else "table_session"


def from_environment() -> Settings:
    """Return the settings; with nothing set, a table for this machine alone."""
    data = ROOT / "data"
    proxies = os.environ.get("COALITION_TRUSTED_PROXY", "")
    return Settings(
        database_url=os.environ.get("COALITION_DATABASE_URL", f"sqlite:///{data / 'coalition.db'}"),
        public_url=os.environ.get("COALITION_PUBLIC_URL", "http://localhost:8501").rstrip("/"),
        key_file=Path(os.environ.get("COALITION_KEY_FILE", data / "key")),
        trusted_proxy=tuple(part.strip() for part in proxies.split(",") if part.strip()),
        smtp_url=os.environ.get("COALITION_SMTP_URL", ""),
        mail_from=os.environ.get("COALITION_MAIL_FROM", ""),
    )
