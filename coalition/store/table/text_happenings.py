"""What happened to a proposal's text: versions, suggested changes, objections, discussion."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, func, or_

from coalition.domain.deliberation.proposals import Stage
from coalition.domain.deliberation.versions import Mark
from coalition.domain.discussion.comments import Audience
from coalition.domain.discussion.suggestions import State
from coalition.domain.table.timelines import What
from coalition.store.schema import (
    comment,
    objection,
    objection_step,
    objection_words,
    proposal,
    suggestion,
    text_version,
    version_contest,
)
from coalition.store.table.happenings import ABOUT, DARK, OWN, after, by_the_trail, told

Part = Select[Any]
_SUGGESTED: dict[str, ColumnElement[Any]] = {
    "item": suggestion.c.id,
    "organisation_id": suggestion.c.organisation_id,
}


def submitted() -> Part:
    """Return that the first text was put before the table."""
    return _version().where(text_version.c.mark == Mark.FIRST)


def withdrawn() -> Part:
    """Return that the proposal was taken off the table, and why."""
    gone = by_the_trail(after("proposal:", cast(proposal.c.id, String)), "proposal.withdrawn")
    return told(
        What.WITHDRAWN,
        at=func.coalesce(gone["at"], proposal.c.updated_at),
        item=proposal.c.id,
        account_id=gone["account_id"],
        words=proposal.c.stage_reason,
    ).where(proposal.c.id == ABOUT, proposal.c.stage == Stage.WITHDRAWN)


def versions() -> Part:
    """Return the later texts, each with its note."""
    return _version().where(text_version.c.mark != Mark.FIRST)


def contests() -> Part:
    """Return the editorial marks that were contested, and why."""
    on = version_contest.c.version_id == text_version.c.id
    return (
        told(
            What.CONTESTED,
            at=version_contest.c.at,
            item=version_contest.c.version_id,
            organisation_id=version_contest.c.organisation_id,
            account_id=version_contest.c.contested_by,
            version_id=version_contest.c.version_id,
            words=version_contest.c.reason,
        )
        .select_from(text_version.join(version_contest, on))
        .where(text_version.c.proposal_id == ABOUT)
    )


def suggested() -> Part:
    """Return the changes suggested and why; the code says whether one was taken back."""
    return told(
        What.SUGGESTED,
        at=suggestion.c.at,
        code=suggestion.c.state,
        account_id=suggestion.c.made_by,
        version_id=suggestion.c.version_id,
        words=suggestion.c.reason,
        **_SUGGESTED,
    ).where(suggestion.c.proposal_id == ABOUT)


def answered() -> Part:
    """Return the answers to suggestions, each with its reason."""
    return told(
        after("suggestion_", suggestion.c.state),
        at=suggestion.c.answered_at,
        account_id=suggestion.c.answered_by,
        version_id=suggestion.c.version_id,
        words=suggestion.c.answer,
        **_SUGGESTED,
    ).where(
        suggestion.c.proposal_id == ABOUT,
        suggestion.c.answered_at.is_not(None),
        suggestion.c.state.in_([State.ACCEPTED, State.IN_PART, State.DECLINED]),
    )


def applied() -> Part:
    """Return which suggestions went into which version."""
    on = text_version.c.id == suggestion.c.applied_version_id
    return (
        told(
            What.APPLIED,
            at=text_version.c.at,
            account_id=text_version.c.written_by,
            version_id=text_version.c.id,
            **_SUGGESTED,
        )
        .select_from(suggestion.join(text_version, on))
        .where(suggestion.c.proposal_id == ABOUT)
    )


def objections(*, by_rule: bool) -> Part:
    """Return the states that objections came to and why, by people or by the rule at the close.

    One behind a ballot tells its stance, and is for whoever may see that.
    """
    step, one = objection_step.c, objection.c
    again = and_(step.state == "open", step.at > one.raised_at)
    raised = case((and_(step.state == "open", ~again), objection_words.c.reason))
    steps = objection.join(objection_step, step.objection_id == one.id).outerjoin(
        objection_words, objection_words.c.objection_id == one.id
    )
    return (
        told(
            case((again, What.REOPENED), else_=after("objection_", step.state)),
            at=step.at,
            item=one.id,
            organisation_id=one.organisation_id,
            account_id=step.made_by,
            round_id=one.round_id,
            version_id=func.coalesce(step.version_id, one.version_id),
            code=one.severity,
            words=case((step.note != "", step.note), else_=func.coalesce(raised, "")),
        )
        .select_from(steps)
        .where(
            one.proposal_id == ABOUT,
            step.made_by.is_(None) if by_rule else step.made_by.is_not(None),
            or_(
                one.ballot_id.is_(None),
                one.round_id.is_(None),
                one.round_id.not_in(DARK),
                one.organisation_id == OWN,
            ),
        )
    )


def threads() -> Part:
    """Return the threads begun before the whole table; what conveners note is none of them."""
    return told(
        What.THREAD,
        at=comment.c.at,
        item=comment.c.id,
        organisation_id=comment.c.organisation_id,
        account_id=comment.c.written_by,
        version_id=comment.c.version_id,
    ).where(
        comment.c.proposal_id == ABOUT,
        comment.c.audience == Audience.TABLE,
        comment.c.root_id.is_(None),
    )


def _version() -> Part:
    return told(
        after("version_", text_version.c.mark),
        at=text_version.c.at,
        item=text_version.c.id,
        account_id=text_version.c.written_by,
        version_id=text_version.c.id,
        words=text_version.c.note,
    ).where(text_version.c.proposal_id == ABOUT)
