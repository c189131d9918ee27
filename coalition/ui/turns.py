"""Runs take turns: Python works on one at a time whatever we do, and many at once fight for it.

A run that shares the process with a dozen others costs twice the processor of one that is left
alone, and all of them answer late; one after the other, in the order of their coming, the first
answers soon. Nobody waits behind a run that takes long: it is passed by.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

PATIENCE = 2.0  # seconds that one run may keep the others waiting


@dataclass(slots=True)
class Turn:
    """Whether a run has the turn now, or goes on beside the one that has."""

    held: bool


@dataclass(slots=True)
class _Queue:
    """Who waits, in the order of their coming; a turn is handed on, so nobody slips in between."""

    waiting: deque[Event] = field(default_factory=deque)
    since: float | None = None  # when whoever has the turn got it
    guard: Lock = field(default_factory=Lock)

    def take(self) -> bool:
        """Wait for the turn; return whether it came before somebody kept it for too long."""
        with self.guard:
            if self.since is None:
                self.since = monotonic()
                return True
            mine = Event()
            self.waiting.append(mine)
        while not mine.wait(self._left()):
            with self.guard:
                if not mine.is_set() and self._left() <= 0:
                    self.waiting.remove(mine)
                    return False
        return True

    def give(self) -> None:
        """Hand the turn on to whoever has waited longest."""
        with self.guard:
            self.since = monotonic() if self.waiting else None
            if self.waiting:
                self.waiting.popleft().set()

    def _left(self) -> float:
        since = self.since
        return PATIENCE if since is None else max(0.0, since + PATIENCE - monotonic())


_QUEUE = _Queue()
_MINE: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def taken() -> Iterator[Turn]:
    """Wait for the turn, and give it back at the end, however the run ends."""
    mine = Turn(_QUEUE.take())
    mark = _MINE.set(mine)
    try:
        yield mine
    finally:
        _MINE.reset(mark)
        if mine.held:
            _QUEUE.give()


@contextmanager
def aside() -> Iterator[None]:
    """Let others go first while this run does something long that is not Python's, as a hash."""
    mine = _MINE.get()
    if mine is None or not mine.held:
        yield
        return
    mine.held = False
    _QUEUE.give()
    try:
        yield
    finally:
        mine.held = _QUEUE.take()
