"""What a machine lacks is skipped by name; in a CI that lacks it, a skip is a failure."""

import os
import shutil

import pytest

CHROMIUM_NAMES = (  # the first has no window to draw, and takes a quarter less of the machine
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
POSTGRES_URL = os.environ.get("COALITION_TEST_POSTGRES_URL", "")


def find_chromium() -> str | None:
    """Return the browser's path: ``CHROMIUM`` where it is set, else the first found."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def lacking() -> dict[str, str]:
    """Return the reason for each marker whose means this machine lacks."""
    reasons = {}
    if find_chromium() is None:
        reasons["browser"] = "no Chromium found; install it or name it in CHROMIUM"
    if not POSTGRES_URL:
        reasons["postgres"] = "COALITION_TEST_POSTGRES_URL is not set"
    return reasons


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the wide accessibility sweep for ``make axe``, and skip what cannot run here."""
    if "sweep" not in (config.option.markexpr or ""):
        sweeps = [item for item in items if item.get_closest_marker("sweep")]
        if sweeps:
            config.hook.pytest_deselected(items=sweeps)
            items[:] = [item for item in items if item not in sweeps]
    items.sort(key=lambda item: not _is_long(item))  # stable: else as they stand
    reasons = lacking()
    for item in items:
        for name, reason in reasons.items():
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"{name}: {reason}"), append=False)


def _is_long(item: pytest.Item) -> bool:
    """Say whether a test's file takes minutes; such files go first, and no worker ends alone."""
    return item.path.parent.name in {"browser", "attacks"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item):
    """Wrap the skipping itself, so that a mark and a fixture's own ``pytest.skip`` both count."""
    try:
        return (yield)
    except pytest.skip.Exception as skip:
        _refuse_in_ci(item, skip)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item):
    try:
        return (yield)
    except pytest.skip.Exception as skip:
        _refuse_in_ci(item, skip)
        raise


def _refuse_in_ci(item: pytest.Item, skip: BaseException) -> None:
    """Make a skip of the browser or of PostgreSQL a failure where ``CI`` is true."""
    marked = any(item.get_closest_marker(name) for name in ("browser", "postgres"))
    if marked and os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"with CI=true this may not be skipped: {skip}", pytrace=False)
