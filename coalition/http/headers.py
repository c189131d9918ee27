"""The security headers of every answer, the content security policy among them."""

import binascii
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit

from coalition import wiring

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def security_headers(*, framed: bool) -> list[tuple[bytes, bytes]]:
    """Return the headers of every answer.

    Args:
        framed: The sign-in frame alone may stand in a frame, in one of our own pages.
    """
    settings = wiring.deployment()
    ancestors, frame = ("'self'", b"SAMEORIGIN") if framed else ("'none'", b"DENY")
    inline = " ".join(f"'sha256-{digest}'" for digest in inline_digests())
    stream = settings.public_url.replace("http", "ws", 1)
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {inline}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles as it draws
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {stream}",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            f"frame-ancestors {ancestors}",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )
    headers = [
        (b"content-security-policy", policy.encode()),
        (b"x-frame-options", frame),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    ]
    if settings.is_secure:
        headers.append((b"strict-transport-security", b"max-age=31536000"))
    return headers


@cache
def inline_digests() -> tuple[str, ...]:
    """Return what CSP calls the inline scripts of the installed Streamlit's own page."""
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    return digests(index.read_text(encoding="utf-8"))


def digests(page: str) -> tuple[str, ...]:
    """Return the base64 SHA-256 of every inline script in an HTML page."""
    return tuple(
        binascii.b2a_base64(hashlib.sha256(body.encode()).digest(), newline=False).decode()
        for body in _INLINE.findall(page)
    )
