"""Files on their way in and out: who may send one, how large it may be, who may fetch one.

Streamlit has one address for uploads, and shuts none: whoever is connected could fill the
server's memory. One screen takes a file (evidence for a recorded position), so only those
who may use it reach that address, from our own pages, with one file of the size it takes.
"""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Scope

from coalition import wiring
from coalition.domain.ground.attachments import MOST
from coalition.domain.ground.errors import CoalitionError
from coalition.domain.ground.permissions import Actor, Permission, may
from coalition.services.people import sessions

UPLOADS = "/_stcore/upload_file/"
DOWNLOADS = "/media/"
SENT = frozenset({"PUT", "DELETE"})  # a file sent, a file taken back
FILE = MOST + 100_000  # bytes of a request that carries a file: the file and its wrapping


def is_upload(scope: Scope) -> bool:
    """Say whether a request sends a file, or takes one back."""
    return str(scope["path"]).startswith(UPLOADS) and scope["method"] in SENT


async def refusal(scope: Scope, *, own: bool) -> Response | None:
    """Return the answer to a file that may not come or go, or None.

    Args:
        own: Whether one of our own pages asks.
    """
    if is_upload(scope):
        person = await run_in_threadpool(_actor, scope)
        if not own or not may(person, Permission.RECORD_BALLOT):
            return PlainTextResponse("Not for you", HTTPStatus.FORBIDDEN)
    elif scope["path"].startswith(DOWNLOADS) and not await run_in_threadpool(_actor, scope):
        return PlainTextResponse("Please sign in", HTTPStatus.FORBIDDEN)
    return None


def _actor(scope: Scope) -> Actor | None:
    secret = Request(scope).cookies.get(wiring.deployment().cookie)
    try:
        return sessions.arrive(wiring.database(), secret=secret, now=wiring.clock()).actor
    except CoalitionError:
        return None
