"""The guard before everything: whatever comes in or goes out passes here.

It knows connections and messages, never people; who may send or fetch a file is asked
of ``files``.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg

from coalition import wiring
from coalition.http import files
from coalition.http.headers import security_headers
from coalition.settings import LOOPBACK, Settings

STREAM = "/_stcore/stream"
OPEN = ("/_stcore/health", "/_stcore/host-config")
SHUT = ("/_stcore/", "/component/", "/auth/login", "/auth/logout", "/oauth2callback")
PROVIDER = ("/auth/login", "/oauth2callback")  # open where one is set up; it leads back here
OURS = ("/auth/enter", "/auth/leave")  # framed by our own page
DROPPED = frozenset(  # of Streamlit's messages: what no visitor has any business to ask
    {
        "clear_cache",
        "load_git_info",
        "set_run_on_save",
        "debug_disconnect_websocket",
        "debug_shutdown_runtime",
    }
)
SOURCE = b"x-table-source"
BODY = 100_000  # bytes of a request that carries no file
FRAME = 2_000_000  # bytes of one message
BURST, PER_SECOND = 60, 20  # messages of one connection: far beyond any hand

Pause = Callable[[float], Awaitable[None]]


def middleware() -> list[Middleware]:
    """Return the guard, for ``st.App``."""
    return [Middleware(Guard)]


class Guard:
    """ASGI middleware in front of Streamlit and of our own routes.

    Args:
        pause: Waits; a test may watch instead.
    """

    def __init__(self, app: ASGIApp, pause: Pause = asyncio.sleep) -> None:
        self._app = app
        self._pause = pause

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what may pass, with headers and limits on it."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        sealing = _sealed(scope["path"], send)
        refused = await _refusal(scope)
        if refused is not None:
            await refused(scope, receive, sealing)
        else:
            await self._app(_named(scope), _measured(scope, receive), sealing)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        settings = wiring.deployment()
        known = is_known_host(headers.get("host", ""), settings)
        if scope["path"] != STREAM or not known or not is_own_origin(headers, settings):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        line = _Line(receive, send, self._pause)
        await self._app(_named(scope), line.receive, line.send)


class Bucket:
    """A connection's allowance: ``BURST`` at once, ``PER_SECOND`` in the long run."""

    def __init__(self, now: float) -> None:
        self._left = float(BURST)
        self._at = now

    def take(self, now: float) -> float:
        """Take one and return the seconds to wait before it may be used."""
        self._left = min(float(BURST), self._left + (now - self._at) * PER_SECOND) - 1
        self._at = now
        return max(0.0, -self._left / PER_SECOND)


