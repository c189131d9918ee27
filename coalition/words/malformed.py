"""What is wrong with a rule, a case or a measure given as data, in one line."""

from coalition.domain.deliberation.fields import Malformed
from coalition.words.speech import mark, t

FINDINGS = {
    "missing": mark("is missing"),
    "unknown": mark("is not a name that belongs here"),
    "object": mark("must be an object"),
    "list": mark("must be a list"),
    "integer": mark("must be a whole number"),
    "flag": mark("must be true or false"),
    "stance": mark("must hold names of stances only"),
    "twice": mark("names a stance twice"),
    "negative": mark("must be 0 or more"),
    "positive": mark("must be 1 or more"),
    "too_large": mark("is too large a number"),
    "above_one": mark("must not be above den: no share is more than the whole"),
    "above_roll": mark("are more than the organisations eligible"),
    "above_objections": mark("is more than the objections"),
    "of": mark('must be "base", "roll" or a list of stances'),
    "either": mark("must be a share or a number, not both"),
    "empty": mark("must not be empty"),
    "repeated": mark("stands twice in one object"),
    "four": mark("must hold four numbers, from object to support"),
    "above_seen": mark("must not be above seen"),
    "id": mark("must be text, a whole number or null"),
}


def malformed(error: Malformed) -> str:
    """Return where the fault is and what it is, on one line."""
    return f"{error.field}: {t(FINDINGS[error.finding])}"
