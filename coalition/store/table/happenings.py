"""What every part of a timeline has in common: its columns, and what it is bound to.

A part is one narrow select along an index. Parts are bound to ``ABOUT`` (the proposal),
``NOW``, ``OWN`` (the reader's organisation, or 0) and ``DARK`` (the rounds whose stances
the reader may not see): what tells of an answer in one of those is there for its own
organisation alone.
"""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
)

from coalition.domain.table.timelines import What
from coalition.store.schema import UtcDateTime, audit_entry
from coalition.store.schema import consensus_round as rounds

ABOUT: BindParameter[int] = bindparam("proposal_id")
NOW = bindparam("now", type_=UtcDateTime)
OWN: BindParameter[int] = bindparam("own")
DARK: BindParameter[int] = bindparam("dark", expanding=True)
OURS = rounds.c.proposal_id == ABOUT
_NUMBER = cast(null(), Integer)
_EMPTY: ColumnElement[str] = literal_column("''")
_BLANK: dict[str, ColumnElement[Any]] = {  # what a part says where it has nothing to say
    "organisation_id": _NUMBER,
    "account_id": _NUMBER,
    "round_id": _NUMBER,
    "version_id": _NUMBER,
    "other_id": _NUMBER,  # of a round
    "until": cast(null(), UtcDateTime),
    "code": _EMPTY,
    "words": _EMPTY,
}
_ACTOR = "account:"  # what the label of a person in the audit trail begins with


def told(what: What | ColumnElement[str], **columns: ColumnElement[Any]) -> Select[Any]:
    """Return a part's columns; ``at`` and ``item`` must be among those given."""
    said = literal_column(f"'{what}'") if isinstance(what, What) else what
    shown = {"at": columns.pop("at"), "item": columns.pop("item"), **(_BLANK | columns)}
    return select(said.label("what"), *(one.label(name) for name, one in shown.items()))


def after(prefix: str, column: ColumnElement[str]) -> ColumnElement[str]:
    """Return a code or number behind a prefix."""
    return literal_column(f"'{prefix}'", String).concat(column)


def beside(table: FromClause) -> FromClause:
    """Return rounds beside the rows that a table has for each."""
    return rounds.join(table, table.c.round_id == rounds.c.id)


def may_see(organisation_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Say whether what an organisation said in a round is for the reader."""
    return or_(rounds.c.id.not_in(DARK), organisation_id == OWN)


def by_the_trail(subject: ColumnElement[str], action: str) -> dict[str, ColumnElement[Any]]:
    """Return who did something and when, as the audit trail has it; the table keeps neither."""
    done = and_(audit_entry.c.subject == subject, audit_entry.c.action == action)
    found = select(audit_entry.c.at, audit_entry.c.actor).where(done)
    newest = found.order_by(audit_entry.c.seq.desc()).limit(1)
    actor = newest.with_only_columns(audit_entry.c.actor).scalar_subquery()
    number = cast(func.substr(actor, len(_ACTOR) + 1), Integer)
    return {
        "at": newest.with_only_columns(audit_entry.c.at).scalar_subquery(),
        "account_id": case((actor.startswith(_ACTOR), number)),
    }
