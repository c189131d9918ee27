"""The words of joining: refusals, stages, endings."""

from datetime import timedelta

from coalition.domain.people.promises import ENOUGH, Measured
from coalition.words.speech import mark, t, tn

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
    "application.not_at_decision": mark(
        "An application is decided on at the stage of decision. Move it there first. "
        "Nothing was changed."
    ),
    "admission.delegate_missing": mark("{field}: please name the delegate of the seat."),
    "admission.guest_twice": mark("{field}: two people cannot share one address."),
    "onboarding.not_admitted": mark(
        "This organisation is not accepted, so there are no first steps. Nothing was changed."
    ),
    "onboarding.buddy": mark(
        "{field}: please choose an active member of another organisation, or a convener."
    ),
    "screening.not_found": mark("We found no such item of the checklist."),
    "screening.changed": mark(
        "Somebody changed the checklist since you opened the page. Nothing was changed. "
        "Please look again."
    ),
    "screening.waiver": mark("{field}: please say why it is waived."),
    "screening.unfinished": mark(
        "Required items of the checklist that are neither answered yes nor waived: {n}. "
        "Nothing was changed."
    ),
    "template.not_found": mark("We found no such template; somebody may have dropped it."),
    "template.name_taken": mark("Another template is called {name}. Nothing was changed."),
    "template.place": mark(
        "{field}: in braces only the words name and organisation are filled in, not: {place}"
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
ANSWERS = {"yes": mark("Yes"), "no": mark("No"), "waived": mark("Waived")}
USUAL = (  # what most coalitions ask of an applicant: (question, whether acceptance waits for it)
    (mark("Does its mission fit the coalition's?"), True),
    (mark("Does it work in the whole country?"), True),
    (mark("Has it existed for at least two years?"), False),
    (mark("Has it disclosed its funding and its interests?"), True),
    (mark("Has it accepted the coalition's statement of values?"), True),
)


def answer(code: str) -> str:
    """Return what was found for an item of the checklist."""
    return t(ANSWERS[code])


def stage(code: str) -> str:
    """Return how far an application has come."""
    return t(STAGES[code])


def ending(code: str) -> str:
    """Return what became of an application."""
    return t(ENDINGS[code])


def promise(measured: Measured | None) -> str:
    """Return how the promise of an answer was kept within the last year."""
    if measured is None:
        return t(
            "How well we keep this is not measured yet: fewer than {n} inquiries were answered "
            "within the last year.",
            n=ENOUGH,
        )
    return t(
        "Within the last year {answered} inquiries were answered. Half of the first answers "
        "took {time} or less; {share} of 100 came in time.",
        answered=measured.answered,
        time=_working(measured.typical),
        share=measured.share,
    )


def _working(span: timedelta) -> str:
    """Return a working time in whole hours or days, rounded up: never told too well."""
    hours = max(-(-span // timedelta(hours=1)), 1)
    if hours < 24:  # noqa: PLR2004 (hours of a day)
        return tn("{n} working hour", "{n} working hours", hours)
    return tn("{n} working day", "{n} working days", -(-hours // 24))
