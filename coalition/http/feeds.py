"""Calendars and the feed over HTTP: by address alone, no cookie, told apart by their content."""

from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError, NotFound
from coalition.press import atom, calendar
from coalition.services.notices import calendars, feeds
from coalition.words import LANGUAGES

_LATER = {"retry-after": "60"}
SOON = 300  # seconds that a shared cache may keep what is public


def routes() -> list[Route]:
    """Return the routes of calendars and of the feed."""
    return [
        Route("/calendar/public.ics", public),
        Route("/calendar/{secret}.ics", own),
        Route("/positions.atom", latest),
    ]


async def public(request: Request) -> Response:
    """Return the public calendar."""

    def made() -> bytes:
        url, now = wiring.deployment().public_url, wiring.clock()
        found = calendars.public(wiring.database(), now=now, url=url, language=_language(request))
        return calendar.write(found)

    return await _answer(request, made, calendar.MEDIA, f"public, max-age={SOON}")


async def own(request: Request) -> Response:
    """Return the calendar at a secret address."""

    def made() -> bytes:
        url, now = wiring.deployment().public_url, wiring.clock()
        secret = request.path_params["secret"]
        return calendar.write(calendars.own(wiring.database(), secret=secret, now=now, url=url))

    return await _answer(request, made, calendar.MEDIA, "private, no-cache")


async def latest(request: Request) -> Response:
    """Return the feed of adopted positions and public lessons."""

    def made() -> bytes:
        url, now = wiring.deployment().public_url, wiring.clock()
        found = feeds.latest(wiring.database(), now=now, url=url, language=_language(request))
        return atom.write(found)

    return await _answer(request, made, atom.MEDIA, f"public, max-age={SOON}")


async def _answer(request: Request, made: Callable[[], bytes], media: str, cache: str) -> Response:
    """Return what was made, or that the reader has it already."""
    try:
        content = await run_in_threadpool(made)
    except NotFound:
        return PlainTextResponse("Not found", HTTPStatus.NOT_FOUND)
    except CoalitionError:
        return PlainTextResponse("Not just now", HTTPStatus.SERVICE_UNAVAILABLE, _LATER)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": cache}
    known = request.headers.get("if-none-match", "")
    if known == "*" or etag in known:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, media_type=media, headers=headers)


def _language(request: Request) -> str:
    asked = request.query_params.get("lang", "en")
    return asked if asked in LANGUAGES else "en"
