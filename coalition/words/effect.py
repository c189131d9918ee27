"""Words about what follows a decision: refusals, and the names of its parts."""

from coalition.words.speech import mark, t

LESSON_STATES = {
    "draft": mark("Draft, for the table alone"),
    "public": mark("Public"),
    "withdrawn": mark("Taken back, for the table alone"),
}

REFUSALS = {
    "dissent.nothing_decided": mark(
        "This round has no final decision, so there is nothing to dissent from. "
        "Nothing was recorded."
    ),
    "dissent.nothing_adopted": mark(
        "Nothing was adopted here, so there is no position to leave. Nothing was recorded. "
        "You can attach a minority statement instead."
    ),
    "dissent.outside_the_roll": mark(
        "Your organisation was not on the roll of this round. Nothing was recorded."
    ),
    "dissent.speaker_missing": mark(
        "You hold no current seat of an organisation, so you cannot speak for one here. "
        "Nothing was recorded."
    ),
    "dissent.changed": mark(
        "A colleague has changed this since you opened the page. Nothing was replaced, and your "
        "words are still in the form. Look at what stands now, then send yours again if you "
        "want to replace it."
    ),
    "dissent.nothing_to_take_back": mark(
        "Nothing of your organisation's stands here any more. Nothing was changed."
    ),
    "outcome.too_early": mark(
        "What followed can be stated once the round has closed. Nothing was recorded."
    ),
    "outcome.review_past": mark("{field}: please choose a day that lies ahead."),
    "supersession.successor_missing": mark("{field}: please choose one. Nothing was changed."),
    "supersession.itself": mark("{field}: a decision cannot take its own place."),
    "supersession.not_adopted": mark(
        "Only an adopted decision can take another's place, and only an adopted one's. "
        "Nothing was changed."
    ),
    "supersession.not_newer": mark(
        "The other decision is the older of the two, so it cannot take this one's place. "
        "Nothing was changed."
    ),
    "supersession.already": mark(
        "Another decision has taken this one's place already. Nothing was changed."
    ),
    "lesson.not_found": mark("We found no such lesson, or it is not public. Nothing was changed."),
    "lesson.not_yours": mark(
        "Another organisation wrote this lesson. Nothing was changed. A convener can change it."
    ),
    "lesson.settled": mark(
        "This lesson has been published, so only a convener can change it. Nothing was changed."
    ),
    "lesson.changed": mark(
        "Somebody has changed this lesson since you opened the page. Nothing of theirs was "
        "changed, and what you wrote is kept. Look at what it says now, then press again."
    ),
    "lesson.not_public": mark("The public does not read this lesson. Nothing was changed."),
    "lesson.pillar_missing": mark("{field}: please choose one. Nothing was changed."),
    "lesson.round_unseen": mark(
        "This round has not ended with a result, so there is nothing to learn from it yet. "
        "Nothing was changed, and what you wrote is still in the form."
    ),
    "lesson.result_unpublished": mark(
        "The public may not read the result that this lesson tells of. Nothing was changed. "
        "Publish the result first, or take the decision out of the lesson."
    ),
}


def lesson_state(code: str) -> str:
    """Return how far a lesson has got, and who reads it."""
    return t(LESSON_STATES[code])
