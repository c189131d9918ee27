"""One server over one demonstration and one browser for all browser tests of a worker."""

import pytest

from tests.browser.site import PATIENCE, served
from tests.means import find_chromium

LAUNCH = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real server over a freshly loaded demonstration."""
    with served(tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium():
    """One headless Chromium; tests open contexts of their own in it."""
    path = find_chromium()
    if path is None:
        pytest.skip("browser: no Chromium found; install it or name it in CHROMIUM")
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 (for a browser alone)

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=list(LAUNCH))
        yield browser
        browser.close()


@pytest.fixture
def visitor(site, chromium):
    """Return a function that opens a page as a role, an account or a stranger."""
    opened = []

    def come(who=None, **options):
        page = site.visitor(chromium, who, **options)
        opened.append(page)
        return page

    yield come
    for page in opened:
        page.context.close()
