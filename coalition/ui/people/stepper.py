"""The way from an inquiry to a seat as one short line, each stage with glyph and word."""

from coalition.domain.people.applications import Ending, Stage, reached
from coalition.words import joining, t

STOPPED = {Ending.REFUSED, Ending.WITHDRAWN, Ending.LAPSED}


def line(stage: Stage, ending: Ending | None = None) -> str:
    """Return the stages in order: done, present, to come; the present one in bold."""
    return " → ".join(_stage(one, stage, ending) for one in Stage)


def _stage(one: Stage, stage: Stage, ending: Ending | None) -> str:
    word = joining.stage(one)
    if reached(one) < reached(stage):
        return f"✓ {t('{stage}, done', stage=word)}"
    if reached(one) > reached(stage):
        return f"○ {word}"
    if ending in STOPPED:
        return f"**✗ {word}: {joining.ending(ending)}**"
    return f"**● {t('{stage}, now', stage=word)}**"
