"""What is done before anybody comes, so that the first to open a screen need not wait for it."""

import gc
import logging
import pkgutil
from importlib import import_module

from coalition import ui

_SCRIPT = f"{ui.__name__}.script"  # runs when it is loaded


def warm() -> None:
    """Load every screen's code, and let the collector of garbage pass over all of it for good.

    What is loaded here stays while the process lives. Looked through again and again it took
    a tenth of a second each time, while somebody waited for a page.
    """
    logging.disable(logging.WARNING)  # a library looks for a visitor while it is loaded
    for module in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        if module.name != _SCRIPT:
            import_module(module.name)
    logging.disable(logging.NOTSET)
    gc.collect()
    gc.freeze()
