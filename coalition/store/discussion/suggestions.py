"""Suggested changes: the passage and words, the answer, and what became of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from coalition.domain.deliberation.passages import Field, Passage
from coalition.domain.deliberation.proposals import ProposalId, VersionId
from coalition.domain.discussion.suggestions import (
    TAKEN,
    State,
    Suggestion,
    SuggestionId,
    SuggestionNotFound,
)
from coalition.domain.discussion.wishes import Answer, Wish
from coalition.domain.ground.permissions import AccountId, OrganisationId
from coalition.store.schema import account, organisation, suggestion

_AUTHOR = account.alias("author")
_ANSWERER = account.alias("answerer")
_SELECT = (
    select(
        suggestion,
        organisation.c.name.label("organisation"),
        _AUTHOR.c.name.label("author"),
        _ANSWERER.c.name.label("answerer"),
    )
    .outerjoin(organisation, organisation.c.id == suggestion.c.organisation_id)
    .join(_AUTHOR, _AUTHOR.c.id == suggestion.c.made_by)
    .outerjoin(_ANSWERER, _ANSWERER.c.id == suggestion.c.answered_by)
    .order_by(suggestion.c.id)
)


def add(
    conn: Connection,
    wish: Wish,
    passage: Passage,
    *,
    of: tuple[ProposalId, VersionId],
    by: tuple[AccountId, OrganisationId | None],
    at: datetime,
) -> SuggestionId:
    """Store a new suggestion and return its id.

    Args:
        of: The proposal, and the version the passage is in.
        by: The person, and the organisation they speak for or None.
    """
    added = conn.execute(
        insert(suggestion).returning(suggestion.c.id),
        {
            "proposal_id": of[0],
            "version_id": of[1],
            "organisation_id": by[1],
            "made_by": by[0],
            "field": passage.field,
            "start": passage.start,
            "quote": passage.quote,
            "at": at,
            "wording": wish.wording,
            "reason": wish.reason,
            "state": State.OPEN,
        },
    )
    return SuggestionId(added.scalar_one())


def get(conn: Connection, suggestion_id: SuggestionId) -> Suggestion:
    """Return one suggestion.

    Raises:
        SuggestionNotFound: there is none.
    """
    row = conn.execute(_SELECT.where(suggestion.c.id == suggestion_id)).first()
    if row is None:
        raise SuggestionNotFound
    return _suggestion(row)


def of_proposal(conn: Connection, proposal_id: ProposalId) -> tuple[Suggestion, ...]:
    """Return every suggestion on a proposal, oldest first."""
    rows = conn.execute(_SELECT.where(suggestion.c.proposal_id == proposal_id))
    return tuple(_suggestion(row) for row in rows)


def origin(conn: Connection, proposal_id: ProposalId) -> ProposalId | None:
    """Return the proposal on which a suggestion was made that became this one, or None."""
    query = select(suggestion.c.proposal_id).where(suggestion.c.became_id == proposal_id)
    found = conn.scalar(query)
    return ProposalId(found) if found else None


def answer(
    conn: Connection, suggestion_id: SuggestionId, given: Answer, *, by: AccountId, at: datetime
) -> None:
    """Store the answer to a suggestion, in place of an earlier one."""
    _set(
        conn,
        [suggestion_id],
        state=given.state,
        answer=given.reason,
        agreed=given.agreed,
        answered_by=by,
        answered_at=at,
    )


def withdraw(conn: Connection, suggestion_id: SuggestionId) -> None:
    """Store that its author took a suggestion back."""
    _set(conn, [suggestion_id], state=State.WITHDRAWN)


def mark_applied(conn: Connection, ids: Collection[SuggestionId], version_id: VersionId) -> None:
    """Store that a version says what was agreed on in these suggestions."""
    _set(conn, ids, applied_version_id=version_id)


def mark_became(conn: Connection, suggestion_id: SuggestionId, proposal_id: ProposalId) -> None:
    """Store which proposal a declined suggestion became."""
    _set(conn, [suggestion_id], became_id=proposal_id)


def erase_words_of(conn: Connection, account_id: AccountId, *, at: datetime) -> int:
    """Erase what a person wrote in suggestions and in answers to them; return how many.

    What was not in the text yet is withdrawn, because nothing is left to put there.
    """
    theirs = suggestion.c.made_by == account_id
    alive = or_(
        suggestion.c.state == State.OPEN,
        suggestion.c.state.in_(TAKEN) & suggestion.c.applied_version_id.is_(None),
    )
    conn.execute(update(suggestion).where(theirs, alive).values(state=State.WITHDRAWN))
    made = conn.execute(
        update(suggestion)
        .where(theirs, suggestion.c.erased_at.is_(None))
        .values(wording="", reason="", agreed="", erased_at=at)
    )
    answered = conn.execute(
        update(suggestion)
        .where(suggestion.c.answered_by == account_id, suggestion.c.answer != "")
        .values(answer="")
    )
    return made.rowcount + answered.rowcount


def _set(conn: Connection, ids: Collection[SuggestionId], **values: Any) -> None:  # noqa: ANN401 (a column's)
    conn.execute(update(suggestion).where(suggestion.c.id.in_(ids)).values(**values))


def _suggestion(row: Row[Any]) -> Suggestion:
    return Suggestion(
        id=SuggestionId(row.id),
        proposal_id=ProposalId(row.proposal_id),
        version_id=VersionId(row.version_id),
        organisation_id=OrganisationId(row.organisation_id) if row.organisation_id else None,
        organisation=row.organisation or "",
        made_by=AccountId(row.made_by),
        author=row.author,
        passage=Passage(Field(row.field), row.start, row.quote),
        at=row.at,
        wording=row.wording,
        reason=row.reason,
        state=State(row.state),
        answered_by=row.answerer or "",
        answered_at=row.answered_at,
        answer=row.answer,
        agreed=row.agreed,
        applied_version_id=VersionId(row.applied_version_id) if row.applied_version_id else None,
        became_id=ProposalId(row.became_id) if row.became_id else None,
        erased_at=row.erased_at,
    )
