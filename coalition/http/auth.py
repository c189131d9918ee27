"""From a ticket to a cookie, and back out: the only routes that touch the session cookie."""

from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from coalition import wiring
from coalition.domain.ground.errors import CoalitionError
from coalition.services.people import sessions

# The frame may not lead its parent elsewhere, but may hand it a script of our own origin.
_FRAME = (
    "<!doctype html><html><head><meta charset=utf-8><title>Working Table</title>"
    "<script src=/app/static/entered.js></script></head><body></body></html>"
)
PROVIDED = "_streamlit_user"  # Streamlit's cookies of a sign-in at a provider, and their parts
_OURS = {"same-origin", "none", ""}  # "" where the browser is too old to say


def routes() -> list[Route]:
    """Return the routes of signing in and out."""
    return [Route("/auth/enter", enter), Route("/auth/leave", leave)]


async def enter(request: Request) -> Response:
    """Exchange ``?ticket=`` for the session cookie."""
    ticket = request.query_params.get("ticket", "")
    if not _is_ours(request):
        return _onward(request)
    settings = wiring.deployment()
    try:
        begun = await run_in_threadpool(
            sessions.enter,
            wiring.database(),
            wiring.clock,
            ticket=ticket,
            agent=request.headers.get("user-agent", ""),
            replaces=request.cookies.get(settings.cookie),
        )
    except CoalitionError:  # the page loads again, still signed out, with its form
        return _onward(request)
    response = _onward(request)
    response.set_cookie(
        settings.cookie,
        begun.secret,
        max_age=int(sessions.ABSOLUTE.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="strict",
    )
    _forget_provider(request, response)
    return response


async def leave(request: Request) -> Response:
    """End the session of the cookie and take the cookie away."""
    settings = wiring.deployment()
    response = _onward(request)
    if not _is_ours(request):
        return response
    if secret := request.cookies.get(settings.cookie):
        try:
            await run_in_threadpool(sessions.leave, wiring.database(), wiring.clock, secret=secret)
        except CoalitionError:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    _forget_provider(request, response)
    response.delete_cookie(
        settings.cookie, path="/", secure=settings.is_secure, httponly=True, samesite="strict"
    )
    return response


def _forget_provider(request: Request, response: Response) -> None:
    """Take away what a provider said: it has begun a session, and must not begin another."""
    for name in request.cookies:
        if name.startswith(PROVIDED):
            response.delete_cookie(name, path="/")


def _is_ours(request: Request) -> bool:
    """Say whether one of our own pages asked, so that no other site signs anybody in or out."""
    return request.headers.get("sec-fetch-site", "") in _OURS


def _onward(request: Request) -> Response:
    """Return the way back to the page: by its address after a click, else from inside the frame."""
    if request.query_params.get("go"):
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    return HTMLResponse(_FRAME)
