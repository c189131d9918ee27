"""How long things took: the median of several spells, in days."""

from collections.abc import Iterable
from datetime import timedelta
from statistics import median

DAY = timedelta(days=1)


def median_days(spells: Iterable[timedelta]) -> float | None:
    """Return the median of several spells.

    One that ended before it began, as a file may say of what it brought in, took no time.

    Unit: days, to a tenth. None where there is none.
    """
    told = [max(one, timedelta(0)) / DAY for one in spells]
    return round(median(told), 1) if told else None
