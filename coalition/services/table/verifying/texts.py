"""Every text version against the hash it was given and the entry it was given in."""

from collections.abc import Iterable, Iterator

from coalition.domain.deliberation.proposals import content_hash
from coalition.domain.table.findings import Finding
from coalition.services.table.verifying.chain import Told, Written
from coalition.store.table.history import KeptText


def check(kept: Iterable[KeptText], told: Told) -> list[Finding]:
    """Return what is wrong with the texts, and which the chain knows and are gone."""
    findings: list[Finding] = []
    awaited = {(one, n): text for one, texts in told.texts.items() for n, text in texts.items()}
    contests = {(one, n) for one, numbers in told.contests.items() for n in numbers}
    for one in kept:
        key = (one.proposal_id, one.number)
        findings += _faults(one, awaited.pop(key, None), is_contested=key in contests)
    gone = (f"proposal:{proposal} version:{number}" for proposal, number in awaited)
    return [*findings, *(Finding("text.gone", where) for where in gone)]


def _faults(one: KeptText, told: Written | None, *, is_contested: bool) -> Iterator[Finding]:
    where = f"proposal:{one.proposal_id} version:{one.number}"
    if content_hash(one.title, one.ask, one.body) != one.content_hash:
        yield Finding("text.hash", where)
    if told is None:
        yield Finding("text.untold", where)
        return
    if told.digest != one.content_hash:
        yield Finding("text.entry", where)
    if (told.mark, told.round_id) != (one.mark, one.round_id):
        yield Finding("text.mark", where)
    if is_contested != one.is_contested:
        yield Finding("text.contest", where)
