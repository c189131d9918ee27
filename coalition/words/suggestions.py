"""The words of suggested changes: refusals, and codes."""

from coalition.words.speech import mark, t

REFUSALS = {
    "suggestion.not_found": mark("We found no such suggestion."),
    "suggestion.part_missing": mark("{field}: please choose one. Nothing was sent yet."),
    "suggestion.same_words": mark("{field}: these are the words that stand there already."),
    "suggestion.answer_missing": mark("{field}: please choose one. Nothing was recorded yet."),
    "suggestion.somebody_answered": mark(
        "Somebody answered this suggestion since you opened the page. Nothing was changed. "
        "Read that answer, then send yours again if you want to replace it."
    ),
    "suggestion.answer_stands": mark(
        "This suggestion is withdrawn, in the text or a proposal of its own, so its answer stays."
    ),
    "suggestion.not_yours": mark("Only the person who made this suggestion can do this."),
    "suggestion.answered": mark(
        "This suggestion has an answer, so it can no longer be withdrawn. Nothing was changed."
    ),
    "suggestion.not_declined": mark(
        "Only a declined suggestion can become a proposal of its own. Nothing was changed."
    ),
    "suggestion.not_waiting": mark(
        "The suggestion of {by} is not accepted, or is in the text already. No version was made."
    ),
    "suggestion.not_in_text": mark(
        "{field}: it does not say what was agreed on with {by}. Put those words in, or take the "
        "tick from that suggestion. No version was made."
    ),
}
STATES = {
    "open": mark("Open"),
    "accepted": mark("Accepted"),
    "in_part": mark("Accepted in part"),
    "declined": mark("Declined"),
    "withdrawn": mark("Withdrawn by its author"),
}
FIELDS = {"ask": mark("The ask, in one line"), "body": mark("The text, word for word")}


def state(code: str) -> str:
    """Return the word for what became of a suggestion."""
    return t(STATES[code])


def field(code: str) -> str:
    """Return the name of a part of a text version."""
    return t(FIELDS[code])
