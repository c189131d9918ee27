"""Short phrases about reviews under way; words only, nothing is drawn here."""

from coalition.domain.deliberation.clearances import Clearance
from coalition.ui import safe
from coalition.ui.entry import Entry
from coalition.words import moments, t


def ours(one: Clearance, here: Entry) -> str:
    """Return what one's own organisation said of its review, for Markdown."""
    return safe.md(told(one, here.table.zone))


def told(one: Clearance, zone: str) -> str:
    """Return until when an organisation reviews, and its note, as plain text."""
    until = moments.when(one.until, zone)
    if one.note:
        return t("In clearance until {when}: {note}", when=until, note=one.note)
    return t("In clearance until {when}", when=until)
