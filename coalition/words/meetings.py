"""The words of meetings: refusals, and what calendars are told."""

from coalition.words.speech import mark

REFUSALS = {
    "meeting.not_found": mark("We found no such meeting. It may not be public, or never was."),
    "meeting.unfinished": mark("{field}: please choose one. Nothing was changed."),
    "meeting.hour": mark(
        "{field}: a meeting begins ahead of now and within {days} days. Nothing was changed."
    ),
    "meeting.length": mark("{field}: from {least} to {most} minutes, please. Nothing was changed."),
    "meeting.link": mark(
        "{field}: please give the whole address, from https:// on, without a name before the "
        "host. No other kind of link is taken. Nothing was changed."
    ),
    "meeting.begun": mark(
        "This meeting has begun, so it can be neither changed nor cancelled. Nothing was changed."
    ),
    "meeting.cancelled": mark(
        "This meeting was cancelled. Nothing was changed. You can call another one."
    ),
    "meeting.changed": mark(
        "Somebody changed this meeting while you were writing. Nothing was overwritten, and what "
        "you typed is kept. Look at how it stands now; if you save again, yours takes its place."
    ),
}
