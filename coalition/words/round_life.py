"""The words of a round's life: reviews, the roll after the opening, recorded positions, sequels."""

from coalition.words.speech import mark, t

CHANNELS = {
    "phone": mark("By phone"),
    "mail": mark("By e-mail"),
    "letter": mark("By letter"),
    "meeting": mark("In a meeting"),
}
ROLL_CHANGES = {
    "added": mark("Add an organisation"),
    "removed": mark("Take an organisation off"),
}
FOLLOWS = {
    "second_round": mark("Second round on the same text, after an objection"),
    "new_text": mark("A new text, after an objection to the one before"),
    "fallback": mark("Fallback after no decision"),
    "after_block": mark("Another round, after an objection blocked it"),
    "after_refusal": mark("Another round, after it was not adopted"),
    "after_check": mark("A consensus call, after a temperature check"),
    "after_cancellation": mark("Another round, after one that was cancelled"),
}
NEXT = {
    "second_round": mark(
        "Next: try to resolve the objection. Put the same text a second time, and the rule says "
        "whether it can be adopted over the objection. A text that was changed begins anew."
    ),
    "fallback": mark(
        "Next: a fallback round. Ask those not heard from first, or choose another rule."
    ),
    "after_block": mark(
        "Next: resolve the objection, as a rule by a changed text, then put it to the table again."
    ),
    "after_refusal": mark(
        "Next: ask what would help. A temperature check on a changed text costs little."
    ),
    "after_check": mark("Next: a consensus call, if the opinions are for it."),
    "after_cancellation": mark(
        "Next: open a new round once its reason is dealt with. A round that ended never reopens."
    ),
}
REFUSALS: dict[str, str] = {
    "proposal.ballots_stand": mark(
        "A round is running on {reference}, and organisations may have answered. Nothing was "
        "withdrawn. Say why, and tick that they are to be told."
    ),
    "clearance.already_answered": mark(
        "Your organisation has answered, so there is nothing left to review. Its answer stands."
    ),
    "clearance.date_missing": mark("{field}: please choose a day and an hour."),
    "clearance.date_past": mark("{field}: this time has passed. Please choose a later one."),
    "clearance.after_close": mark(
        "{field}: the round closes before that, and a review does not move the close. "
        "Please choose an earlier time."
    ),
    "roll.may_not_vote": mark(
        "This organisation has no vote at the table now, so it cannot be on the roll."
    ),
    "roll.has_answered": mark("Its answer stands in this round, so it stays on the roll."),
    "roll.last": mark("It is the only one on the roll. Cancel the round instead."),
    "roll.change_missing": mark("Please choose what to do and with whom. Nothing was changed."),
    "recording.organisation_missing": mark("{field}: please choose one. Nothing was recorded."),
    "recording.channel_missing": mark("{field}: please choose one. Nothing was recorded."),
    "recording.hour_missing": mark("{field}: please give the day and the hour."),
    "recording.said_later": mark("{field}: this time has not come yet. Nothing was recorded."),
    "recording.said_before": mark(
        "{field}: the round was not open then, so it was not about this round. Nothing was "
        "recorded. Please ask the organisation again."
    ),
    "recording.earlier_text": mark(
        "{field}: the text was changed after that. Nothing was recorded. Please ask the "
        "organisation about version {version}."
    ),
    "recording.seat_answered": mark(
        "The organisation has answered itself. Nothing was recorded: only it can change that."
    ),
    "recording.meanwhile": mark(
        "Another position was recorded for this organisation since you opened the page. Nothing "
        "was replaced. Look at it, then send yours again."
    ),
    "recording.evidence_missing": mark("There is no such file, or it is not yours to read."),
    "attachment.empty": mark("{field}: this file is empty. Nothing was recorded."),
    "attachment.too_large": mark(
        "{field}: this file is larger than {most} MB. Nothing was recorded."
    ),
    "attachment.unknown": mark(
        "{field}: this is no PDF, PNG, JPEG, plain text (.txt) or e-mail (.eml). "
        "Nothing was recorded."
    ),
    "attachment.misnamed": mark(
        "{field}: what is in {name} is not what its name says. Nothing was recorded."
    ),
}


def channel(code: str) -> str:
    """Return how a position was given."""
    return t(CHANNELS[code])


def roll_change(code: str) -> str:
    """Return what to do with the roll."""
    return t(ROLL_CHANGES[code])


def follows(code: str) -> str:
    """Return how a round comes after an earlier one."""
    return t(FOLLOWS[code])


def next_round(code: str) -> str:
    """Return what to do after a round ended; "" where nothing is to be said."""
    return t(NEXT.get(code, ""))
