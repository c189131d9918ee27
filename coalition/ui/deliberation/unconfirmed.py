"""Answers that their organisations have not confirmed: how they are told apart."""

from coalition.domain.deliberation.counts import Count, Given
from coalition.domain.deliberation.rounds import COUNTS, Terms
from coalition.words import t, tn


def beside(given: Given | None) -> str:
    """Return what stands beside an answer that is not confirmed; "" for one that is."""
    if given is None or given.is_confirmed:
        return ""
    told = []
    if given.carried:
        told.append(t("given on version {n}", n=given.version))
    if given.recorded:
        told.append(t("recorded by a convener"))
    return t("{how}, not confirmed", how=", ".join(told))


def sentence(count: Count | None, terms: Terms) -> str:
    """Return how many answers are not confirmed and whether they count; "" where all are."""
    if count is None:
        return ""
    told = []
    if count.carried:
        said = tn(
            "{n} answer was given on an earlier text and is carried",
            "{n} answers were given on an earlier text and are carried",
            count.carried,
        )
        told.append(f"{said}: {_counts(terms.unconfirmed)}.")
    if count.recorded:
        said = tn(
            "{n} answer was recorded by a convener",
            "{n} answers were recorded by a convener",
            count.recorded,
        )
        told.append(f"{said}: {_counts(terms.recorded)}.")
    if told:
        told.insert(
            0, tn("{n} answer is confirmed.", "{n} answers are confirmed.", count.confirmed)
        )
    return " ".join(told)


def _counts(term: str) -> str:
    if term == COUNTS:
        return t("by this round's terms they count until confirmed")
    return t("by this round's terms they count only once confirmed")
