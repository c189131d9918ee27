"""The words of organisations, seats and inquiries: refusals, and codes."""

from coalition.words.speech import mark, t

REFUSALS = {
    "organisation.not_found": mark("We found no such organisation."),
    "organisation.name_taken": mark(
        "An organisation at this table has the name {name}, or had it. Nothing was changed."
    ),
    "organisation.unfinished": mark("{field}: please choose one."),
    "organisation.website": mark(
        "{field}: {website} is not an address of the web, such as example.org."
    ),
    "organisation.too_many": mark("{field}: at most {limit}, please."),
    "organisation.convener_votes": mark(
        "{field}: whoever convenes the table holds no vote at it. Nothing was changed."
    ),
    "organisation.no_seat": mark(
        "You hold no current seat, so you cannot change what is said here. Nothing was changed."
    ),
    "departure.left_already": mark("This organisation has left already. Nothing was changed."),
    "departure.unsaid": mark(
        "That an organisation leaves needs a reason and ends its seat. Nothing was changed. "
        "Please use the form for leaving."
    ),
    "departure.successor": mark(
        "{field}: please choose another organisation that is active. Nothing was changed."
    ),
    "interest.not_found": mark("Your organisation has declared no such interest."),
    "interest.no_seat": mark(
        "You hold no current seat, so you cannot declare an interest. Nothing was changed."
    ),
    "interest.dates": mark("{field}: the last day cannot come before the first."),
    "interest.pillars": mark("{field}: please choose at least one."),
    "absence.end_missing": mark(
        "{field}: please choose a day. An absence has an end. Nothing was changed."
    ),
    "absence.dates": mark(
        "{field}: it cannot come before the first day, lie in the past, or be more than a year "
        "off. Nothing was changed."
    ),
    "absence.overlaps": mark(
        "You said already that you are away in that time. Say first that you are back. Nothing "
        "was changed."
    ),
    "absence.not_found": mark("You are not away, or it has ended. Nothing was changed."),
    "seat.not_found": mark("We found no such seat."),
    "seat.ended": mark("This seat has ended already."),
    "seat.holder_unfit": mark(
        "Only an active account with the role of a member can hold a seat. Conveners, "
        "administrators and observers hold none. Nothing was changed."
    ),
    "seat.holder_seated": mark(
        "This person holds a seat in that time already. End that one first. Nothing was changed."
    ),
    "seat.rank_taken": mark(
        "Somebody holds this place in that time. End their time first, or appoint an alternate. "
        "Nothing was changed."
    ),
    "seat.rank": mark("{field}: a seat has one delegate and at most {limit} alternates."),
    "seat.dates": mark("{field}: the end must come after the beginning."),
    "seat.backdated": mark("{field}: this time has passed. Please choose a later one."),
    "seat.moved": mark(
        "Somebody changed this seat since you opened the page. Nothing was changed. "
        "Please look again."
    ),
    "inquiry.choice_missing": mark("{field}: please choose one."),
    "inquiry.consent_missing": mark(
        "{field}: we can only keep and answer your inquiry if you agree."
    ),
    "inquiry.faulty": mark("Nothing was sent yet. Please look at the fields named here again."),
    "inquiry.unknown": mark(
        "We found no inquiry with this code and this e-mail address. Please check both; "
        "inquiries are erased some time after they are closed."
    ),
    "inquiry.not_found": mark("We found no such inquiry."),
    "inquiry.closed": mark("This inquiry is closed. Open it again first. Nothing was changed."),
    "inquiry.erased": mark("The words and the address of this inquiry are erased."),
    "inquiry.move": mark(
        "This does not follow the present state, which somebody may just have changed. "
        "Nothing was changed. Please look again."
    ),
}
KINDS = {
    "patient_member": mark("Patient organisation"),
    "supporting_organization": mark("Supporting organisation"),
    "convener": mark("Convener"),
}
SIZES = {
    "small": mark("Small: up to 9 paid staff"),
    "medium": mark("Medium: 10 to 49 paid staff"),
    "large": mark("Large: 50 or more paid staff"),
}
REGIONS = {
    "national": mark("National"),
    "northeast": mark("Northeast"),
    "midwest": mark("Midwest"),
    "south": mark("South"),
    "west": mark("West"),
}
STANDINGS = {
    "active": mark("Active"),
    "paused": mark("Paused"),
    "left": mark("Has left"),
}
TOPICS = {
    "join": mark("Joining the table"),
    "proposal": mark("A proposal or a position"),
    "partnership": mark("Working together"),
    "press": mark("Press"),
    "other": mark("Something else"),
}
STATES = {
    "new": mark("New"),
    "assigned": mark("Being looked at"),
    "answered": mark("Answered"),
    "closed": mark("Closed"),
}
NEXT_STEPS = {
    "new": mark("A convener reads it and takes it on."),
    "assigned": mark("A convener has taken it on and writes the answer."),
    "answered": mark("Read the answer below. To go on from there, send another inquiry."),
    "closed": mark("Nothing more will happen here. You may send another inquiry."),
}
MOVES = {
    "new": mark("Hand it back as new"),
    "assigned": mark("Open it again"),
    "closed": mark("Close it"),
}
NOTE_KINDS = {"note": mark("Note, for conveners only"), "answer": mark("Answer to the applicant")}


def kind(code: str) -> str:
    """Return the class of an organisation."""
    return t(KINDS[code])


def size(code: str) -> str:
    """Return how large an organisation is."""
    return t(SIZES[code])


def region(code: str) -> str:
    """Return where an organisation works."""
    return t(REGIONS[code])


def standing(code: str) -> str:
    """Return whether an organisation takes part."""
    return t(STANDINGS[code])


def topic(code: str) -> str:
    """Return what an inquiry is about."""
    return t(TOPICS[code])


def state(code: str) -> str:
    """Return how far an inquiry has come."""
    return t(STATES[code])


def next_step(code: str) -> str:
    """Return what happens next to an inquiry, as its sender is told."""
    return t(NEXT_STEPS[code])


def move(code: str, *, closed: bool) -> str:
    """Return what a button says that sets this state; from closed each opens it again."""
    return t(MOVES["assigned"] if closed else MOVES[code])


def note_kind(code: str) -> str:
    """Return who reads what was written at an inquiry."""
    return t(NOTE_KINDS[code])
