"""A row of an organisations file as what is said of an organisation."""

from collections.abc import Callable
from typing import TypeVar

from coalition.domain.ground import sheets, text
from coalition.domain.ground.errors import Invalid
from coalition.domain.ground.pillars import Pillar
from coalition.domain.ground.sheets import Reading, Row, SheetRefused
from coalition.domain.people.organisations import (
    SHORT_NAME,
    OrganisationKind,
    Profile,
    website,
)

ID = "org_id"
COLUMN_OF = {  # the column each field of a profile comes from
    "name": "name",
    "short_name": "short_name",
    "kind": "membership_class",
    "votes": "voting_right",
    "pillars": "sample_pillar_interest",
    "conditions": "condition_areas",
    "website": "website_domain",
}
COLUMNS = (ID, *COLUMN_OF.values())  # what else the file holds is passed over
T = TypeVar("T")
_ANSWERS = {"yes": True, "no": False}


def read(data: bytes) -> tuple[Row[Profile], ...]:
    """Return the organisations of a file.

    Raises:
        SheetRefused: with every fault; no row may be stored then.
    """
    rows = sheets.rows(data, COLUMNS, own_id=ID, read=_profile)
    twice = sheets.repeats([(row.line, text.key(row.content.name)) for row in rows], "name")
    if twice:
        raise SheetRefused(twice)
    return rows


def differs_in(before: Profile, after: Profile) -> str:
    """Return the first column in which a row differs from what is at the table, or ""."""
    for field, column in COLUMN_OF.items():
        if getattr(before, field) != getattr(after, field):
            return column
    return ""


def _profile(reading: Reading) -> Profile | None:
    """Return what a row says, or None where it has faults.

    Words of the conditions wholly in parentheses are remarks, and left out.
    """
    line, take = reading.line, reading.take
    kind = take(lambda: line.one_of("membership_class", tuple(OrganisationKind)), "")
    votes = take(lambda: line.one_of("voting_right", tuple(_ANSWERS)), "")
    none: tuple[str, ...] = ()
    pillars = take(lambda: line.several_of("sample_pillar_interest", tuple(Pillar)), none)
    name = take(lambda: text.line(line.required("name"), "name"), "")
    short = take(
        lambda: text.line(line.cells["short_name"], "short_name", limit=SHORT_NAME, required=False),
        "",
    )
    site = take(_in_columns(lambda: website(line.cells["website_domain"])), "")
    if reading.faults:
        return None
    profile = Profile(
        name=name,
        short_name=short,
        kind=OrganisationKind(kind),
        votes=_ANSWERS[votes],
        pillars=tuple(Pillar(word) for word in pillars),
        conditions=tuple(w for w in line.several("condition_areas") if not _is_remark(w)),
        website=site,
    )
    return take(_in_columns(profile.checked), None)


def _in_columns(read: Callable[[], T]) -> Callable[[], T]:
    """Return ``read`` with its refusal naming the column, as whoever made the file knows it."""

    def reading() -> T:
        try:
            return read()
        except Invalid as reason:
            reason.facts["field"] = COLUMN_OF[str(reason.facts["field"])]
            raise

    return reading


def _is_remark(word: str) -> bool:
    return word.startswith("(") and word.endswith(")")
