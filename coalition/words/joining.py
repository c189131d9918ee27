"""The words of joining: refusals, stages, endings."""

from coalition.words.speech import mark, t

REFUSALS = {
    "application.not_joining": mark(
        "Only an inquiry about joining the table becomes an application. Nothing was changed."
    ),
    "application.not_found": mark("This inquiry has not become an application."),
    "application.there": mark(
        "This inquiry is an application already; somebody was first. Nothing was changed. "
        "Please look again."
    ),
    "application.ended": mark("This application is decided or withdrawn. Nothing was changed."),
    "application.moved": mark(
        "Somebody moved this application since you opened the page. Nothing was changed. "
        "Please look again."
    ),
    "application.stage": mark("{field}: please choose one."),
    "application.owner_missing": mark("{field}: please choose one."),
    "application.day_missing": mark("{field}: please choose a day."),
    "application.day_passed": mark("{field}: this day has passed. Please choose a later one."),
}
STAGES = {
    "inquiry": mark("Inquiry"),
    "conversation": mark("Conversation"),
    "application": mark("Application"),
    "decision": mark("Decision"),
    "onboarding": mark("First steps"),
}
ENDINGS = {
    "accepted": mark("Accepted"),
    "refused": mark("Not accepted"),
    "withdrawn": mark("Withdrawn by the applicant"),
    "lapsed": mark("Ended without a decision"),
}


def stage(code: str) -> str:
    """Return how far an application has come."""
    return t(STAGES[code])


def ending(code: str) -> str:
    """Return what became of an application."""
    return t(ENDINGS[code])
