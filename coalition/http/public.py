"""What HTTP serves beside the screens: health, our own files, and the start of it all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.http import auth, due_work, feeds, unsubscribe
from coalition.settings import ROOT


class StartRefused(RuntimeError):
    """Serving would be unsafe; the message says what to do."""


def routes() -> list[BaseRoute]:
    """Return every route of our own; Streamlit's come after them."""
    files = Mount("/app/static", StaticFiles(directory=ROOT / "static"))
    ours = (*auth.routes(), *unsubscribe.routes(), *feeds.routes())
    return [Route("/healthz", health), files, *ours]


async def health(_request: Request) -> JSONResponse:
    """Say whether the database answers, for a proxy or a monitor."""
    try:
        await run_in_threadpool(_ask)
    except CoalitionError as fault:
        return JSONResponse({"db": fault.code}, HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"db": "ok"})


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Refuse to serve where a gate says that it would be dangerous.

    Raises:
        StartRefused: with what to do, one line a gate.
    """
    closed = [gate for gate in await run_in_threadpool(wiring.gates) if not gate.ok]
    refused = [gate.advice for gate in closed if gate.dangerous]
    if refused:
        raise StartRefused("\n".join(refused))
    work = asyncio.create_task(due_work.keep_doing())
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


def _ask() -> None:
    wiring.check_database()
