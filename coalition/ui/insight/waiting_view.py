"""Who has not answered all that waits for them: for help, not for shame."""

import pandas as pd

from coalition.domain.insight.wishes import Wish
from coalition.services.insight import waiting
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.words import t, tn


def draw(here: Entry, wish: Wish) -> None:
    """Draw the organisations that have something to answer, those to call for most first."""
    found = shared.ask(waiting.waiting, here, wish)
    told = (
        tn(
            "{n} organisation has something to answer.",
            "{n} organisations have something to answer.",
            len(found),
        )
        if found
        else t("No open round waits for an answer.")
    )
    headings = [t("Organisation"), t("Waiting"), t("In clearance"), t("Rounds on its roll")]
    rows = [(one.organisation, one.waiting, one.reviewing, one.on_rolls) for one in found]
    exhibit.exhibit(
        t("Who has not answered yet?"),
        told,
        pd.DataFrame(rows, columns=headings),
        name="participation",
    )
