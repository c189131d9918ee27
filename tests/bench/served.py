"""The app as it is served, with the empty page in its menu: ``uvicorn tests.bench.served:app``."""

from pathlib import Path

from app import app
from coalition.domain.ground.permissions import Permission
from coalition.ui import screens

_EMPTY = screens.Screen(
    str(Path(__file__).with_name("empty.py")),
    "empty",
    "Empty",
    "check_box_outline_blank",
    Permission.READ_TABLE,
    "",
)
screens.SCREENS = (*screens.SCREENS, _EMPTY)
screens.BY_KEY[_EMPTY.key] = _EMPTY

__all__ = ["app"]