class _Line:
    """One websocket: no unwanted message comes through, and none faster than a fast hand."""

    def __init__(self, receive: Receive, send: Send, pause: Pause) -> None:
        self._receive = receive
        self._send = send
        self._pause = pause
        self._bucket = Bucket(time.monotonic())
        self._closed = False

    async def receive(self) -> Message:
        """Return the next message that may pass; hang up on one that nobody sends by hand."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            if (wait := self._bucket.take(time.monotonic())) > 0:
                await self._pause(wait)
            data = message.get("bytes")
            if data is None or len(data) > FRAME:
                return await self._hang_up(1003 if data is None else 1009)
            if _kind(data) not in DROPPED:
                return message

    async def send(self, message: Message) -> None:
        """Send, unless we have hung up."""
        if not self._closed:
            await self._send(message)

    async def _hang_up(self, code: int) -> Message:
        await self.send({"type": "websocket.close", "code": code})
        self._closed = True
        return {"type": "websocket.disconnect", "code": code}


def is_known_host(host: str, settings: Settings) -> bool:
    """Say whether this is a name the table is reached by, so that none is rebound to it."""
    name = _parts(f"//{host}").hostname or ""
    return name in LOOPBACK or name == urlsplit(settings.public_url).hostname


def is_own_origin(headers: Headers, settings: Settings) -> bool:
    """Say whether one of our own pages opens this connection.

    Browsers always say which page does. For a table of this machine alone the port
    may differ from the one in the settings, so there the page must be of the very
    host that is asked.
    """
    origin = headers.get("origin", "").lower()
    if origin == settings.public_url.lower():
        return True
    page = _parts(origin)
    ours = page.scheme == "http" and page.netloc == headers.get("host", "").lower()
    return settings.is_loopback and ours and page.hostname in LOOPBACK


def source_of(scope: Scope, settings: Settings) -> str:
    """Return a generic key of where a connection comes from, never the address itself.

    ``X-Forwarded-For`` is believed from a proxy named in the settings alone, and
    there only the last address that is no such proxy. Where none is named, all who
    send that header are one source, because the server may have believed it already.
    A whole IPv6 /64 is one source.
    """
    peer = scope["client"][0] if scope.get("client") else ""
    trusted = [ipaddress.ip_network(part, strict=False) for part in settings.trusted_proxy]
    told = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))  # a proxy may add a line
    if told and not trusted:
        peer, told = "forwarded", ""
    for hop in [peer, *(part.strip() for part in reversed(told.split(",")) if part.strip())]:
        found = _address(hop)
        if found is None:
            break
        peer = str(found)
        if not any(found in network for network in trusted):
            break
    return hmac.new(wiring.key(), _block(peer).encode(), hashlib.sha256).hexdigest()[:32]


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # half a bracket, for instance
        return urlsplit("")


def _address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None


def _block(peer: str) -> str:
    found = _address(peer)
    if found is not None and found.version == 6:  # noqa: PLR2004 (the protocol's number)
        return str(ipaddress.ip_network(f"{peer}/64", strict=False))
    return peer


def _named(scope: Scope) -> Scope:
    """Return the scope with our own key of the source, and no claims of the visitor's."""
    settings = wiring.deployment()
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name != SOURCE and not name.startswith(b"x-forwarded-") and name != b"forwarded"
    ]
    return {**scope, "headers": [*kept, (SOURCE, source_of(scope, settings).encode())]}


def _kind(data: bytes) -> str | None:
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:  # Streamlit closes such a connection itself
        return None
    return message.WhichOneof("type")


async def _refusal(scope: Scope) -> Response | None:
    """Return the answer to what may not pass, or None."""
    headers = Headers(scope=scope)
    path = scope["path"]
    settings = wiring.deployment()
    if path != "/healthz" and not is_known_host(headers.get("host", ""), settings):
        return PlainTextResponse(
            "The table is not reached by this name; COALITION_PUBLIC_URL says by which.",
            HTTPStatus.MISDIRECTED_REQUEST,
        )
    if not _is_open(scope, settings):
        return PlainTextResponse("Not found", HTTPStatus.NOT_FOUND)
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > _most(scope):
        return PlainTextResponse("Too large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return await files.refusal(scope, own=is_own_origin(headers, settings))


def _is_open(scope: Scope, settings: Settings) -> bool:
    path = scope["path"]
    if path.startswith("/_stcore/agent/"):  # a public visitor's view, for tools of this machine
        peer = scope["client"][0] if scope.get("client") else ""
        enabled = bool(config.get_option("server.enableAgentApi"))
        return enabled and settings.is_loopback and peer in LOOPBACK
    if path in PROVIDER:
        return wiring.has_provider()
    return path.startswith(OPEN) or files.is_upload(scope) or not path.startswith(SHUT)


def _most(scope: Scope) -> int:
    return files.FILE if files.is_upload(scope) else BODY


def _measured(scope: Scope, receive: Receive) -> Receive:
    """Return ``receive`` that hangs up on a body longer than it said it would be."""
    taken, most = 0, _most(scope)

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= most else {"type": "http.disconnect"}

    return measured


def _sealed(path: str, send: Send) -> Send:
    """Return ``send`` that puts the security headers on every answer."""
    framed = path in OURS
    added = security_headers(framed=framed)
    if framed or path.startswith(files.DOWNLOADS):
        added = [*added, (b"cache-control", b"no-store")]
    names = {name for name, _ in added} | {b"server"}

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(n, v) for n, v in message.get("headers", []) if n.lower() not in names]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return sealed
