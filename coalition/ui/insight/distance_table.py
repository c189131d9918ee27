"""How far each round is from adoption as a table: what a card says, a row a round."""

from collections.abc import Mapping, Sequence

import pandas as pd

from coalition.domain.deliberation.rounds import RoundId
from coalition.services.insight import cells
from coalition.services.insight.distance import Line
from coalition.ui import frames, palette
from coalition.ui.deliberation import distances
from coalition.ui.entry import Entry
from coalition.words import t

UNTOLD = "–"


def frame(lines: Sequence[Line], notes: Mapping[RoundId, str], here: Entry) -> pd.DataFrame:
    """Return rounds as a table, in the order given.

    Columns: reference, title, how it would end or ended, its distance, when it closes, how many
    to call, whose boards review it; then one for each stance, the supports needed, and what was
    said of it since the close. A dash where something may not be known or there is none.
    """
    spoken = frames.words()
    headings = [
        t("Proposal"),
        t("Title"),
        t("Result"),
        t("Distance to adoption"),
        t("Closes"),
        t("To call"),
        t("In clearance"),
        *(spoken[code] for code in palette.ORDER),
        t("Support needed"),
        t("Since the close"),
    ]
    return pd.DataFrame([_row(one, notes, here) for one in lines], columns=headings)


def _row(line: Line, notes: Mapping[RoundId, str], here: Entry) -> list[str]:
    one = line.standing
    tally = distances.counts(one)
    needed = distances.needed(one.verdict) if one.verdict else None
    return [
        line.proposal.reference,
        line.proposal.text.title,
        cells.outcome(one),
        cells.distance(one),
        cells.closing(one.round, here.table),
        str(line.calls or UNTOLD),
        ", ".join(line.reviewing) or UNTOLD,
        *(str(tally.get(code, 0)) if tally else UNTOLD for code in palette.ORDER),
        UNTOLD if needed is None else str(needed),
        notes.get(one.round.id, "") or UNTOLD,
    ]
