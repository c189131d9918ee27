"""The words of the discussion: refusals, and codes."""

from coalition.words.speech import mark, t

REFUSALS = {
    "comment.not_found": mark("We found no such comment here."),
    "comment.not_yours": mark("Only who wrote a comment can change it. Nothing was changed."),
    "comment.gone": mark(
        "This comment was removed, so nothing more can be said to it. Nothing was changed."
    ),
    "comment.audience": mark(
        "Only conveners can write what only conveners read. Nothing was kept."
    ),
    "comment.draft": mark(
        "{reference} is still a draft. The table discusses it once it is submitted. "
        "Nothing was kept."
    ),
    "mention.gone": mark(
        "{field}: somebody there does not take part any more, so nobody would be told. "
        "Nothing was kept yet. Take them out, then send it again."
    ),
    "mention.cannot_read": mark(
        "{field}: only conveners read this note, so only they can be mentioned. "
        "Nothing was kept yet."
    ),
    "mention.too_many": mark("{field}: at most {limit}, please. Nothing was kept yet."),
}
AUDIENCES = {
    "table": mark("Everybody at the table"),
    "conveners": mark("Conveners only"),
}
REACTIONS = {
    "agree": mark("Agree"),
    "thanks": mark("Thanks"),
    "question": mark("Question"),
}


def audience(code: str) -> str:
    """Return who may read a thread."""
    return t(AUDIENCES[code])


def reaction(code: str) -> str:
    """Return the word for a reaction."""
    return t(REACTIONS[code])
