"""The real server on a port of its own, over a demonstration of its own, and how to look at it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlencode

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import select

from coalition.domain.ground.permissions import Role
from coalition.services.people import sessions as sign_in
from coalition.services.table.demonstration import logins
from coalition.services.table.demonstration.people import Login
from coalition.settings import ROOT, Settings
from coalition.store.database import Database
from coalition.store.people import sessions
from coalition.store.schema import account

PATIENCE = 30_000  # milliseconds for a page; far more than a busy machine needs
START = 180  # seconds for the server, which a busy machine may need
QUIET = "[data-testid='stApp'][data-test-script-state='notRunning']"
BLANK = "[data-testid='stSkeleton'], [data-testid='stAppSkeleton']"
CHART = "[data-testid='stVegaLiteChart']"  # drawn after the run is over, and then it has its height
SETTLED = f"""() => document.querySelector("{QUIET}")
    && !document.querySelector("{BLANK}")
    && document.fonts.status === 'loaded'
    && [...document.querySelectorAll("{CHART}")].every(one => one.querySelector('svg, canvas'))
    && document.getAnimations().every(one => one.playState !== 'running'
        || one.effect.getTiming().iterations === Infinity)"""
LEAVE = """path => {
    for (const one of document.querySelectorAll('h1')) one.dataset.left = one.innerText;
    history.pushState({}, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
}"""
ARRIVED = """() => {
    const titles = [...document.querySelectorAll('h1')];
    return titles.length > 0 && titles.every(one => one.dataset.left !== one.innerText);
}"""
UNTIL = """async patience => {
    const isMet = CONDITION;
    const end = performance.now() + patience;
    while (!isMet()) {
        if (performance.now() > end) throw new Error(`not within ${patience} ms: ${isMet}`);
        await new Promise(done => setTimeout(done, 20));
    }
}"""
NAVIGATIONS = 5  # that one wait lives through
AT_ONCE = """(() => {
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (frames, how) {
        const options = typeof how === "number" ? {} : how;
        return animate.call(this, frames, { ...options, duration: 0, delay: 0 });
    };
})()"""
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True, slots=True)
class Site:
    """Where a table is served, its database for planting and looking, and its folder."""

    url: str
    db: Database
    folder: Path

    def address(self, key: str, **query: str | int) -> str:
        """Return the address of a screen."""
        return f"{self.url}/{key}" + (f"?{urlencode(query)}" if query else "")

    def person(self, role: Role) -> int:
        """Return the account of the first person with this role."""
        with self.db.reading() as conn:
            return conn.scalar(
                select(account.c.id).where(account.c.role == role).order_by(account.c.id)
            )

    @property
    def logins(self) -> tuple[Login, ...]:
        """Return the accounts of the demonstration with their passwords."""
        return logins.find(self.db)

    def secret(self, who: Role | int) -> str:
        """Begin a session of the first person with a role, or of an account; return its secret."""
        account_id = self.person(who) if isinstance(who, Role) else who
        secret, at = token_hex(16), datetime.now(UTC)
        kept, until = sign_in.fingerprint(secret), at + timedelta(days=1)
        with self.db.writing() as conn:
            sessions.begin(conn, account_id, kept, agent="Chromium", at=at, expires_at=until)
        return secret

    def sign_in(self, context: BrowserContext, who: Role | int) -> None:
        """Plant the cookie of a session, as the sign-in form's own route does."""
        cookie = {"name": Settings("", self.url, Path()).cookie, "value": self.secret(who)}
        context.add_cookies([{**cookie, "url": self.url, "httpOnly": True}])

    def visitor(self, browser: Browser, who: Role | int | None = None, **options) -> Page:
        """Return a page in a browser context of its own, signed in as ``who``.

        Whatever unfolds stands open at once. While an expander grows, Playwright scrolls inside
        it to reach a button, the growing scrolls back, and the mouse is released beside the
        button it was pressed on: a click lost to a test, though never to a hand.

        Args:
            who: A role (its first person), an account, or None for a stranger.
            options: Of ``new_context``: ``viewport``, ``color_scheme`` and so on.
        """
        given = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = browser.new_context(locale="en-US", **given)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(AT_ONCE)
        if who is not None:
            self.sign_in(context, who)
        return context.new_page()

    def open(self, page: Page, key: str, **query: str | int) -> Page:
        """Go to a screen and wait until it stands still."""
        page.goto(self.address(key, **query), wait_until="commit")
        expect(page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        return settled(page)

    def walk(self, page: Page, key: str, **query: str | int) -> Page:
        """Go from an open screen to another one in the same visit, much faster than ``open``."""
        page.evaluate(LEAVE, self.address(key, **query).removeprefix(self.url))
        until(page, ARRIVED)
        return settled(page)


def settled(page: Page) -> Page:
    """Wait until the script has run, everything is drawn and nothing moves."""
    until(page, SETTLED)
    page.evaluate(FRAMES)
    until(page, SETTLED)
    return page


def unfold(page: Page, words: str) -> Page:
    """Open what is folded away behind ``words``, and wait until it stands where it will stay.

    A button that still moves when it is pressed can be missed: the mouse goes down on it and
    comes up beside it.
    """
    page.get_by_text(words, exact=True).first.click()
    return settled(page)


def until(page: Page, condition: str, *, patience: int = PATIENCE) -> None:
    """Wait until a JavaScript function of the page returns true, through a navigation too.

    ``Page.wait_for_function`` evaluates a string at every look but the first, which the
    content security policy forbids.
    """
    for _ in range(NAVIGATIONS):
        try:
            page.evaluate(UNTIL.replace("CONDITION", condition), patience)
        except PlaywrightError as gone:
            if "context was destroyed" not in str(gone):
                raise
            page.wait_for_load_state("domcontentloaded")
        else:
            return
    raise AssertionError(f"the page went elsewhere again and again before {condition}")


@contextmanager
def served(folder: Path, lay: Callable[[Database], object] | None = None, **settings: str):
    """Serve a table with the command people use, until the block ends.

    Args:
        lay: Lays the table in the empty database; without it the demonstration is served.
        settings: Further ones, by the names of their variables.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url, database = f"http://127.0.0.1:{port}", f"sqlite:///{folder / 'table.db'}"
    environment = {
        **os.environ,
        "COALITION_DATABASE_URL": database,
        "COALITION_KEY_FILE": str(folder / "key"),
        "COALITION_PUBLIC_URL": url,
        **settings,
    }
    command = [sys.executable, "-m", "coalition", "serve", "--port", str(port)]
    log, db = folder / "log", Database(database)
    if lay is not None:
        lay(db)
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
    try:
        _await(url, process, log)
        yield Site(url, db, folder)
    finally:
        db.dispose()
        process.terminate()
        process.wait(timeout=START)


def _await(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START
    while process.poll() is None and time.monotonic() < until:
        try:
            httpx.get(f"{url}/_stcore/health", timeout=1).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)  # between two tries at a server that is starting
        else:
            return
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
