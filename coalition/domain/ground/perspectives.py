"""The six kinds of people whose view a proposal should have heard."""

from collections.abc import Iterable
from enum import StrEnum


class Perspective(StrEnum):
    """Whose view an organisation speaks from, or a proposal records as heard.

    Source: the fourth founding text, "listen actively and broadly".
    """

    PATIENTS = "patients"
    PROVIDERS = "providers"
    RESEARCHERS = "researchers"
    EMPLOYERS = "employers"
    HEALTH_PLANS = "health_plans"
    COMMUNITY_LEADERS = "community_leaders"


def in_order(chosen: Iterable[str]) -> tuple[Perspective, ...]:
    """Return those chosen, each once, in the order above."""
    kept = set(chosen)
    return tuple(one for one in Perspective if one.value in kept) if kept else ()
