"""Every refusal has one name of its own, and words."""

import importlib
import pkgutil
from collections import Counter

import coalition
from coalition.domain.ground import errors
from coalition.words import refusals

KINDS = {kind for kind in vars(errors).values() if isinstance(kind, type)}
BELOW_THE_WINDOWS = ("coalition.domain", "coalition.store", "coalition.services", "coalition.words")


def concrete() -> set[type[errors.CoalitionError]]:
    """Import the floors that refuse and return the errors that are not mere kinds."""
    for module in pkgutil.walk_packages(coalition.__path__, "coalition."):
        if module.name.startswith(BELOW_THE_WINDOWS) and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found, waiting = set(), [errors.CoalitionError]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting.extend(kind.__subclasses__())
    return {error for error in found - KINDS if error.__module__.startswith("coalition.")}


def test_every_refusal_has_words() -> None:
    wordless = sorted(
        f"{error.__module__}.{error.__qualname__}: {error.code}"
        for error in concrete()
        if error.code not in refusals.SENTENCES
    )

    assert not wordless, "\n".join(wordless)


def test_no_two_refusals_share_a_code() -> None:
    counted = Counter(error.code for error in concrete())

    assert not [code for code, times in counted.items() if times > 1]


def test_no_words_wait_for_a_refusal_that_is_gone() -> None:
    assert not sorted(set(refusals.SENTENCES) - {error.code for error in concrete()})
