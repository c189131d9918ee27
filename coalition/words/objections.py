"""The words of versions, passages and objections: refusals, and codes."""

from coalition.words.speech import mark, t

REFUSALS = {
    "version.moved": mark(
        "Somebody made version {version} since you opened this. Nothing was changed, and what "
        "you wrote is still here. Read what changed, then send it again."
    ),
    "version.nothing_changed": mark("The text says the same, word for word. No version was made."),
    "version.mark_missing": mark("{field}: please choose one. Nothing was sent yet."),
    "version.too_late": mark(
        "Fewer than {hours} hours are left, too few for the others to answer a change. Nothing "
        "was changed. A convener can extend the round first."
    ),
    "version.just_changed": mark(
        "The text changed less than {hours} hours ago, and the others can still answer that. "
        "Nothing was changed. Close the round once those hours have passed."
    ),
    "version.settled": mark("This text is not before the table, so it stays as it is."),
    "version.not_editorial": mark("Only a change marked editorial can be contested."),
    "version.contest_over": mark(
        "The {hours} hours in which this mark could be contested have passed. Nothing was changed."
    ),
    "passage.gone": mark(
        "{field}: the text does not say this. Copy the words from the text as it is now."
    ),
    "passage.ambiguous": mark(
        "{field}: the text says this more than once. Copy a few more words before or after it."
    ),
    "objection.not_found": mark("We found no such objection."),
    "objection.severity_missing": mark("{field}: please choose one. Nothing was sent yet."),
    "objection.is_a_ballot": mark(
        "While this round runs, a change that must be made is your ballot. Record the stance "
        "“Object”; it opens this objection by itself. Nothing was recorded yet."
    ),
    "objection.ballot_stands": mark(
        "Your ballot in the open round still objects. Change your stance, and the objection is "
        "resolved with it. Nothing was changed."
    ),
    "objection.not_yours": mark("Only the organisation that objects can do this."),
    "objection.resolved": mark("This objection is resolved already. Nothing was changed."),
    "objection.no_newer_version": mark(
        "There is no version newer than the one you objected to. Nothing was changed."
    ),
    "round.concerns_open": mark(
        "An objection that must be met is unresolved, so this last call can neither begin nor "
        "end. Nothing was changed."
    ),
    "round.last_call_hidden": mark(
        "{field}: a last call shows objections as they come, so its results cannot be hidden."
    ),
    "ballot.nothing_to_confirm": mark(
        "Your answer stands on the text in force. There is nothing to confirm."
    ),
}
SEVERITIES = {
    "must": mark("Must change"),
    "should": mark("Should change"),
    "comment": mark("Comment"),
}
SEVERITY_MEANINGS = {
    "must": mark("We cannot agree as long as it says this."),
    "should": mark("We could live with it, and it would be better otherwise."),
    "comment": mark("Something to think about."),
}
STATES = {
    "open": mark("Open"),
    "answered": mark("Answered"),
    "withdrawn": mark("Withdrawn by the objector"),
    "met": mark("Met"),
    "upheld": mark("Upheld"),
    "overridden": mark("Overridden by a second vote"),
}
STATE_MEANINGS = {
    "open": mark("Nobody has answered yet."),
    "answered": mark("It has an answer and still stands."),
    "withdrawn": mark("Who raised it took it back."),
    "met": mark("Who raised it says that a newer version meets it."),
    "upheld": mark("The text did not go forward because of it."),
    "overridden": mark("The rule's second vote adopted the text over it."),
}
MARKS = {
    "first": mark("First text"),
    "editorial": mark("Editorial"),
    "substantive": mark("Changes what is asked"),
}
MARK_MEANINGS = {
    "editorial": mark("Spelling or clearer words. Stances stay as they are."),
    "substantive": mark("Something is asked differently. Who has answered is asked again."),
}


def severity(code: str) -> str:
    """Return the word for how much hangs on an objection."""
    return t(SEVERITIES[code])


def severity_meaning(code: str) -> str:
    """Return what choosing a severity means, in one sentence."""
    return t(SEVERITY_MEANINGS[code])


def state(code: str) -> str:
    """Return the word for what became of an objection."""
    return t(STATES[code])


def state_meaning(code: str) -> str:
    """Return what a state means, in one sentence."""
    return t(STATE_MEANINGS[code])


def version_mark(code: str) -> str:
    """Return the word for what kind of change made a version."""
    return t(MARKS[code])


def mark_meaning(code: str) -> str:
    """Return what marking a change so means, in one sentence."""
    return t(MARK_MEANINGS[code])
