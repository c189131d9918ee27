"""Hearing no more by one click: the address in a mail's header and at its foot (RFC 8058)."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.services.notices import unsubscribing
from coalition.words import language, speak, t
from coalition.words import notices as words
from coalition.words.refusals import refusal

PATH = "/unsubscribe/{token}"


def routes() -> list[Route]:
    """Return the one route, which asks before it acts unless it is posted to."""
    return [Route(PATH, unsubscribe, methods=["GET", "POST"])]


async def unsubscribe(request: Request) -> Response:
    """Ask a person who follows the link; do it for whoever posts, mail programs included."""
    speak(request.query_params.get("lang", "en"))
    if request.method != "POST":
        return _page(t("Hear no more of this by mail?"), t("Yes, no more of these mails"))
    try:
        kind = await run_in_threadpool(
            unsubscribing.unsubscribe,
            wiring.database(),
            wiring.clock,
            key=wiring.key(),
            token=request.path_params["token"],
        )
    except CoalitionError as fault:
        return _page(refusal(fault), status=HTTPStatus.NOT_FOUND)
    which = t("of any kind") if kind is None else words.kind(kind)
    done = t("Done: you get no more mail ({which}). The table still shows all of it.", which=which)
    return _page(done)


def _page(said: str, button: str = "", status: HTTPStatus = HTTPStatus.OK) -> Response:
    form = f'<form method="post"><button>{button}</button></form>' if button else ""
    home = t("To the table")
    return HTMLResponse(
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Working Table</title></head>'
        f'<body><main><h1>{said}</h1>{form}<p><a href="/">{home}</a></p></main></body></html>',
        status,
    )
