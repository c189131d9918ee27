"""The guard and our own routes in front of a small stand-in for Streamlit."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from coalition.http import guard, public

ORIGIN = "http://localhost:8501"


async def _anything(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.url.path} {len(await request.body())}")


async def _echo(websocket) -> None:
    """Answer every message that came through with itself, and say which source it was given."""
    await websocket.accept()
    await websocket.send_text(websocket.headers.get("x-table-source", ""))
    await websocket.send_text(websocket.headers.get("x-forwarded-for", ""))
    async for data in websocket.iter_bytes():
        await websocket.send_bytes(data)


@pytest.fixture
def site(served):
    """A browser's view of the site; the stand-in answers whatever is not ours."""
    inner = [
        WebSocketRoute(guard.STREAM, _echo),
        Route("/{path:path}", _anything, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=[*public.routes(), *inner], middleware=guard.middleware())
    with TestClient(app, base_url=ORIGIN, follow_redirects=False) as client:
        yield client
