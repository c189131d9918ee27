"""Pictures of the board's views, to be looked at: ``python -m tests.browser.pictures``.

Each view of the demonstration, light and dark, wide and as narrow as a phone, whole pages, in
``build/pictures``.
"""

import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from coalition.domain.ground.permissions import Role
from coalition.ui.insight import views
from tests.browser.conftest import LAUNCH
from tests.browser.site import served, settled
from tests.conftest import ROOT
from tests.means import find_chromium

THEMES = ("light", "dark")
WIDTHS = (1280, 320)  # pixels
HEIGHT, TALLEST = 900, 6_000  # pixels of a window, and of a picture
WHOLE = "document.querySelector('[data-testid=stMain]').scrollHeight"


def take(page: Page, width: int, target: Path) -> None:
    """Take a picture of a whole page: what scrolls inside a page is not seen otherwise."""
    tall = min(int(page.evaluate(WHOLE)), TALLEST)
    page.set_viewport_size({"width": width, "height": max(tall, HEIGHT)})
    settled(page).screenshot(path=str(target))
    page.set_viewport_size({"width": width, "height": HEIGHT})


def main() -> int:
    """Take them all; return the exit code."""
    folder = ROOT / "build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, served(Path(place)) as site, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_chromium(), args=list(LAUNCH))
        for theme, width in product(THEMES, WIDTHS):
            window = {"viewport": {"width": width, "height": HEIGHT}, "color_scheme": theme}
            page = site.visitor(browser, Role.CONVENER, **window)
            for view in views.BY_KEY:
                site.open(page, "board", view=view)
                take(page, width, folder / f"{view}-{theme}-{width}.png")
            page.context.close()
        browser.close()
    print(f"{len(THEMES) * len(WIDTHS) * len(views.BY_KEY)} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
