"""Where the proposals are between draft and decision: a table of stages by pillars, and bars."""

import pandas as pd

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.ground.pillars import Pillar
from coalition.domain.insight.wishes import Wish
from coalition.services.insight import pipeline
from coalition.services.insight.pipeline import Pipeline
from coalition.ui import parts
from coalition.ui.charts import counts as picture
from coalition.ui.charts.counts import Block
from coalition.ui.charts.marks import Spec
from coalition.ui.entry import Entry
from coalition.ui.insight import exhibit, shared
from coalition.words import codes, t, tn


def draw(here: Entry, wish: Wish) -> None:
    """Draw how many proposals are in each stage, by pillar, and how long each stage takes."""
    found = shared.ask(pipeline.pipeline, here, wish)
    pillars = [one for one in Pillar if not wish.pillars or one in wish.pillars]
    exhibit.exhibit(
        t("Where are the proposals on their way?"),
        answer(found),
        frame(found, pillars),
        name="pipeline",
        chart=_chart(found, pillars) if found.all else None,
    )


def answer(found: Pipeline) -> str:
    """Return how many proposals are in each stage, and how long a stage takes."""
    if not found.all:
        return t("There is no proposal here yet.")
    stages = [f"{codes.stage(one).lower()} {n}" for one in Stage if (n := found.total(one))]
    told = tn(
        "{n} proposal: {stages}.",
        "{n} proposals: {stages}.",
        found.all,
        stages=", ".join(stages),
    )
    return f"{told} {_days(found)}"


def _days(found: Pipeline) -> str:
    if not any(n is not None for n in found.days.values()):
        return t("No round has closed yet, so how long a stage takes is not known.")
    told = tn(
        "Median days, by {n} round that closed last: {days}.",
        "Median days, by the {n} rounds that closed last: {days}.",
        found.rounds,
        days=_medians(found, Stage.OPEN),
    )
    if before := _medians(found, Stage.DRAFT, Stage.SUBMITTED):
        told += " " + tn(
            "Before the first round, by {n} proposal they were about: {days}.",
            "Before the first round, by the {n} proposals they were about: {days}.",
            found.proposals,
            days=before,
        )
    return told


def _medians(found: Pipeline, *stages: Stage) -> str:
    days = [(one, found.days.get(one)) for one in stages]
    return ", ".join(f"{codes.stage(one).lower()} {n:g}" for one, n in days if n is not None)


def frame(found: Pipeline, pillars: list[Pillar]) -> pd.DataFrame:
    """Return stages down, pillars across: counts, then their sum and the median days."""
    headings = [t("Stage"), *(codes.pillar(one) for one in pillars), t("All"), t("Median days")]
    rows = [
        [
            codes.stage(stage),
            *(found.counts.get((stage, one), 0) for one in pillars),
            found.total(stage),
            "–" if (days := found.days.get(stage)) is None else f"{days:g}",
        ]
        for stage in Stage
    ]
    return pd.DataFrame(rows, columns=headings)


def _chart(found: Pipeline, pillars: list[Pillar]) -> Spec:
    blocks = [
        Block(
            f"{codes.stage(stage)}: {found.total(stage)}",
            tuple((codes.pillar(one), found.counts.get((stage, one), 0)) for one in pillars),
        )
        for stage in Stage
    ]
    return picture.counts(blocks, dark=parts.is_dark())
